import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files, renames: Record<string, string> = {}): Promise<readonly string[]> {
  return exposuresOf(reader, 'error-paths', before, after, { renames })
}

const PAY = 'export async function pay(order) {\n  return await charge(order)\n}\n'
const PAY_LOGGED =
  'export async function pay(order) {\n  try {\n    return await charge(order)\n  } catch (e) {\n    logger.error(e)\n  }\n}\n'
const PAY_RETHROWN = PAY_LOGGED.replace('logger.error(e)', 'logger.error(e)\n    throw e')

describe('an error path that is new', () => {
  test.each<[string, string, Files, string]>([
    ['a failed payment is only logged', 'pay.ts', { 'pay.ts': PAY_LOGGED }, 'high untested-handler pay.ts:4'],
    [
      'a failed list looks empty',
      'a.ts',
      { 'a.ts': 'async function f() { try { return await api.list() } catch (e) { logger.warn(e); return [] } }' },
      'medium untested-handler a.ts:1',
    ],
    [
      'a failure is answered as success',
      'a.py',
      { 'a.py': 'def f():\n    try:\n        charge()\n    except Exception:\n        return True\n' },
      'high failure-answered-as-success a.py:4',
    ],
    [
      'plain propagation',
      'a.go',
      { 'a.go': 'package p\nfunc f() error {\n\tif err := g(); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n' },
      'low untested-propagation a.go:3',
    ],
    [
      'an error is logged and work goes on',
      'a.go',
      { 'a.go': 'package p\nfunc f() {\n\tif err := load(); err != nil {\n\t\tlog.Println(err)\n\t}\n\tuse()\n}\n' },
      'medium untested-handler a.go:3',
    ],
    [
      'a cleanup that may fail',
      'a.ts',
      { 'a.ts': 'async function f() { try { await socket.close() } catch {} }' },
      'low untested-handler a.ts:1',
    ],
    [
      'a parse with a default',
      'a.ts',
      { 'a.ts': 'function f(s) { try { return JSON.parse(s) } catch { return null } }' },
      'low untested-handler a.ts:1',
    ],
    [
      'a swallow with its reason',
      'a.ts',
      { 'a.ts': 'async function f() { try { await warm() } catch { /* cache warm-up is optional */ } }' },
      'low untested-handler a.ts:1',
    ],
    [
      'a reason above it',
      'a.py',
      {
        'a.py':
          'def f():\n    # Best effort: a lost beat is harmless.\n    # The next one comes soon.\n    try:\n        beat()\n    except OSError:\n        pass\n',
      },
      'low untested-handler a.py:6',
    ],
    [
      'a missing row is an answer',
      'a.py',
      {
        'a.py':
          'def f(i):\n    try:\n        return Order.objects.get(id=i)\n    except Order.DoesNotExist:\n        return None\n',
      },
      'low untested-handler a.py:4',
    ],
    [
      'an access refusal',
      'a.ts',
      { 'a.ts': 'async function f(s) { if (!s) throw new AuthorizationError("Not authorized"); await remove(s) }' },
      'medium untested-raise a.ts:1',
    ],
    [
      'a mistake of a programmer',
      'a.ts',
      { 'a.ts': 'function useX() { if (!c) throw new Error("useX must be used within X") }' },
      'low untested-raise a.ts:1',
    ],
    ['a script', 'scripts/a.ts', { 'scripts/a.ts': PAY_LOGGED }, 'low untested-handler scripts/a.ts:4'],
  ])('%s', async (_, path, after, expected) => {
    const suite = { 'z.test.ts': "it('x', () => {})" }
    expect(await assess({ ...suite, [path]: '' }, { ...suite, ...after })).toEqual([expected])
  })
})

test('a handler that looks like a deleted one is new where it watches over other work', async () => {
  const handler = (name: string, call: string): string =>
    `async function ${name}(o) {\n  try {\n    await ${call}(o)\n  } catch (e) {\n    logger.error(e)\n  }\n}\n`
  expect(await assess({ 'a.ts': handler('warm', 'fillCache') }, { 'a.ts': handler('pay', 'charge') })).toEqual([
    'high untested-handler a.ts:4',
  ])
})

describe('what is not new', () => {
  const b =
    'export async function refund(o) {\n  try {\n    await give(o)\n  } catch (e) {\n    logger.warn(e)\n  }\n}\n'
  test.each<[string, Files, Files]>([
    [
      'reformatted',
      { 'a.ts': b },
      { 'a.ts': b.replace('catch (e) {\n    logger.warn(e)\n', 'catch (e) { logger.warn(e);\n') },
    ],
    ['quotes and commas', { 'a.ts': `${b}f('x')` }, { 'a.ts': `${b}f("x",)` }],
    ['a comment', { 'a.ts': b }, { 'a.ts': b.replace('    logger.warn', '    // told on purpose\n    logger.warn') }],
    [
      'a log line reworded',
      { 'a.ts': b.replace('(e)\n  }', '("old", e)\n  }') },
      { 'a.ts': b.replace('(e)\n  }', '("new", e)\n  }') },
    ],
    ['moved in the file', { 'a.ts': `${PAY}${b}` }, { 'a.ts': `${b}${PAY}` }],
    ['moved to another file', { 'a.ts': `${PAY}${b}`, 'b.ts': '' }, { 'a.ts': PAY, 'b.ts': b }],
    ['a variable renamed', { 'a.ts': b }, { 'a.ts': b.replaceAll('(e)', '(error)') }],
    ['the function renamed', { 'a.ts': b }, { 'a.ts': b.replace('refund', 'giveBack') }],
    [
      'a function that became a method',
      { 'a.ts': b },
      {
        'a.ts':
          'class Till {\n  async refund(o) {\n    try {\n      await this.give(o)\n    } catch (e) {\n      this.logger.warn(e)\n    }\n  }\n}\n',
      },
    ],
    ['the work in the try changed', { 'a.ts': b }, { 'a.ts': b.replace('give(o)', 'give(o.amount)') }],
    [
      'a pass that became suppress',
      { 'a.py': 'def f():\n    try:\n        go()\n    except (OSError, KeyError):\n        pass\n' },
      { 'a.py': 'def f():\n    with contextlib.suppress(OSError, KeyError):\n        go()\n' },
    ],
    [
      'parentheses of an except clause',
      { 'a.py': 'def f():\n    try:\n        go()\n    except (OSError, KeyError):\n        return 1\n' },
      { 'a.py': 'def f():\n    try:\n        go()\n    except OSError, KeyError:\n        return 1\n' },
    ],
    ['only tests changed', { 'a.test.ts': '' }, { 'a.test.ts': b }],
    ['generated', { 'a.ts': '' }, { 'a.ts': `// Code generated by x. DO NOT EDIT.\n${b}` }],
    ['vendored', { 'vendor/a.ts': '' }, { 'vendor/a.ts': b }],
    ['removed', { 'a.ts': b }, { 'a.ts': '' }],
  ])('%s', async (_, before, after) => {
    const said = await assess(before, after)
    expect(said.filter((one) => one.includes(':') && !one.startsWith('not-applicable'))).toEqual([])
  })

  test('a renamed file', async () => {
    expect(await assess({ 'a.ts': b }, { 'b.ts': b.replace('give', 'giveIt') }, { 'b.ts': 'a.ts' })).toEqual([])
  })
})

describe('what got worse', () => {
  test('a rethrow dropped', async () => {
    expect(await assess({ 'pay.ts': PAY_RETHROWN }, { 'pay.ts': PAY_LOGGED })).toEqual([
      'high failure-newly-hidden pay.ts:4',
    ])
  })
  test('an error that Go code drops now', async () => {
    const go = (line: string) => `package p\n\nfunc Pay(o Order) error {\n\t${line}\n\treturn nil\n}\n`
    const kept = go('if err := charge(o); err != nil {\n\t\treturn err\n\t}')
    expect(await assess({ 'pay.go': kept }, { 'pay.go': go('_ = charge(o)') })).toEqual([
      'high failure-newly-hidden pay.go:4',
    ])
    expect(await assess({ 'pay.go': go('') }, { 'pay.go': go('_ = file.Close()') })).toEqual([
      'low untested-handler pay.go:4',
    ])
  })
  test('a report dropped', async () => {
    const quiet = PAY_LOGGED.replace('logger.error(e)', 'last = null')
    expect(await assess({ 'pay.ts': PAY_LOGGED }, { 'pay.ts': quiet })).toEqual([
      'medium failure-report-dropped pay.ts:4',
    ])
  })
  test('a failure that is now answered as success', async () => {
    const before =
      'app.post("/pay", async (req, res) => { try { await charge() } catch (e) { res.status(500).json({}) } })'
    const after = before.replace('res.status(500).json({})', 'return { ok: true }')
    expect(await assess({ 'a.ts': before }, { 'a.ts': after })).toEqual(['high failure-answered-as-success a.ts:1'])
  })
})

describe('what cannot be looked at', () => {
  test('code in a language that is not read is not applicable, with a note', async () => {
    expect(await assess({ 'a.rb': '' }, { 'a.rb': 'begin; go; rescue; end' })).toEqual([
      'not-applicable: No code in a language that is read was changed',
    ])
  })
  test('code nested too deep is said', async () => {
    const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`
    expect(await assess({ 'a.ts': '' }, { 'a.ts': `${deep}\n` })).toEqual([])
  })
})
