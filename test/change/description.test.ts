import { expect, test } from 'vitest'
import { descriptionIn } from '../../src/change/description.ts'

test.each<[string, string, string | undefined]>([
  ['text', 'Halves the pool.\n', 'Halves the pool.'],
  ['nothing', '  \n', undefined],
  ['a template that nobody filled', '<!-- What? -->\n\n<!-- Why? -->', undefined],
  [
    'what was written between the hints',
    '<!-- What? -->\r\nHalves it.\r\n<!-- Why? -->\r\nLoad.',
    'Halves it.\n\nLoad.',
  ],
  ['a hint without an end', 'Halves it. <!-- and more', 'Halves it.'],
  ['an end without a beginning', 'a --> b', 'a --> b'],
  ['more than is read', 'x'.repeat(5_000), 'x'.repeat(4_000)],
])('%s', (_what, body, description) => {
  expect(descriptionIn(body).description).toBe(description)
})
