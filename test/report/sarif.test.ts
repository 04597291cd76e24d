import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatSarif } from '../../src/report/sarif.ts'
import type { Review } from '../../src/review/review-types.ts'
import {
  CLEAR_ITEM,
  SAMPLE_EVIDENCE,
  sampleExposure,
  sampleItem,
  sampleLocation,
  sampleReview,
} from '../support/sample-review.ts'
import { anyReview } from './arbitrary-review.ts'
import { sarifLog } from './sarif-schema.ts'

function runOf(review: Review) {
  const [run] = sarifLog.parse(JSON.parse(formatSarif(review))).runs
  if (run === undefined) throw new Error('no run')
  return run
}

describe('the SARIF report', () => {
  test('keeps the standard for any review', () => {
    const withIds = anyReview.map((review) => ({
      ...review,
      items: review.items.map((item) => ({ ...item, title: `T${item.title}`, question: `Q${item.question}` })),
      notes: review.notes.map((note) => ({ ...note, says: `N${note.says}` })),
    }))
    fc.assert(
      fc.property(withIds, (review) => {
        expect(sarifLog.safeParse(JSON.parse(formatSarif(review))).error).toBeUndefined()
      }),
    )
  })

  test('has a result for each exposure without evidence, its level by severity', () => {
    const exposures = (['low', 'medium', 'high', 'critical'] as const).map((severity) => sampleExposure({ severity }))
    const run = runOf(
      sampleReview([
        CLEAR_ITEM,
        sampleItem([...exposures, sampleExposure({ evidence: [SAMPLE_EVIDENCE] })], { id: 'rollback' }),
      ]),
    )
    expect(run.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['rollback', 1, 'note'],
      ['rollback', 1, 'warning'],
      ['rollback', 1, 'error'],
      ['rollback', 1, 'error'],
    ])
  })

  test('says what can happen and what would cover it, and carries the fingerprint', () => {
    const [result] = runOf(sampleReview([sampleItem([sampleExposure()])])).results
    expect(result?.message.text).toMatchInlineSnapshot(
      `"When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of it was found. To cover it: Add a test that makes \`provider.refund\` reject and asserts what \`refund\` does then."`,
    )
    expect(result?.partialFingerprints).toEqual({ 'airworthyExposure/v1': 'error-paths-0a1b2c3d4e5f' })
    expect(result?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/orders/refund.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 41, endLine: 43 },
        },
      },
    ])
  })

  test('puts no region of the base on a file of the head', () => {
    const at = { ...sampleLocation('src/old name.ts', 7, 9), side: 'base' as const }
    const [result] = runOf(sampleReview([sampleItem([sampleExposure({ at })])])).results
    expect(result?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'src/old%20name.ts', uriBaseId: '%SRCROOT%' } } },
    ])
    expect(result?.relatedLocations).toMatchObject([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/old%20name.ts', uriBaseId: '%MERGEBASE%' },
          region: { startLine: 7, endLine: 9 },
        },
      },
    ])
    expect(result?.message.text).toMatch(/It stood at src\/old name\.ts:7-9 \(removed\)\.$/)
  })

  test('doubles braces and parts brackets: neither a placeholder nor a link', () => {
    const [result] = runOf(
      sampleReview([sampleItem([sampleExposure({ says: 'x {0} [a](https://evil.example)' })])]),
    ).results
    expect(result?.message.text).toContain('x {{0}} [a] (https://evil.example).')
  })

  test('says what was not looked at: failed checks as errors, unknown ones as warnings, notes as notes', () => {
    const failed = sampleItem([], { id: 'rollback', outcome: { status: 'error', reason: 'boom' } })
    const unknown = sampleItem([], { id: 'config-env', outcome: { status: 'unknown', reason: 'no listing' } })
    const notes = [{ kind: 'file-too-large', says: 'larger than 2 MB', path: 'a b.ts' }]
    const [invocation] = runOf(sampleReview([unknown, failed], { notes })).invocations
    expect(invocation?.executionSuccessful).toBe(false)
    expect(invocation?.toolExecutionNotifications.map(({ level, message }) => [level, message.text])).toEqual([
      ['error', 'rollback: the check failed: boom'],
      ['warning', 'config-env: could not look: no listing'],
      ['note', 'larger than 2 MB'],
    ])
    expect(invocation?.toolExecutionNotifications[2]?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'a%20b.ts', uriBaseId: '%SRCROOT%' } } },
    ])
  })

  test('ran well when no check failed', () => {
    expect(runOf(sampleReview([CLEAR_ITEM])).invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ])
  })

  test('has a rule for each check that ran, with its page when there is one', () => {
    const off = sampleItem([], { id: 'monitoring', outcome: { status: 'off' } })
    const log = JSON.parse(formatSarif(sampleReview([CLEAR_ITEM, off]), { page: (id) => `https://docs.example/${id}` }))
    expect(sarifLog.parse(log).runs[0]?.tool.driver.rules).toEqual([
      {
        id: 'error-paths',
        shortDescription: { text: 'Changed error paths are tested' },
        fullDescription: { text: 'Is every changed error path tested?' },
        help: {
          text: 'Is every changed error path tested? To read how this check decides and what counts as evidence, run: airworthy explain error-paths',
        },
        helpUri: 'https://docs.example/error-paths',
      },
    ])
  })
})
