import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import { pageExamples } from '../../support/page-examples.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const examples = pageExamples('feature-flag')

test.each(examples.filter((one) => one.heading === 'Exposed'))('exposed: $path', async ({ before, after }) => {
  const said = await exposuresOf(reader, 'feature-flag', before, after)
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^medium .*\d$/)
})

test.each(examples.filter((one) => one.heading === 'Covered'))('covered: $path', async ({ before, after }) => {
  const said = await exposuresOf(reader, 'feature-flag', before, after)
  expect(said.filter((one) => !one.endsWith('(covered)'))).toEqual([])
})

test('the page has examples of both', () => {
  expect(new Set(examples.map((one) => one.heading))).toEqual(new Set(['Exposed', 'Covered']))
})
