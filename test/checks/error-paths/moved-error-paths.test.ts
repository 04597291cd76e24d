import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const SERVER =
  'package p\n\nfunc (s *Server) answer(id string) {\n\tclient, err := s.storage.GetClient(id)\n\tif err != nil {\n\t\ts.logger.Error("no client", "id", id, "err", err)\n\t\ts.queue.Push(id, s.now())\n\t}\n\tuse(client)\n}\n'
const HANDLER = SERVER.replace('(s *Server) answer', '(h *Handler) reply')
  .replace(/\bs\./g, 'h.')
  .replace('logger', 'Logger')

const RULE = `export function seat(o) {\n  if (o.seats > o.room.free) throw new RoomFull('the room has no seat left')\n  return o.room.take(o.seats)\n}\n`
const TESTED = { 'a.test.ts': "import { other } from './other'\nit('x', () => expect(other()).toBe(1))\n" }

describe('what moves with small edits is not new', () => {
  test('a handler in another file, with another receiver', async () => {
    expect(await exposuresOf(reader, 'error-paths', { 'a.go': SERVER }, { 'b/b.go': HANDLER })).not.toContainEqual(
      expect.stringMatching(/^(?:medium|high)/),
    )
  })
  test('a failure that says the same, in the two functions that called it', async () => {
    const inline = ['a', 'b'].map(
      (name) =>
        `export function ${name}(o) {\n  if (o.room.free < o.seats) throw new RoomFull('the room has no seat left')\n  return ${name}Of(o)\n}\n`,
    )
    const after = { 'a.ts': inline.join(''), ...TESTED }
    expect(await exposuresOf(reader, 'error-paths', { 'a.ts': RULE, ...TESTED }, after)).not.toContainEqual(
      expect.stringMatching(/^(?:medium|high)/),
    )
  })
})

describe('is new', () => {
  test('what stands in its old place as well', async () => {
    expect(
      await exposuresOf(reader, 'error-paths', { 'a.go': SERVER }, { 'a.go': SERVER, 'b/b.go': HANDLER }),
    ).toContainEqual(expect.stringMatching(/^medium untested-handler b\/b\.go/))
  })
  test('what has another outcome', async () => {
    const quiet = HANDLER.replace('\t\th.queue.Push(id, h.now())\n', '\t\th.storage.Retry(id)\n\t\tgo h.send(id)\n')
    expect(await exposuresOf(reader, 'error-paths', { 'a.go': SERVER }, { 'b/b.go': quiet })).toContainEqual(
      expect.stringMatching(/^medium/),
    )
  })
})

describe('a failure that stays in its function', () => {
  const caught = (handler: string): string =>
    `export async function seat(o) {\n  try {\n    const r = await ask(o)\n    if (r.count > o.room.free) throw new Error('no seat left')\n    keep(r)\n  } catch (e) {\n    ${handler}\n  }\n}\n`
  const raised = async (text: string): Promise<readonly string[]> =>
    (await exposuresOf(reader, 'error-paths', { 'a.ts': '', ...TESTED }, { 'a.ts': text, ...TESTED })).filter((one) =>
      one.includes('untested-raise'),
    )
  test('is its handler’s', async () => {
    expect(await raised(caught("setState({ state: 'failure', error: e })"))).toEqual([expect.stringMatching(/^low/)])
  })
  test('is not where the handler passes it on', async () => {
    expect(await raised(caught('logger.warn(e)\n    throw e'))).toEqual([expect.stringMatching(/^medium/)])
  })
  test('nor is it one that cannot come, by its comment', async () => {
    const never =
      "export function f(o) {\n  if (o.a > o.b) {\n    // cannot happen: b is the sum\n    throw new Odd('a is more than b')\n  }\n  return o\n}\n"
    expect(await raised(never)).toEqual([expect.stringMatching(/^low/)])
    expect(await raised(never.replace('cannot happen: b is the sum', 'b is the sum'))).toEqual([
      expect.stringMatching(/^medium/),
    ])
  })
})
