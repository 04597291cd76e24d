import type { Note } from '../change/change.ts'
import type { Item, Review, ReviewedExposure } from '../review/review-types.ts'
import { safeJson } from './escape.ts'

export type ReviewJson = ReturnType<typeof toJson>

/** The JSON form of a review: `report.schema.json` beside this file is the contract. Fields come in the order written here. */
export function toJson(review: Review) {
  const { tool, change, policy, coverage } = review
  return {
    schemaVersion: 1 as const,
    tool: { name: tool.name, version: tool.version },
    change: {
      base: change.base,
      head: change.head,
      mergeBase: change.mergeBase,
      files: change.files,
      additions: change.additions,
      deletions: change.deletions,
    },
    policy: { source: policy.source, digest: policy.digest, mode: policy.mode },
    confidence: review.confidence,
    coverage: { covered: coverage.covered, total: coverage.total, ratio: coverage.ratio },
    verdict: review.verdict,
    reasons: [...review.reasons],
    checks: review.items.map(checkToJson),
    notes: review.notes.map(noteToJson),
  }
}

function checkToJson({ id, title, question, level, summary, outcome }: Item) {
  return {
    id,
    title,
    question,
    level,
    status: outcome.status,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    summary,
    exposures: 'exposures' in outcome ? outcome.exposures.map(exposureToJson) : [],
  }
}

function exposureToJson(exposure: ReviewedExposure) {
  const { at } = exposure
  return {
    id: exposure.id,
    kind: exposure.kind,
    severity: exposure.severity,
    level: exposure.level,
    path: at.path,
    startLine: at.startLine,
    endLine: at.endLine,
    side: at.side,
    within: exposure.within,
    says: exposure.says,
    remedy: exposure.remedy,
    covered: exposure.covered,
    cost: exposure.cost,
    evidence: exposure.evidence.map(({ kind, says, at: place }) => ({
      kind,
      says,
      ...(place === undefined
        ? {}
        : { at: { path: place.path, startLine: place.startLine, endLine: place.endLine, side: place.side } }),
    })),
  }
}

function noteToJson({ kind, says, path }: Note) {
  return { kind, says, ...(path === undefined ? {} : { path }) }
}

/** One document over many lines, with a line feed at the end. */
export function formatJson(review: Review): string {
  return `${safeJson(toJson(review), 2)}\n`
}

/** One document on exactly one line, with a line feed at the end. */
export function formatNdjson(review: Review): string {
  return `${safeJson(toJson(review), 0)}\n`
}
