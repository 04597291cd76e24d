import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uriPath } from '../../src/report/escape.ts'
import { byteLength } from '../../src/report/fit-budget.ts'
import { formatMarkdown } from '../../src/report/markdown.ts'
import { type MarkdownLinks, prose } from '../../src/report/markdown-entry.ts'
import { sampleExposure, sampleItem, sampleLocation, sampleReview } from '../support/sample-review.ts'
import { anyExposure, anyText } from './arbitrary-review.ts'
import * as reviews from './named-reviews.ts'

const links: MarkdownLinks = {
  blob: (path, sha, startLine, endLine) =>
    `https://github.example/acme/web/blob/${sha.slice(0, 7)}/${uriPath(path)}#L${startLine}-L${endLine}`,
  page: (id) => `https://docs.example/${id}`,
}

describe('sentences', () => {
  test.each([
    ['code between backticks', 'When `a.b` fails, `c`: no', 'When `a.b` fails, `c`: no'],
    ['what is in the code', 'a `<b>*@x` c', 'a `<b>*@\u200bx` c'],
    ['no code where two spans would touch', 'a ``b`` `c``d`', 'a \\`\\`b\\`\\` \\`c\\`\\`d\\`'],
    ['no code inside a word', 'don`t a`b`c', 'don\\`t a\\`b\\`c'],
    ['no code that never ends', 'a `b', 'a \\`b'],
  ])('keep %s', (_, text, expected) => {
    expect(prose(text)).toBe(expected)
  })
  test('are cut when they are no sentence any more', () => {
    expect(prose('a'.repeat(5000))).toBe(`${'a'.repeat(600)}…`)
  })
})

describe('links', () => {
  const review = sampleReview([sampleItem([sampleExposure({ at: sampleLocation('a (b)/c|d.ts', 1) })])])
  test('hold no character that could end them', () => {
    expect(formatMarkdown(review, { links })).toContain(
      '[`a (b)/c|d.ts:1`](https://github.example/acme/web/blob/2222222/a%20%28b%29/c%7Cd.ts#L1-L1)',
    )
  })
  test('are left out where there is no commit to link to', () => {
    const local = { ...review, change: { ...review.change, head: 'WORKTREE' } }
    expect(formatMarkdown(local, { links })).toContain('**high** · `a (b)/c|d.ts:1` · costs 12')
  })
})

describe('the budget', () => {
  const many = (count: number) =>
    sampleReview(
      [
        sampleItem(
          Array.from({ length: count }, (_, index) => sampleExposure({ at: sampleLocation(`src/${index}.ts`, 1) })),
          {},
        ),
      ],
      {
        notes: Array.from({ length: count }, (_, index) => ({
          kind: 'k',
          says: `reason ${index}`,
          path: `n/${index}.rb`,
        })),
      },
    )

  test('cuts a huge review to 60,000 bytes, uses most of them, and says what is left out', () => {
    const text = formatMarkdown(many(2000))
    expect(byteLength(text)).toBeLessThanOrEqual(60_000)
    expect(byteLength(text)).toBeGreaterThan(58_000)
    const shown = text.match(/^\*\*high\*\*/gm)?.length ?? 0
    const noted = text.match(/^- reason/gm)?.length ?? 0
    expect(text).toContain('#### error-paths · 2000 need evidence')
    expect(text).toContain('<summary>1995 more in error-paths</summary>')
    expect(text.includes(`And ${2000 - shown} more.`) || shown === 2000).toBe(true)
    expect(text.includes(`- and ${2000 - noted} more`) || noted === 2000).toBe(true)
    expect(shown + noted).toBeLessThan(4000)
  })
  test('is kept for any review, with every fold closed', () => {
    const anyBig = fc.record({
      exposures: fc.array(anyExposure, { maxLength: 40, size: 'max' }),
      budget: fc.integer({ min: 4096, max: 12_000 }),
      title: anyText,
    })
    fc.assert(
      fc.property(anyBig, ({ exposures, budget, title }) => {
        const review = sampleReview(['a', 'b', 'c'].map((id) => sampleItem(exposures, { id, title })))
        const text = formatMarkdown(review, { budgetBytes: budget, links })
        expect(byteLength(text)).toBeLessThanOrEqual(budget)
        expect(text.match(/^<details>$/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length)
      }),
      { numRuns: 40 },
    )
  })
  test('is kept to the byte', () => {
    const review = many(300)
    for (let budgetBytes = 5000; budgetBytes < 5300; budgetBytes += 1) {
      expect(byteLength(formatMarkdown(review, { budgetBytes }))).toBeLessThanOrEqual(budgetBytes)
    }
  })
  test('is refused when it is too small to say anything', () => {
    expect(() => formatMarkdown(reviews.quiet, { budgetBytes: 100 })).toThrow(RangeError)
  })
})

test('a marker that could end its comment is refused', () => {
  expect(() => formatMarkdown(reviews.quiet, { marker: 'x --> y' })).toThrow(RangeError)
})

test('the same review gives the same bytes, whatever the order of its exposures', () => {
  const exposures = [1, 2, 3].map((line) => sampleExposure({ at: sampleLocation('a.ts', line) }))
  const texts = [exposures, exposures.toReversed()].map((order) => formatMarkdown(sampleReview([sampleItem(order)])))
  expect(texts[0]).toBe(texts[1])
})
