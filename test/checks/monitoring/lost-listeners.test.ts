import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const db = (made: string): string => `export function connect() {\n  return ${made}\n}\n`
const LOGGED = "new Pool({ url }).on('error', (err) => {\n    console.error('Database', err)\n  })"
const LOST = ['medium error-report-removed a.ts:2']

test.each<[string, string, string, string, readonly string[]]>([
  ['went with its driver', db(LOGGED), db('postgres(url, { max })'), 'A change', LOST],
  ['the driver is told where to log', db(LOGGED), db('postgres(url, { onError: tell })'), 'A change', []],
  ['it is only written anew', db(LOGGED), db(`postgres(url, { max }).on('error', tell)`), 'A change', []],
  ['the whole connection went', db(LOGGED), 'export const none = 1\n', 'A change', []],
  [
    'the title says so',
    db(LOGGED),
    db('postgres(url, { max })'),
    'Remove noisy log',
    ['low error-report-removed a.ts:2'],
  ],
  ['it showed nothing', db("new Pool({ url }).on('error', () => {})"), db('postgres(url)'), 'A change', []],
  ['it told of something else', db(LOGGED.replace('error', 'connect')), db('postgres(url)'), 'A change', []],
  [
    'of a name that is still used',
    "worker.on('failed', (job, err) => logger.error(err))\nworker.run()\n",
    'worker.run()\n',
    'A change',
    ['medium error-report-removed a.ts:1'],
  ],
])('a listener for failures: %s', async (_, before, after, title, expected) => {
  expect(await exposuresOf(reader, 'monitoring', { 'a.ts': before }, { 'a.ts': after }, { title })).toEqual(expected)
})
