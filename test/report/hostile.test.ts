import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatJson, formatNdjson, toJson } from '../../src/report/json.ts'
import { formatMarkdown } from '../../src/report/markdown.ts'
import { formatSarif } from '../../src/report/sarif.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { displayWidth } from '../../src/report/text-width.ts'
import type { Review } from '../../src/review/review-types.ts'
import {
  HOSTILE_PATH,
  HOSTILE_TEXT,
  sampleExposure,
  sampleItem,
  sampleLocation,
  sampleReview,
} from '../support/sample-review.ts'
import { anyReview } from './arbitrary-review.ts'

/** Controls but the line feed, bidi, lone surrogates, separators, what cannot be seen: by Unicode's word, not by our list. */
const RAW = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu

function terminal(review: Review, unicode = true): string {
  const lines = [{ line: 1, text: HOSTILE_TEXT }]
  return formatTerminal(review, { width: 80, color: false, unicode, lines: () => lines, verbose: true })
}

function parsedStrings(json: string): string {
  const strings: string[] = []
  JSON.parse(json, (_, value) => (typeof value === 'string' ? strings.push(value) : value))
  return strings.join('\n')
}

describe('no control, bidi or zero-width character stands raw in', () => {
  test.each<[string, (review: Review) => string]>([
    ['the terminal report', terminal],
    [
      'the Markdown report (but the space that parts @ from a name in code)',
      (review) => formatMarkdown(review).replaceAll('@\u200b', '@'),
    ],
    ['the JSON report', formatJson],
    ['the NDJSON report', formatNdjson],
    ['the SARIF report', (review) => formatSarif(review)],
    ['the SARIF report when it is parsed', (review) => parsedStrings(formatSarif(review))],
  ])('%s', (_, format) => {
    fc.assert(
      fc.property(anyReview, (review) => {
        expect(format(review).match(RAW)).toBeNull()
      }),
    )
  })
  test('the terminal report in ASCII, where nothing else does either', () => {
    fc.assert(
      fc.property(anyReview, (review) => {
        expect(terminal(review, false)).toMatch(/^[\n -~]*$/)
      }),
    )
  })
})

describe('JSON', () => {
  test('parses back to the very strings, lone surrogates too', () => {
    fc.assert(
      fc.property(anyReview, (review) => {
        expect(JSON.parse(formatJson(review))).toEqual(toJson(review))
        expect(JSON.parse(formatNdjson(review))).toEqual(toJson(review))
      }),
    )
  })
  test('is exactly one line as NDJSON, whatever separators are in it', () => {
    fc.assert(
      fc.property(anyReview, (review) => {
        expect(formatNdjson(review)).toMatch(/^[^\n\r\u0085\u2028\u2029]+\n$/)
      }),
    )
  })
})

describe('the terminal report', () => {
  test.each([40, 61, 80, 200])('keeps every line that holds no path within %d columns', (width) => {
    const exposure = sampleExposure({
      says: HOSTILE_TEXT.repeat(3),
      remedy: '漢字'.repeat(200),
      at: sampleLocation('a.ts', 1),
    })
    const item = sampleItem([exposure], { summary: HOSTILE_TEXT })
    const review = sampleReview([item], { verdict: 'fail', reasons: [HOSTILE_TEXT, '🚀'.repeat(150)] })
    const lines = [{ line: 1, text: '漢\t'.repeat(99) }]
    const text = formatTerminal(review, { width, color: false, unicode: true, lines: () => lines })
    expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([])
  })
})

describe('the Markdown report', () => {
  const hostile = { says: HOSTILE_TEXT, remedy: HOSTILE_TEXT, at: sampleLocation(HOSTILE_PATH, 1) }
  const evidence = [{ kind: 'test' as const, says: HOSTILE_TEXT, at: sampleLocation(HOSTILE_PATH, 1) }]
  const exposures = [{}, { evidence }, { severity: 'low' as const }].map((one) =>
    sampleExposure({ ...hostile, ...one }),
  )
  const review = sampleReview([sampleItem(exposures, { title: HOSTILE_TEXT, summary: HOSTILE_TEXT })], {
    verdict: 'fail',
    reasons: [HOSTILE_TEXT],
    notes: [{ kind: 'file-too-large', says: HOSTILE_TEXT, path: HOSTILE_PATH }],
  })
  /** Without escaped characters and without code spans, which show what is in them as it is: what can still mean something. */
  const live = formatMarkdown(review)
    .replace(/\\[!-/:-@[-`{-~]/g, '')
    .replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')

  test.each([
    ['tag but our own', /<(?!\/?(?:details|summary|sub|span)>)/],
    ['entity of the change', /&(?!#8203;|lt;|gt;|amp;)/],
    ['mention', /@(?!&#8203;)/],
    ['reference to an issue', /(?<!&)#\d|gh-\d/i],
    ['commit id', /\b[0-9a-f]{7,}\b/],
    ['URL', /:\/\/|www\./],
    ['link or image', /\]\(|!\[|\[(?![ x]\] )/],
    ['emoji', /:\w+:/],
    ['heading, fence or table', /^#{1,2} |`|\|/m],
    ['emphasis but our bold', /(?<!\*)\*(?!\*)|_|~/],
    ['math', /\$(?!<\/span>)/],
  ])('has no %s', (_, pattern) => {
    expect(live.match(pattern)).toBeNull()
  })
  test('opens and closes three folds, and no text of the change closes one', () => {
    expect(live.match(/^<details>$/gm)).toHaveLength(3)
    expect(live.match(/<\/details>/g)).toHaveLength(3)
  })
})
