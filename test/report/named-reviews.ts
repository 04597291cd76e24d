import type { SourceLines } from '../../src/report/terminal-sheet.ts'
import type { Item, Review } from '../../src/review/review-types.ts'
import {
  CLEAR_ITEM,
  SAMPLE_EVIDENCE,
  sampleExposure,
  sampleItem,
  sampleLocation,
  sampleReview,
} from '../support/sample-review.ts'

const SOURCE = [
  'async function refund(orderId: string) {',
  '\ttry {',
  '\t\tawait provider.refund(orderId, { idempotencyKey: `refund-` + orderId, reason: "asked for by the customer" })',
  '\t} catch (error) {',
  "\t\tlogger.warn({ error }, 'refund failed') // 退款失败",
  '\t\treturn { status: 200 }\r',
  '\t}',
  '\treturn { status: 200 }',
  '}',
]

/** Lines 38 to 46 of `src/orders/refund.ts`. */
export const refundLines: SourceLines = ({ path, startLine, endLine }, context) =>
  path === 'src/orders/refund.ts'
    ? SOURCE.map((text, index) => ({ line: index + 38, text })).filter(
        ({ line }) => line >= startLine - context && line <= endLine + context,
      )
    : null

const covered = sampleExposure({
  severity: 'medium',
  at: sampleLocation('src/orders/charge.ts', 18, 20),
  says: '`charge` now fails with `CardDeclined`; a test covers it',
  evidence: [SAMPLE_EVIDENCE],
})
const dropped = sampleExposure({
  severity: 'critical',
  cost: 25,
  at: { ...sampleLocation('src/orders/refund.ts', 42), side: 'base' },
  says: 'When `provider.refund` fails, `refund` no longer reports it; no test of it was found',
  remedy: 'Report the failure again, or add a test that asserts who does',
})
const low = sampleExposure({
  severity: 'low',
  cost: 0.5,
  at: sampleLocation('src/orders/find.ts', 12),
  says: '`find` passes the failure on; no test of it was found',
})
const route = sampleExposure({
  severity: 'medium',
  cost: 4.5,
  level: 'warn',
  at: sampleLocation('src/routes/refunds.ts', 9),
  says: 'The new route `POST /refunds` is open to everyone as soon as this is deployed',
  remedy: 'Put it behind a flag',
})
const featureFlag = { id: 'feature-flag', title: 'New behaviour can be switched off', level: 'warn' } as const
const rollback: Item = {
  ...sampleItem([], { id: 'rollback', title: 'The change can be rolled back' }),
  outcome: { status: 'not-applicable', reason: 'no migration in this change' },
}
const monitoring = sampleItem([], { id: 'monitoring', title: 'Failures will be seen', outcome: { status: 'off' } })
const configEnv = { id: 'config-env', title: 'Configuration is complete in every environment' }
const ruby = ['app/a.rb', 'app/b.rb', 'app/c.rb', 'app/d.rb']
const notes = [
  ...ruby.map((path) => ({ kind: 'language-not-supported', says: 'Ruby is not supported yet', path })),
  { kind: 'listing-truncated', says: 'The listing of the repository was cut off: tests may have been missed' },
  { kind: 'file-too-large', says: 'larger than 2 MB', path: 'src/schema.ts' },
]

export const quiet = sampleReview([CLEAR_ITEM])
export const nothingApplies = sampleReview([rollback, monitoring])
export const onlyLow = sampleReview([sampleItem([low])])
export const oneExposed = sampleReview([sampleItem([sampleExposure()])], {
  verdict: 'fail',
  reasons: ['error-paths: 1 exposure has no evidence'],
})
export const allCovered = sampleReview([sampleItem([covered])])
export const twoChecksFail = sampleReview(
  [
    sampleItem([low, covered, sampleExposure(), dropped]),
    sampleItem([route], featureFlag),
    sampleItem([], { id: 'resilience', title: 'Calls can fail safely', summary: 'No outbound call was added' }),
    rollback,
    monitoring,
  ],
  {
    verdict: 'fail',
    reasons: ['error-paths: 2 exposures have no evidence', "confidence 62.7 is below the policy's 80"],
    notes,
  },
)
export const unknown = sampleReview(
  [
    CLEAR_ITEM,
    sampleItem([], {
      ...configEnv,
      outcome: { status: 'unknown', reason: 'the tree of the head could not be listed' },
    }),
  ],
  { verdict: 'fail', reasons: ['config-env: could not look: the tree of the head could not be listed'] },
)
export const failedCheck = sampleReview([
  CLEAR_ITEM,
  sampleItem([], { ...configEnv, level: 'warn', outcome: { status: 'error', reason: 'TypeError: path is undefined' } }),
])
export const advise: Review = {
  ...sampleReview([sampleItem([sampleExposure()])], { verdict: 'advise' }),
  policy: { ...quiet.policy, mode: 'advise' },
}
