import { expect, test } from 'vitest'
import { isErrorType } from '../../../src/facts/code/failure-words.ts'

test.each<[string, boolean]>([
  ['PaymentError', true],
  ['ErrNotFound', true],
  ['HTTPStatusError', true],
  ['StatusCodeError', true],
  ['http.Error', false],
  ['failure', false],
  ['StatusInternalServerError', false],
  ['SpanStatusInternalError', false],
])('%s names an error type: %s', (name, names) => {
  expect(isErrorType(name)).toBe(names)
})
