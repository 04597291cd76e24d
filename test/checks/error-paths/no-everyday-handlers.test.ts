import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf, severitiesOfNew } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const LOGGED = 'catch (e) { logger.warn(e) }'

describe('what looks like one of them and is none', () => {
  test.each([
    ['a listener that pays', 'a.ts', "function f(ws) { ws.on('error', async () => { await refund(o) }) }", 'medium'],
    [
      'two failures are quiet',
      'a.ts',
      "async function f() { try { await link(a) } catch (e) { if (e.code === 'X') log(e) } }",
      'medium',
    ],
    [
      'an action of a store',
      'a.ts',
      'async function f() { try { await store.dispatch(open()) } catch (e) { logger.warn(e) } }',
      'medium',
    ],
    ['a payment that waits for nothing', 'a.ts', 'function f() { try { chargeCard(o) } catch {} }', 'high'],
    [
      'a save on a page',
      'web/src/components/Form.ts',
      `async function f() { try { await saveForm(x) } ${LOGGED} }`,
      'medium',
    ],
    ['a promise with two ways', 'a.ts', 'function f() { return save().then(() => 1, () => undefined) }', 'medium'],
    [
      'a loop that goes on',
      'a.py',
      'def f(o):\n    for attempt in range(3):\n        try:\n            return fetch(o)\n        except Timeout as e:\n            sleep(1)\n',
      'medium',
    ],
    [
      'a payment tried again',
      'a.ts',
      'async function f() { for (let i = 0; i < 3; i++) { try { return await charge(o) } catch (e) { last = e } } throw last }',
      'low,medium',
    ],
    [
      'another row is deleted',
      'a.py',
      'def f(o):\n    try:\n        return create(o)\n    except IntegrityError:\n        purge(o)\n        return make(o)\n',
      'medium',
    ],
    [
      'a doc comment on something else',
      'a.ts',
      `/** Runs a hook. Never call it twice. */\nasync function f(h) {\n  try { await h() } ${LOGGED} }`,
      'medium',
    ],
  ])('%s', async (_, file, text, said) => expect((await severitiesOfNew(reader, file, text)).join()).toBe(said))
})

test('a logger that is replaced changes no behaviour', async () => {
  const python = (log: string): string =>
    `def f():\n    try:\n        g()\n    except OSError as e:\n        ${log}\n        return old()\n`
  const before = python('logging.warning("no %r", e)')
  const after = python('logger.warning("no", error=repr(e))')
  expect(await exposuresOf(reader, 'error-paths', { 'a.py': before }, { 'a.py': after })).toEqual([
    'low untested-handler a.py:4',
  ])
})

test('a failure that becomes a refusal of access is one, not the way back', async () => {
  const said = async (caught: string, raised: string): Promise<readonly string[]> => {
    const text = `def f(t):\n    try:\n        return decode(t)\n    except ${caught}:\n        raise ${raised}("no")\n`
    const suite = { 'test_b.py': 'def test_b():\n    assert b()\n' }
    return exposuresOf(reader, 'error-paths', { ...suite, 'a.py': '' }, { ...suite, 'a.py': text })
  }
  expect(await said('InvalidToken', 'AuthenticationFailed')).toEqual(['medium untested-handler a.py:4'])
  expect(await said('PermissionDenied', 'Problem')).toEqual(['low untested-handler a.py:4'])
})
