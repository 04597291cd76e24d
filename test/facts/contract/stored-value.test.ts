import { expect, test } from 'vitest'
import { compareStoredValues } from '../../../src/facts/contract/stored-value.ts'

test.each<[string, string, string, readonly string[]]>([
  [
    'Django: the session cookie',
    "SESSION_COOKIE_NAME = 'a'",
    "SESSION_COOKIE_NAME = 'b'",
    ['renamed the session cookie 1'],
  ],
  [
    'Django: where sessions are',
    'X = 1\nSESSION_ENGINE = "django.contrib.sessions.backends.db"',
    'X = 1\nSESSION_ENGINE = "django.contrib.sessions.backends.cache"',
    ['type-changed the format of sessions 2'],
  ],
  [
    'Django: the hash that new passwords get',
    "PASSWORD_HASHERS = [\n    'a.PBKDF2',\n    'a.Argon2',\n]",
    "PASSWORD_HASHERS = [\n    'a.Argon2',\n    'a.PBKDF2',\n]",
    ['type-changed the hash of passwords 1'],
  ],
  [
    'Rails: the format of cookies',
    'Rails.application.config.action_dispatch.cookies_serializer = :marshal',
    'Rails.application.config.action_dispatch.cookies_serializer = :json',
    ['type-changed the format of cookies 1'],
  ],
  [
    'Rails: the format of the cache',
    'config.active_support.cache_format_version = 7.0',
    'config.active_support.cache_format_version = 7.1',
    ['type-changed the format of cached objects 1'],
  ],
  [
    'Celery',
    "app.conf.task_serializer = 'pickle'",
    "app.conf.task_serializer = 'json'",
    ['type-changed the format of messages 1'],
  ],
  ['a queue', "const MAIL_QUEUE_NAME = 'mail'", "const MAIL_QUEUE_NAME = 'post'", ['renamed the queue 1']],
  [
    'a cipher',
    "const c = createCipheriv('aes-256-cbc', key, iv)",
    "const c = createCipheriv('aes-256-gcm', key, iv)",
    ['type-changed the cipher of stored values 1'],
  ],
  [
    'the hash of passwords',
    'import bcrypt\nh = bcrypt.hashpw(p, s)',
    'import argon2\nh = argon2.hash(p)',
    ['type-changed the hash of passwords 2'],
  ],
  [
    'what is cached',
    'redis.set(k, pickle.dumps(v))',
    'redis.set(k, json.dumps(v))',
    ['type-changed the format of what is stored 1'],
  ],
  ['moved and laid out otherwise', "SESSION_COOKIE_NAME = 'a'", "X = 1\n\nSESSION_COOKIE_NAME='a'", []],
  ['new', '', "SESSION_COOKIE_NAME = 'a'", []],
  ['gone', "SESSION_COOKIE_NAME = 'a'", '', []],
  ['one for each environment', "SESSION_COOKIE_NAME = 'a'", "SESSION_COOKIE_NAME = 'b'\nSESSION_COOKIE_NAME = 'c'", []],
  ['a cache keeps its versions apart', "CACHE_PREFIX = 'v1'", "CACHE_PREFIX = 'v2'", []],
  ['a cookie that holds a choice', "THEME_COOKIE_NAME = 'a'", "THEME_COOKIE_NAME = 'b'", []],
  ['what is sent, not stored', 'body = pickle.dumps(v)', 'body = json.dumps(v)', []],
  ['a comment', "# SESSION_COOKIE_NAME = 'a'", "# SESSION_COOKIE_NAME = 'b'", []],
])('%s', (_, base, head, expected) => {
  expect(compareStoredValues(base, head).map((one) => `${one.kind} ${one.subject} ${one.line}`)).toEqual(expected)
})

test('stays linear on a hostile text', () => {
  const text = 'a.'.repeat(100_000) + 'session_cookie_name'.repeat(5_000)
  const started = performance.now()
  compareStoredValues(text, `${text} = 'b'`)
  expect(performance.now() - started).toBeLessThan(1_000)
})
