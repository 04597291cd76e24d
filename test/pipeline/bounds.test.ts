import { expect, test } from 'vitest'
import { reviewFiles } from '../support/assess.ts'
import { testCodeReader } from '../support/code.ts'

test('code beyond the bound is not read, and said; what comes first in path order is', async () => {
  const handler = 'export async function pay(o) { try { await charge(o) } catch (e) { log(e) } }\n'
  const filler = `${`// ${'x'.repeat(97)}\n`.repeat(19_000)}`
  const names = Array.from({ length: 9 }, (_, index) => `m${index}.ts`)
  const after = Object.fromEntries([['a.ts', handler], ...names.map((name) => [name, filler]), ['z.ts', handler]])
  const before = Object.fromEntries(Object.keys(after).map((name) => [name, '']))
  const { review } = await reviewFiles(await testCodeReader(), before, after)
  const outcome = review.items.find((item) => item.id === 'error-paths')?.outcome
  expect(outcome !== undefined && 'exposures' in outcome ? outcome.exposures.map((one) => one.at.path) : []).toEqual([
    'a.ts',
  ])
  expect(review.notes.map((note) => note.says)).toContain(
    'Code in 2 of 11 files not looked at: the change has more than 16 MB of it',
  )
}, 60_000)
