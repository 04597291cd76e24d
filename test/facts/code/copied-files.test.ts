import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { isCopyOf } from '../../../src/facts/code/copied-files.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const FLOW = (version: string): string =>
  `export async function flow${version}(order) {\n  const post = await load(order)\n  try {\n    return await publish(post)\n  } catch (error) {\n    await tellOwner(order)\n  }\n  return post.of(order)\n}\n`

describe('what an added file repeats of another is not new', () => {
  test.each([
    ['a new version', 'flows/a.v1.0.1.ts', 'flows/a.v1.0.2.ts'],
    ['a new version in its folder', 'api/v1/flow.ts', 'api/v2/flow.ts'],
    ['the name says new', 'flows/flow.ts', 'flows/flow-new.ts'],
    ['another place', 'a/flow.ts', 'b/c/flow.ts'],
  ])('%s', async (_, old, added) => {
    const before = { [old]: FLOW('1') }
    expect(await exposuresOf(reader, 'error-paths', before, { ...before, [added]: FLOW('2') })).toEqual([])
  })
  test('what differs is', async () => {
    const before = { 'a.v1.ts': FLOW('1') }
    const after = { ...before, 'a.v2.ts': FLOW('2').replace('await tellOwner(order)', 'logger.warn(error)') }
    expect(await exposuresOf(reader, 'error-paths', before, after)).toEqual([expect.stringContaining('a.v2.ts:5')])
  })
  test.each([
    ['another name', 'flows/flow.ts', 'flows/order.ts'],
    ['another language', 'flows/flow.js', 'flows/flow.py'],
  ])('%s is no copy', async (_, old, added) => {
    const before = { [old]: FLOW('1') }
    const text = added.endsWith('.py')
      ? 'async def flow(order):\n    try:\n        return await publish(order)\n    except Exception:\n        await tell_owner(order)\n'
      : FLOW('1')
    expect(await exposuresOf(reader, 'error-paths', before, { ...before, [added]: text })).not.toEqual([])
  })
  test('nor is a file of the same name with other lines', async () => {
    const before = { 'a/flow.ts': 'export const other = [1, 2, 3]\nexport const more = other.map(double)\n' }
    expect(await exposuresOf(reader, 'error-paths', before, { ...before, 'b/flow.ts': FLOW('1') })).not.toEqual([])
  })
})

test.each([
  ['one\ntwo2\nthree\n', 'three\ntwo2\nelse\n', true],
  ['one1\ntwo2\nthree\nfour\nfive\n', 'five\n', false],
  ['', 'five\n', false],
  ['}\n}\n', '}\n', false],
])('half of the lines of %j in %j: %s', (text, original, is) => {
  expect(isCopyOf(text, original)).toBe(is)
})
