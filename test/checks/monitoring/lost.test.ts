import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files): Promise<readonly string[]> {
  return exposuresOf(reader, 'monitoring', before, after)
}

describe('a signal that is lost', () => {
  const METRIC =
    "import { Counter } from 'prom-client'\nexport const refunds = new Counter({ name: 'refunds_total', help: 'x' })\n"
  const RULE = 'groups:\n  - rules:\n      - alert: NoRefunds\n        expr: rate(refunds_total[5m]) == 0\n'
  const CHART = '{ "panels": [{ "targets": [{ "query": "sum(refunds_total)" }] }] }'
  test.each<[string, Files, string, readonly string[]]>([
    ['an alert asks for it', { 'alerts/shop.yml': RULE }, '', ['high metric-removed-in-use a.ts:2']],
    ['a dashboard asks for it', { 'dashboards/shop.json': CHART }, '', ['medium metric-removed-in-use a.ts:2']],
    [
      'another metric is asked for',
      { 'alerts/shop.yml': RULE.replace('refunds_total', 'other_refunds_total') },
      '',
      ['low metric-removed a.ts:2'],
    ],
    [
      'renamed while the alert keeps the old name',
      { 'alerts/shop.yml': RULE },
      METRIC.replace('refunds_total', 'paid_back_total'),
      ['high metric-removed-in-use a.ts:2'],
    ],
    ['moved within the file', { 'alerts/shop.yml': RULE }, `const x = 1\n${METRIC}`, []],
  ])('%s', async (_, repository, after, expected) => {
    expect(await assess({ ...repository, 'a.ts': METRIC }, { ...repository, 'a.ts': after })).toEqual(expected)
  })
  test.each<[string, string, string, string, readonly string[]]>([
    ['a metric', 'a.ts', 'metrics.refunds.inc()', 'x()', ['low signal-removed a.ts:2']],
    ['a report', 'a.ts', 'Sentry.captureException(error)', 'x()', ['low signal-removed a.ts:2']],
    ['another in its place', 'a.ts', 'metrics.refunds.inc()', 'logger.info()', []],
    ['a log line', 'a.ts', 'logger.info()', 'x()', []],
    ['with its function', 'b.ts', 'metrics.refunds.inc()', '', []],
  ])('%s is gone from a function', async (_, path, before, after, expected) => {
    const text = (body: string): string => `export function refund() {\n  ${body}\n  give()\n}\n`
    const left = after === '' ? 'export const x = 1\n' : text(after)
    expect(await assess({ [path]: text(before) }, { [path]: left })).toEqual(expected)
  })
  test.each<[string, string, string, readonly string[]]>([
    [
      'moved under another receiver',
      'export function refund(request) {\n  request.metrics.increment("shop.refunds")\n  give()\n}\n',
      'export function refund(request) {\n  give()\n}\nexport function later(metrics) {\n  metrics.increment("shop.refunds")\n}\n',
      [],
    ],
    [
      'shown by what it calls',
      'export function refund() {\n  metrics.refunds.inc()\n  give()\n}\n',
      'export function refund() {\n  giveCounted()\n}\nfunction giveCounted() {\n  metrics.paidBack.inc()\n  give()\n}\n',
      [],
    ],
    [
      'recorded by a helper of another file',
      'export function refund() {\n  metrics.refunds.inc()\n  give()\n}\n',
      "import { recordRefund } from './metrics'\nexport function refund() {\n  recordRefund()\n  give()\n}\n",
      [],
    ],
    [
      'of a case that is asked for no more',
      "export function refund(ref) {\n  if (ref === '') {\n    Sentry.captureMessage('empty')\n  }\n  give()\n}\n",
      'export function refund(ref) {\n  give()\n}\n',
      ['low signal-removed a.ts:3'],
    ],
    [
      'of a case that is still there',
      "export function refund(ref) {\n  if (ref === '') {\n    Sentry.captureMessage('empty')\n    return\n  }\n  give()\n}\n",
      "export function refund(ref) {\n  if (ref === '') {\n    return\n  }\n  give()\n}\n",
      ['low signal-removed a.ts:3'],
    ],
  ])('a signal %s', async (_, before, after, expected) => {
    expect(await assess({ 'a.ts': before }, { 'a.ts': after })).toEqual(expected)
  })
  test.each<[string, string, readonly string[]]>([
    ['by the name that it hands over', "metrics.increment('refunds_total')", ['medium signal-removed a.ts:3']],
    ['by the metric behind its variable', 'refunds.inc()', ['medium signal-removed a.ts:3']],
    ['no more than others', 'metrics.orders.inc()', ['low signal-removed a.ts:3']],
  ])('a call that a rule asks for %s is gone from a function', async (_, call, expected) => {
    const rules = { 'alerts/shop.yml': RULE }
    const text = (body: string): string =>
      `${METRIC.split('\n')[1]}\nexport function refund() {\n  ${body}\n  give()\n}\n`
    const before = `import { Counter } from 'prom-client'\n${text(call)}`.replace(
      '\nexport function',
      '; export function',
    )
    const after = before.replace(call, 'x()')
    expect(await assess({ ...rules, 'a.ts': before }, { ...rules, 'a.ts': after })).toEqual(expected)
  })
  test('a report that is gone matters on a journey of the policy', async () => {
    const policy = 'version: 1\nextends: recommended\ncritical:\n  - { name: shop, paths: ["shop/**"], factor: 2 }\n'
    const text = (body: string): string => `export function refund() {\n  ${body}\n  give()\n}\n`
    const both = (body: string): Files => ({ 'shop/a.ts': text(body), 'blog/a.ts': text(body) })
    expect(
      await exposuresOf(reader, 'monitoring', both('Sentry.captureException(error)'), both('x()'), { policy }),
    ).toEqual(['low signal-removed blog/a.ts:2', 'medium signal-removed shop/a.ts:2'])
    const log = (line: string): string => `function f(o) { try { await saveOrder(o) } catch (e) { ${line} } }\n`
    const logged = (line: string): Files => ({ 'shop/b.ts': log(line), 'blog/b.ts': log(line) })
    expect(await exposuresOf(reader, 'monitoring', logged('logger.error(e)'), logged(''), { policy })).toEqual([
      'low error-report-removed blog/b.ts:1',
      'medium error-report-removed shop/b.ts:1',
    ])
  })
  test.each<[string, (text: string) => string, readonly string[]]>([
    ['removed', () => 'groups: []\n', ['medium alert-removed alerts/shop.yml:3']],
    ['wakes nobody', (text) => text.replace('page', 'ticket'), ['medium alert-weakened alerts/shop.yml:3']],
    ['waits much longer', (text) => text.replace('for: 5m', 'for: 30m'), ['medium alert-weakened alerts/shop.yml:3']],
    ['waits a little longer', (text) => text.replace('for: 5m', 'for: 6m'), []],
    ['moved down', (text) => text.replace('rules:', 'rules:\n      - record: x'), []],
  ])('an alert: %s', async (_, edit, expected) => {
    const rules = `${RULE}        for: 5m\n        labels:\n          severity: page\n`
    expect(await assess({ 'alerts/shop.yml': rules }, { 'alerts/shop.yml': edit(rules) })).toEqual(expected)
  })
  test('a health endpoint is gone', async () => {
    const before =
      "import { Router } from 'express'\nconst router = Router()\nrouter.get('/healthz', ok)\nrouter.get('/x', x)\n"
    expect(await assess({ 'a.ts': before }, { 'a.ts': before.replace(/.*healthz.*\n/, '') })).toEqual([
      'medium health-check-removed a.ts:3',
    ])
    expect(await assess({ 'a.ts': before, 'b.ts': '' }, { 'b.ts': '' })).toEqual(['low health-check-removed a.ts:3'])
  })
})

test('a health endpoint that is gone from a description alone, or that asks others, is none', async () => {
  const contract = 'openapi: 3.0.0\npaths:\n  /healthz:\n    get:\n      responses: {}\n'
  expect(await assess({ 'openapi.yaml': contract }, { 'openapi.yaml': 'openapi: 3.0.0\npaths: {}\n' })).toEqual([])
  const asks = "import { Router } from 'express'\nconst router = Router()\nrouter.post('/healthcheck', askProvider)\n"
  expect(await assess({ 'a.ts': asks }, { 'a.ts': asks.replace(/.*healthcheck.*\n/, '') })).toEqual([])
})

describe('a metric label', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'user id',
      'a.ts',
      "import { Counter } from 'prom-client'\nnew Counter({ name: 'x_total', help: 'x', labelNames: ['user_id'] })\n",
      ['medium metric-label-explodes a.ts:2'],
    ],
    [
      'raw path',
      'a.ts',
      "import { requests } from './metrics'\nmetrics.requests.labels({ path: req.path }).inc()\n",
      ['medium metric-label-explodes a.ts:2'],
    ],
    [
      'route pattern',
      'a.ts',
      "import { requests } from './metrics'\nmetrics.requests.labels({ route: req.route.path }).inc()\n",
      [],
    ],
    [
      'Go',
      'a.go',
      'package p\nimport "github.com/prometheus/client_golang/prometheus"\nfunc f() {\n\trequestsTotal.WithLabelValues(r.URL.Path).Inc()\n}\n',
      ['medium metric-label-explodes a.go:4'],
    ],
    ['a measured value is none', 'a.ts', "import { requests } from './metrics'\nmetrics.size.set(req.path)\n", []],
    ['a log may have it', 'a.ts', 'logger.info({ user_id: user.id })\n', []],
  ])('%s', async (_, path, after, expected) => {
    expect(await assess({ [path]: '' }, { [path]: after })).toEqual(expected)
  })
})
