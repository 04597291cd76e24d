import { describe, expect, test } from 'vitest'
import { formatTerminal } from '../../src/report/terminal.ts'
import type { TerminalOptions } from '../../src/report/terminal-sheet.ts'
import type { Review } from '../../src/review/review-types.ts'
import { sampleExposure, sampleItem, sampleLocation, sampleReview } from '../support/sample-review.ts'
import * as reviews from './named-reviews.ts'

function show(review: Review, options: Partial<TerminalOptions> = {}): string {
  return formatTerminal(review, { width: 80, color: false, unicode: true, lines: reviews.refundLines, ...options })
}

describe('folding and width', () => {
  const covered = [1, 2, 3, 4, 5].map((line) =>
    sampleExposure({ at: sampleLocation('a.ts', line), evidence: [{ kind: 'coverage', says: 'it ran in 3 tests' }] }),
  )
  test('shows three of what is covered, and all of it when verbose', () => {
    const review = sampleReview([sampleItem(covered)])
    expect(show(review)).toContain('  ✓ a.ts:3  coverage: it ran in 3 tests\n  … and 2 more with evidence\n')
    expect(show(review, { verbose: true })).toContain('  ✓ a.ts:5  coverage: it ran in 3 tests\n')
  })
  test('says why no check applies when verbose', () => {
    expect(show(reviews.nothingApplies, { verbose: true })).toContain(
      '– rollback: not applicable: no migration in this change\n',
    )
  })
  test('wraps prose at 100 columns however wide the terminal is, but not code', () => {
    const wide = show(reviews.oneExposed, { width: 200 }).split('\n')
    expect(wide.filter((line) => line.length > 100)).toEqual([expect.stringContaining('asked for by the customer')])
  })
  test('takes no terminal to be narrower than 40 columns', () => {
    expect(show(reviews.oneExposed, { width: 3 })).toBe(show(reviews.oneExposed, { width: 40 }))
  })
})

describe('colour', () => {
  const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
  test.each(Object.entries(reviews).filter((entry): entry is [string, Review] => typeof entry[1] !== 'function'))(
    'adds nothing but styles that are switched off again: %s',
    (_, review) => {
      const colored = show(review, { color: true })
      expect(colored).toMatch(ESCAPE)
      expect(colored.replace(ESCAPE, '')).toBe(show(review))
      for (const line of colored.split('\n')) {
        const codes = line.match(ESCAPE) ?? []
        expect(codes.filter((code) => /\[(?:22|39)m/.test(code))).toHaveLength(codes.length / 2)
      }
    },
  )
})

describe('the excerpt', () => {
  const excerpt = (exposure: Parameters<typeof sampleExposure>[0]): readonly string[] =>
    show(sampleReview([sampleItem([sampleExposure(exposure)])]), {
      lines: ({ startLine, endLine }) =>
        Array.from({ length: endLine - startLine + 1 }, (_, index) => ({ line: startLine + index, text: 'code' })),
    })
      .split('\n')
      .filter((line) => line.includes('│'))

  test('shows the first lines of a long one, and how many more there are', () => {
    expect(excerpt({ at: sampleLocation('a.ts', 8, 40) })).toEqual([
      ...['  8', '  9', ' 10', ' 11', ' 12', ' 13'].map((number) => `  ›${number} │ code`),
      '       │ … and 27 more lines',
    ])
  })
  test('is never of a secret', () => {
    expect(excerpt({ kind: 'secret-in-config', at: sampleLocation('a.ts', 8) })).toEqual([])
  })
})
