import { expect, test } from 'vitest'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import { type PageExample, pageExamples } from '../../support/page-examples.ts'

/** In the order of the page; what is covered stands in two files. */
const SAID: readonly (readonly string[])[] = [
  ['high untested-handler pay.ts:4'],
  ['high failure-answered-as-success orders.py:4'],
  ['high failure-newly-hidden refund.go:2'],
  ['medium refusal-removed page.py:3'],
  [],
  ['high untested-handler pay.ts:4 (covered)'],
]

test('the examples of the page are judged as it says', async () => {
  const reader = await testCodeReader()
  const examples = pageExamples('error-paths')
  const covered = examples.filter((one) => one.heading === 'Covered')
  const together = {
    before: merge(covered.map((one) => one.before)),
    after: merge(covered.map((one) => one.after)),
  }
  const said = []
  for (const { before, after } of [...examples.filter((one) => one.heading === 'Exposed'), together])
    said.push(await exposuresOf(reader, 'error-paths', before, after))
  expect(said).toEqual(SAID)
})

/** A file that is empty before does not exist then. */
function merge(files: readonly PageExample['before'][]): PageExample['before'] {
  return Object.fromEntries(files.flatMap((one) => Object.entries(one).filter(([, text]) => text !== '')))
}
