import { expect, test } from 'vitest'
import { readDocuments } from '../../src/facts/contract/document.ts'
import { tooDeep } from '../../src/facts/nesting.ts'

test.each([
  ['brackets', '['.repeat(20_000)],
  ['lists in lists', '- '.repeat(20_000)],
  ['complex keys', '? '.repeat(20_000)],
  ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('%s that a YAML parser could die of are not read', (_, text) => {
  expect(tooDeep(text)).toBe(true)
  expect(readDocuments('openapi.yml', text)).toEqual([])
})

test('what people write is', () => {
  const text = 'openapi: 3.0.0\npaths:\n  /a:\n    get: { responses: { 200: { description: ok } } }\n'
  expect(tooDeep(text)).toBe(false)
  expect(readDocuments('openapi.yml', text)).toHaveLength(1)
})
