import { expect, test } from 'vitest'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import { pageExamples } from '../../support/page-examples.ts'

/** In the order of the page; what is covered stands in two files. */
const SAID: readonly (readonly string[])[] = [
  ['high untested-handler pay.ts:4'],
  ['high failure-answered-as-success orders.py:4'],
  [],
  ['high untested-handler pay.ts:4 (covered)'],
]

test('the examples of the page are judged as it says', async () => {
  const reader = await testCodeReader()
  const [handler, hidden, moved, covered, ...tests] = pageExamples('error-paths')
  if (handler === undefined || hidden === undefined || moved === undefined || covered === undefined)
    throw new Error('an example is missing')
  const withTest = {
    ...covered,
    before: { ...covered.before },
    after: Object.assign({}, covered.after, ...tests.map((one) => one.after)),
  }
  const said = []
  for (const example of [handler, hidden, moved, withTest])
    said.push(await exposuresOf(reader, 'error-paths', example.before, example.after))
  expect(said).toEqual(SAID)
})
