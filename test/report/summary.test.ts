import { describe, expect, test } from 'vitest'
import { formatMarkdown } from '../../src/report/markdown.ts'
import { blocks, headline, isQuiet, notLookedAt, placeOf, points, viewItem } from '../../src/report/summary.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import type { Review } from '../../src/review/review-types.ts'
import {
  CLEAR_ITEM,
  SAMPLE_EVIDENCE,
  sampleExposure,
  sampleItem,
  sampleLocation,
  sampleReview,
} from '../support/sample-review.ts'
import * as reviews from './named-reviews.ts'

const { quiet, nothingApplies, onlyLow, oneExposed, allCovered, twoChecksFail, unknown, failedCheck, advise } = reviews

describe('the headline', () => {
  const off = sampleItem([], { outcome: { status: 'off' } })
  test.each<[string, Review, string]>([
    ['nothing to say', quiet, 'Airworthy: pass · nothing exposed in 12 files (+340 -25)'],
    ['no check applies', nothingApplies, 'Airworthy: pass · no check applies to 12 files (+340 -25)'],
    ['only low ones', onlyLow, 'Airworthy: pass · nothing to raise in 12 files · 1 low · confidence 99.5'],
    ['evidence counts medium and above', twoChecksFail, 'Airworthy: fail · evidence 1 of 4 · 1 low · confidence 62.7'],
    ['all covered', allCovered, 'Airworthy: pass · evidence 1 of 1 · confidence 100'],
    ['could not look', unknown, 'Airworthy: fail · 1 check could not look · nothing else exposed in 12 files'],
    ['a check failed', failedCheck, 'Airworthy: pass · 1 check could not look · nothing else exposed in 12 files'],
    ['advice', advise, 'Airworthy: advise · evidence 0 of 1 · confidence 88'],
    ['every check off', sampleReview([off]), 'Airworthy: pass · every check is off'],
    ['an empty change', { ...quiet, change: { ...quiet.change, files: 0 } }, 'Airworthy: pass · nothing changed'],
  ])('%s', (_, review, expected) => {
    expect(headline(review).join(' · ')).toBe(expected)
  })
  test.each([oneExposed, twoChecksFail, unknown, advise])('is the same in the terminal and in Markdown', (review) => {
    const [first] = formatTerminal(review, { width: 200, color: false, unicode: true, lines: () => null }).split('\n')
    expect(formatMarkdown(review)).toContain(`### ${first}\n`)
  })
})

describe('isQuiet', () => {
  test.each<[string, Review, boolean]>([
    ['nothing exposed', quiet, true],
    ['only low', onlyLow, true],
    ['something covered', allCovered, false],
    ['something exposed', oneExposed, false],
    ['a check could not look', failedCheck, false],
    [
      'a file was not looked at',
      { ...quiet, notes: [{ kind: 'file-too-large', says: 'too large', path: 'a' }] },
      false,
    ],
    ['a verdict of fail', { ...quiet, verdict: 'fail' }, false],
  ])('%s: %j', (_, review, expected) => {
    expect(isQuiet(review)).toBe(expected)
  })
})

describe('blocks', () => {
  const fail: Review = { ...quiet, verdict: 'fail' }
  const silent = { status: 'unknown', reason: 'x' } as const
  test.each<[string, Parameters<typeof sampleItem>, Review, boolean]>([
    ['an open exposure at level block', [[sampleExposure()]], fail, true],
    ['one at level warn by an override', [[sampleExposure({ level: 'warn' })]], fail, false],
    ['a low one at level block', [[sampleExposure({ severity: 'low' })]], fail, false],
    ['a covered one', [[sampleExposure({ evidence: [SAMPLE_EVIDENCE] })]], fail, false],
    ['a check that could not look, at level block', [[], { outcome: silent }], fail, true],
    ['one at level warn', [[], { outcome: silent, level: 'warn' }], fail, false],
    ['anything in advise mode', [[sampleExposure()]], { ...quiet, verdict: 'advise' }, false],
  ])('%s', (_, item, review, expected) => {
    expect(blocks(viewItem(sampleItem(...item)), review)).toBe(expected)
  })
})

test('exposures come worst first, then dearest, then by place', () => {
  const exposures = [
    sampleExposure({ id: 'e', severity: 'medium', at: sampleLocation('a.ts', 1) }),
    sampleExposure({ id: 'd', severity: 'high', cost: 3, at: sampleLocation('b.ts', 9) }),
    sampleExposure({ id: 'c', severity: 'high', cost: 3, at: sampleLocation('b.ts', 2) }),
    sampleExposure({ id: 'b', severity: 'high', cost: 4, at: sampleLocation('z.ts', 1) }),
    sampleExposure({ id: 'a', severity: 'critical', cost: 1 }),
  ]
  expect(
    viewItem(sampleItem(exposures))
      .open.map(({ id }) => id)
      .join(''),
  ).toBe('abcde')
})

test('what is ticked: an item in which nothing of medium or more is open', () => {
  const low = sampleItem([sampleExposure({ severity: 'low' })])
  expect([low, CLEAR_ITEM].map((item) => viewItem(item).state)).toEqual(['clear', 'clear'])
  expect(viewItem(sampleItem([sampleExposure()])).state).toBe('open')
})

test('notes of one kind and wording stand together', () => {
  expect(notLookedAt(twoChecksFail.notes)).toEqual([
    { says: 'Ruby is not supported yet', paths: ['app/a.rb', 'app/b.rb', 'app/c.rb', 'app/d.rb'] },
    { says: 'The listing of the repository was cut off: tests may have been missed', paths: [] },
    { says: 'larger than 2 MB', paths: ['src/schema.ts'] },
  ])
})

test('a note about no file does not vanish among those about files', () => {
  const about = { kind: 'k', says: 'cut off' }
  expect(notLookedAt([{ ...about, path: 'a' }, about])).toEqual([
    { says: 'cut off', paths: ['a'] },
    { says: 'cut off', paths: [] },
  ])
})

test.each([
  [79.96, '79.9'],
  [80, '80'],
  [79.99999999999, '80'],
  [0, '0'],
  [4.5, '4.5'],
])('%d points are %s: never rounded up over a threshold', (value, expected) => {
  expect(points(value)).toBe(expected)
})

test.each([
  [sampleLocation('a.ts', 4), 'a.ts:4'],
  [sampleLocation('a.ts', 4, 6), 'a.ts:4-6'],
  [{ ...sampleLocation('a.ts', 4), side: 'base' as const }, 'a.ts:4 (removed)'],
])('a place is written path:line', (at, expected) => {
  expect(placeOf(at)).toBe(expected)
})
