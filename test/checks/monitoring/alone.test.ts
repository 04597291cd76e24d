import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf, reviewFiles } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

async function failures(path: string, after: string): Promise<readonly string[]> {
  const base = { [path]: path.endsWith('.go') ? 'package p\n' : '' }
  const said = await exposuresOf(reader, 'monitoring', base, { [path]: after })
  return said.filter((one) => one.includes('silent-failure'))
}

const EXPRESS = "import express from 'express'\nconst app = express()\n"
const hook = (route: string, work = 'fulfil'): string =>
  `${EXPRESS}app.post('${route}', async (req, res) => {\n  try {\n    await ${work}(req.body)\n  } catch (e) {\n  }\n  res.sendStatus(200)\n})\n`
const loop = (handler: string): string =>
  `def f(agencies):\n    for agency in agencies:\n        try:\n            ask_agency(agency)\n        ${handler}\n`

describe('a failure that nobody waits for', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['a webhook', 'a.ts', hook('/webhook/stripe'), ['low silent-failure a.ts:6']],
    ['a webhook that moves money', 'a.ts', hook('/webhook/stripe', 'refund'), ['medium silent-failure a.ts:6']],
    ['a route that somebody asks', 'a.ts', hook('/cards'), ['low silent-failure a.ts:6']],
    [
      'an item of a loop, whatever failed',
      'a.py',
      loop('except Exception:\n            continue'),
      ['low silent-failure a.py:5'],
    ],
    ['an item of a loop, one known failure', 'a.py', loop('except AgencyClosed:\n            continue'), []],
    [
      'something sent elsewhere',
      'a.ts',
      "import axios from 'axios'\nexport async function f(event) {\n  try {\n    await axios.post(URL, event, { timeout: 5 })\n  } catch {}\n}\n",
      ['low silent-failure a.ts:5'],
    ],
    [
      'a job in Go that drops its error',
      'a.go',
      'package p\n\nimport "github.com/robfig/cron/v3"\n\nfunc f(c *cron.Cron) {\n\tc.AddFunc("@daily", func() {\n\t\t_ = sendInvites()\n\t})\n}\n',
      ['medium silent-failure a.go:7'],
    ],
    [
      'a bare return of a named error is no silence',
      'a.go',
      'package p\n\nfunc f(items []Item) (err error) {\n\tfor _, item := range items {\n\t\tif err = send(item); err != nil {\n\t\t\treturn\n\t\t}\n\t}\n\treturn\n}\n',
      [],
    ],
    [
      'a loop that ends at the error, which is returned below it',
      'a.go',
      'package p\n\nfunc f(items []Item) error {\n\tvar err error\n\tfor _, item := range items {\n\t\terr = send(item)\n\t\tif err != nil {\n\t\t\tbreak\n\t\t}\n\t}\n\treturn err\n}\n',
      [],
    ],
    [
      'kinds of failure told apart, the rest passed on',
      'a.go',
      'package p\n\nfunc f(items []Item) error {\n\tfor _, item := range items {\n\t\tif err := send(item); err != nil {\n\t\t\tif !errors.Is(err, ErrSent) {\n\t\t\t\treturn err\n\t\t\t}\n\t\t}\n\t}\n\treturn nil\n}\n',
      [],
    ],
    [
      'all it does is to end a stream',
      'a.ts',
      'export function keep(stream) {\n  const timer = setInterval(() => {\n    try { stream.enqueue(ping) } catch { clearInterval(timer) }\n  }, 9)\n}\n',
      [],
    ],
    [
      'what failed says so itself',
      'a.go',
      'package p\n\nfunc all(items []Item) {\n\tfor _, item := range items {\n\t\terr := sendItem(item)\n\t\tif err != nil {\n\t\t\tcontinue\n\t\t}\n\t}\n}\n\nfunc sendItem(item Item) error {\n\terr := give(item)\n\tif err != nil {\n\t\tslog.Error("not sent", "err", err)\n\t}\n\treturn err\n}\n',
      [],
    ],
    [
      'code of a page',
      'frontend/src/save.ts',
      'export async function f(o) {\n  try { await saveOrder(o) } catch {}\n}\n',
      [],
    ],
  ])('%s', async (_, path, after, expected) => {
    expect(await failures(path, after)).toEqual(expected)
  })
})

describe('a signal that is taken away on purpose', () => {
  const before = 'export function refund() {\n  metrics.refunds.inc()\n  give()\n}\n'
  const after = before.replace('  metrics.refunds.inc()\n', '')
  test('many at once are said once', async () => {
    const many = (text: string): string =>
      ['a', 'b', 'c', 'd', 'e'].map((name) => text.replace('refund()', `${name}()`)).join('')
    expect(await exposuresOf(reader, 'monitoring', { 'a.ts': many(before) }, { 'a.ts': many(after) })).toEqual([
      'low signal-removed a.ts:2',
    ])
  })
  test('a failure that was reported and now goes up is not lost', async () => {
    const caught =
      'def f(o):\n    try:\n        check(o)\n    except Exception as e:\n        sentry_sdk.capture_exception(e)\n        return None\n'
    expect(
      await exposuresOf(reader, 'monitoring', { 'a.py': caught }, { 'a.py': 'def f(o):\n    check(o)\n' }),
    ).toEqual([])
  })
  test('the message of a way in without a signal says what is known and where it was looked for', async () => {
    const { review } = await reviewFiles(reader, { 'a.ts': '' }, { 'a.ts': hook('/cards') })
    const item = review.items.find(({ id }) => id === 'monitoring')
    const says = item !== undefined && 'exposures' in item.outcome ? item.outcome.exposures[0]?.says : ''
    expect(says).toMatch(/looked for Prometheus, StatsD, OpenTelemetry.* in its handler.* manifests.*; found none$/)
  })
})

describe('what watched the whole service', () => {
  const manifest = (...names: string[]): string =>
    JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) }, null, 2)
  test.each<[string, string, readonly string[]]>([
    ['is gone', manifest('express'), ['medium instrument-removed package.json:3']],
    ['has another package of its vendor now', manifest('express', '@sentry/nextjs'), []],
    ['is replaced', manifest('express', 'dd-trace'), ['low instrument-removed package.json:3']],
    ['has another version', manifest('@sentry/node', 'express'), []],
  ])('%s', async (_, after, expected) => {
    const before = { 'package.json': manifest('@sentry/node', 'express') }
    const said = await exposuresOf(reader, 'monitoring', before, { 'package.json': after })
    expect(said.filter((one) => !one.startsWith('not-applicable'))).toEqual(expected)
  })
})
