import fc from 'fast-check'
import type { Location } from '../../src/change/change.ts'
import { SEVERITIES } from '../../src/checks/define-check.ts'
import { LEVELS } from '../../src/policy/policy.ts'
import type { Item, Review, ReviewedExposure } from '../../src/review/review-types.ts'
import { HOSTILE_PATH, HOSTILE_TEXT, sampleReview } from '../support/sample-review.ts'

/** Any text at all, and pieces that mean something to a terminal, to Markdown or to SARIF. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(...HOSTILE_TEXT.split(' '), ...'`\\\n\r\t*_[]()<>|#@:&{}$~!', '\ud800', '\u202e', '\u2028', ' '),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))

const anyPath = fc.oneof(
  fc.constant(HOSTILE_PATH),
  anyText.map((text) => `src/${text}`),
)

const anyLocation: fc.Arbitrary<Location> = fc.record({
  path: anyPath,
  startLine: fc.integer({ min: 1, max: 50 }),
  endLine: fc.integer({ min: 50, max: 70 }),
  side: fc.constantFrom('head', 'base'),
})

export const anyExposure: fc.Arbitrary<ReviewedExposure> = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    level: fc.constantFrom(...LEVELS),
    at: anyLocation,
    says: anyText,
    remedy: anyText,
    within: anyText,
    digits: fc.nat({ max: 0xffffff }),
    cost: fc.double({ min: 0, max: 90, noNaN: true }),
    evidence: fc.array(fc.record({ kind: fc.constantFrom('test', 'flag'), says: anyText, at: anyLocation }), {
      maxLength: 2,
    }),
  })
  .map(({ digits, cost, ...rest }) => ({
    ...rest,
    id: `error-paths-${digits.toString(16).padStart(12, '0')}`,
    kind: 'untested-handler',
    anchor: 'anchor',
    covered: rest.evidence.length > 0,
    cost: rest.evidence.length > 0 ? 0 : Math.abs(cost),
  }))

const anyItem: fc.Arbitrary<Item> = fc.record({
  id: fc.constantFrom('error-paths', 'config-env', 'rollback'),
  title: anyText,
  question: anyText,
  level: fc.constantFrom(...LEVELS),
  summary: anyText,
  outcome: fc.oneof(
    fc.record({ status: fc.constantFrom('covered', 'exposed'), exposures: fc.array(anyExposure, { maxLength: 8 }) }),
    fc.record({ status: fc.constantFrom('not-applicable', 'unknown', 'error'), reason: anyText }),
    fc.constant({ status: 'off' } as const),
  ),
})

/** A review in which every string that can come from a change is hostile. */
export const anyReview: fc.Arbitrary<Review> = fc
  .record({
    items: fc.array(anyItem, { maxLength: 4 }),
    verdict: fc.constantFrom('pass', 'fail', 'advise'),
    reasons: fc.array(anyText, { maxLength: 3 }),
    notes: fc.array(fc.record({ kind: fc.constant('file-too-large'), says: anyText, path: anyPath }), { maxLength: 4 }),
    source: anyText,
  })
  .map(({ items, source, ...rest }) => {
    const review = sampleReview(items, rest)
    return { ...review, policy: { ...review.policy, source } }
  })
