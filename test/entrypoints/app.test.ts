import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ConfigError, readAppConfig } from '../../src/entrypoints/app/app-config.ts'
import { EVENTS } from '../../src/entrypoints/app/start-app.ts'
import type { Judge } from '../../src/github/judgement.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { BOT } from '../support/github/fake-github.ts'
import { fakeGitHub, setPull, smallChange } from '../support/github/pull-request.ts'
import { delivery, pullRequestDelivery, runApp } from '../support/github/running-app.ts'
import { CLEAR_ITEM, sampleReview } from '../support/sample-review.ts'

const SLOW = { timeout: 20_000, interval: 10 }

const passes: Judge = async (source) => {
  const { head } = await source.readChange()
  const review = sampleReview([CLEAR_ITEM])
  return { kind: 'review', edit: null, labels: {}, review: { ...review, change: { ...review.change, head } } }
}

async function webWithPull() {
  const git = createGitRepository({ 'src/a.ts': 'export const a = 1\n' })
  smallChange(git)
  const github = await fakeGitHub({ git })
  setPull(github, 7, 'feature', { open: false })
  return { git, github }
}

describe('the App', () => {
  test('turns a signed delivery into a comment and a run', async () => {
    const { github } = await webWithPull()
    const app = await runApp(github, passes)
    setPull(github, 7, 'feature')
    expect(await app.deliver(...pullRequestDelivery('opened', 7))).toBe(200)
    await app.idle()
    expect(github.state.comments).toMatchObject([{ issue: 7, author: BOT }])
    expect(github.state.checkRuns).toMatchObject([{ conclusion: 'success' }])
  }, 30_000)

  test('finds at its start what it missed while it was away', async () => {
    const { github } = await webWithPull()
    setPull(github, 7, 'feature')
    github.state.deliveries.push(
      { id: 1, guid: 'lost', delivered_at: new Date().toISOString(), status_code: 502 },
      { id: 2, guid: 'came later', delivered_at: new Date().toISOString(), status_code: 0 },
      { id: 3, guid: 'came later', delivered_at: new Date().toISOString(), status_code: 200 },
      { id: 4, guid: 'too old', delivered_at: '2020-01-01T00:00:00Z', status_code: 500 },
    )
    const app = await runApp(github, passes)
    await expect.poll(() => github.state.checkRuns.length, SLOW).toBe(1)
    await app.idle()
    expect(github.state.redelivered).toEqual([1])
  }, 30_000)

  test('a new policy on a base branch reviews its open pull requests again', async () => {
    const { github } = await webWithPull()
    const app = await runApp(github, passes)
    setPull(github, 7, 'feature')
    setPull(github, 8, 'feature', { base: 'other' })
    const [id, tree_id] = ['c'.repeat(40), 'd'.repeat(40)]
    const person = { name: 'Alice', email: 'alice@example.com' }
    const about = {
      id,
      tree_id,
      distinct: true,
      message: 'Policy',
      timestamp: '2026-01-01T00:00:00Z',
      url: 'https://x.example',
      author: person,
      committer: person,
    }
    const commits = [{ ...about, added: [], removed: [], modified: ['.github/airworthy.yml'] }]
    await app.deliver(...delivery('push', null, { ref: 'refs/heads/main', deleted: false, commits }))
    await expect.poll(() => github.state.checkRuns.length, SLOW).toBe(1)
    await app.idle()
    expect(github.state.comments.map(({ issue }) => issue)).toEqual([7])
  }, 30_000)

  test('a group of the merge queue has the verdict of its pull request', async () => {
    const { git, github } = await webWithPull()
    const app = await runApp(github, passes)
    setPull(github, 7, 'feature')
    await app.deliver(...pullRequestDelivery('opened', 7))
    await app.idle()
    const [head, base] = [git.git('rev-parse', 'feature'), git.git('rev-parse', 'main')]
    const merge_group = {
      head_sha: 'b'.repeat(40),
      base_sha: base,
      base_ref: 'refs/heads/main',
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${head}`,
    }
    await app.deliver(...delivery('merge_group', 'checks_requested', { merge_group }))
    await app.idle()
    expect(github.state.checkRuns.at(-1)).toMatchObject({
      head_sha: 'b'.repeat(40),
      conclusion: 'success',
      output: { title: 'as #7: success' },
    })
  }, 30_000)

  test.each([
    ['blocks where the policy says so', 'version: 1\nextends: recommended\n', 'failure'],
    ['passes where the policy lets it', 'version: 1\nextends: recommended\nonError: allow\n', 'neutral'],
    ['passes where there is no policy', null, 'neutral'],
    ['blocks where the policy cannot be read', 'version: 2\n', 'failure'],
  ])(
    'our own failure is said on the head, and %s',
    async (_, policy, conclusion) => {
      const { git, github } = await webWithPull()
      git.checkout('main')
      git.commit('Policy', { '.github/airworthy.yml': policy })
      const app = await runApp(github, async () => {
        throw new TypeError('cannot read properties of undefined')
      })
      setPull(github, 7, 'feature')
      await app.deliver(...pullRequestDelivery('opened', 7))
      await app.idle()
      expect(github.state.checkRuns).toMatchObject([{ conclusion, output: { title: 'could not review' } }])
      expect((await app.get('/metrics')).text).toContain('airworthy_failures_total{kind="bug"} 1')
    },
    30_000,
  )

  test('says how it is, and nothing to strangers', async () => {
    const { github } = await webWithPull()
    const app = await runApp(github, passes)
    expect(await app.get('/healthz')).toEqual({ status: 200, text: 'ok' })
    expect(await app.get('/readyz')).toEqual({ status: 200, text: 'ready' })
    expect((await app.get('/metrics')).text).toContain('airworthy_queue_jobs{state="waiting"} 0')
    expect((await app.get('/probot')).status).toBe(404)
    const forged = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': '1',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
      body: '{}',
    }
    expect((await fetch(`${app.url}/api/github/webhooks`, forged)).status).toBe(400)
    const endless = { ...forged, body: new Blob(['{}']).stream(), duplex: 'half' } as const
    expect((await fetch(`${app.url}/api/github/webhooks`, endless)).status).toBe(413)
  }, 30_000)
})

describe('the configuration', () => {
  const KEY = '-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----'

  test.each([
    [
      'no webhook secret',
      { APP_ID: '1', PRIVATE_KEY: KEY },
      /^WEBHOOK_SECRET is not set\. Without it anyone could send webhooks/,
    ],
    ['an empty webhook secret', { APP_ID: '1', PRIVATE_KEY: KEY, WEBHOOK_SECRET: ' ' }, /^WEBHOOK_SECRET is not set/],
    ['no App', { PRIVATE_KEY: KEY, WEBHOOK_SECRET: 's' }, /^APP_ID is not set/],
    ['no key', { APP_ID: '1', WEBHOOK_SECRET: 's' }, /^PRIVATE_KEY is not set/],
    [
      'a key that is none',
      { APP_ID: '1', WEBHOOK_SECRET: 's', PRIVATE_KEY: 'secret' },
      /^PRIVATE_KEY is not a PEM key/,
    ],
    ['a wrong port', { APP_ID: '1', WEBHOOK_SECRET: 's', PRIVATE_KEY: KEY, PORT: 'http' }, /^PORT /],
  ])('with %s it does not start, and says what to do', (_, environment, says) => {
    expect(() => readAppConfig(environment)).toThrowError(ConfigError)
    expect(() => readAppConfig(environment)).toThrowError(says)
  })

  test('takes a key with escaped line ends, and in Base64', () => {
    const environment = { APP_ID: '1', WEBHOOK_SECRET: 's' }
    const plain = KEY.replaceAll('\\n', '\n')
    expect(readAppConfig({ ...environment, PRIVATE_KEY: KEY }).privateKey).toBe(plain)
    expect(readAppConfig({ ...environment, PRIVATE_KEY: Buffer.from(plain).toString('base64') }).privateKey).toBe(plain)
  })
})

test('app.yml subscribes to what is handled, and asks for what GitHub demands for it', () => {
  const { default_events, default_permissions } = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'))
  // Events about the installation come by themselves.
  expect(default_events).toEqual(EVENTS.filter((event) => !event.startsWith('installation')))
  expect(default_permissions).toEqual({
    metadata: 'read',
    contents: 'read',
    pull_requests: 'write',
    checks: 'write',
    issues: 'read',
    merge_queues: 'read',
    statuses: 'write',
  })
})
