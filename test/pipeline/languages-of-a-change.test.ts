import { expect, test } from 'vitest'
import { reviewFiles } from '../support/assess.ts'
import { testCodeReader } from '../support/code.ts'

test('a rename from one language to another has both grammars at hand', async () => {
  const before = 'export async function pay(o) { try { await charge(o) } catch (e) { log(e) } }\n'
  const { review } = await reviewFiles(
    await testCodeReader(),
    { 'web/a.js': before },
    { 'web/a.ts': `${before}go()\n` },
    { renames: { 'web/a.ts': 'web/a.js' } },
  )
  expect(review.items.map((item) => item.outcome.status)).not.toContain('error')
})
