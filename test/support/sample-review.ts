import type { Location } from '../../src/change/change.ts'
import type { Evidence } from '../../src/checks/define-check.ts'
import type { Item, Review, ReviewedExposure } from '../../src/review/review-types.ts'

/** Every trick at once: escape codes, bidi, HTML, mentions, references, Markdown, separators, a lone surrogate. */
export const HOSTILE_TEXT = [
  '\u001b[31mred\u001b]0;title\u0007 \u009b2J \u202egnol\u2066 zero\u200bwidth\u00ad',
  '</details> <img src=x onerror=alert(1)> <!-- --> &lt;b&gt;',
  '@everyone a@b.co #1 GH-12 acme/web#3 deadbeefcafe :tada: www.evil.example https://evil.example/x',
  '[link](https://evil.example) ![i](x) `code` ``two`` *b* _i_ ~~s~~ | cell | $x$ \\',
  '# heading\n- [x] item\r\n> quote\u2028```\u2029::error::x\u0085\t{0} \ud800',
].join(' ')

export const HOSTILE_PATH = `src/\u202e\u001b[2J/@team/#1 \`a\` |b| <img src=x>](x)\n"${'very-long-'.repeat(30)}\ud800.ts`

export function sampleLocation(path: string, startLine: number, endLine = startLine): Location {
  return { path, startLine, endLine, side: 'head' }
}

export const SAMPLE_EVIDENCE: Evidence = {
  kind: 'test',
  says: '"refund › answers 502 when the provider fails" makes `provider.refund` reject and asserts 502',
  at: sampleLocation('test/orders/refund.test.ts', 33, 41),
}

/** An uncovered exposure of severity high, in `refund`, unless told otherwise. `covered` follows from the evidence. */
export function sampleExposure(overrides: Partial<ReviewedExposure> = {}): ReviewedExposure {
  const evidence = overrides.evidence ?? []
  return {
    id: 'error-paths-0a1b2c3d4e5f',
    kind: 'failure-answered-as-success',
    severity: 'high',
    at: sampleLocation('src/orders/refund.ts', 41, 43),
    says: 'When `provider.refund` fails, `refund` answers as if it had worked; no test of it was found',
    remedy: 'Add a test that makes `provider.refund` reject and asserts what `refund` does then',
    evidence,
    within: 'refund',
    anchor: 'catch:refund',
    covered: evidence.length > 0,
    cost: evidence.length > 0 ? 0 : 12,
    level: 'block',
    ...overrides,
  }
}

/** An item whose status follows from its exposures. */
export function sampleItem(exposures: readonly ReviewedExposure[], overrides: Partial<Item> = {}): Item {
  const open = exposures.filter((exposure) => !exposure.covered).length
  return {
    id: 'error-paths',
    title: 'Changed error paths are tested',
    question: 'Is every changed error path tested?',
    level: 'block',
    summary: open > 0 ? `${open} of ${exposures.length} exposures have no evidence` : 'All exposures are covered',
    outcome: { status: open > 0 ? 'exposed' : 'covered', exposures },
    ...overrides,
  }
}

/** A check that found no exposure. */
export const CLEAR_ITEM: Item = sampleItem([], { summary: 'No error path was added or changed' })

export function sampleReview(items: readonly Item[], overrides: Partial<Review> = {}): Review {
  const exposures = items.flatMap(({ outcome }) => ('exposures' in outcome ? outcome.exposures : []))
  const covered = exposures.filter((exposure) => exposure.covered).length
  const left = exposures.reduce((rest, { cost }) => rest * (1 - cost / 100), 100)
  const confidence = Math.round(left * 10) / 10
  return {
    tool: { name: 'airworthy', version: '0.1.0' },
    change: {
      base: '1111111111111111111111111111111111111111',
      head: '2222222222222222222222222222222222222222',
      mergeBase: '3333333333333333333333333333333333333333',
      files: 12,
      additions: 340,
      deletions: 25,
    },
    policy: { source: 'preset recommended', digest: `sha256:${'0'.repeat(64)}`, mode: 'enforce' },
    confidence,
    coverage: {
      covered,
      total: exposures.length,
      ratio: exposures.length === 0 ? null : covered / exposures.length,
    },
    items,
    verdict: 'pass',
    reasons: [],
    notes: [],
    ...overrides,
  }
}
