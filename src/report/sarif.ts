import type { Location } from '../change/change.ts'
import type { Severity } from '../checks/define-check.ts'
import type { Item, Review, ReviewedExposure } from '../review/review-types.ts'
import { safeJson, uriPath, visible } from './escape.ts'
import { itemSentence, placeOf } from './summary.ts'

/** SARIF 2.1.0 (OASIS), one run. Numbers in comments are sections of that standard. */

export interface SarifOptions {
  /** URL of a check's page; without it rules carry no `helpUri`. */
  readonly page?: (checkId: string) => string
}

const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<
  Severity,
  string
>
const HEAD_ROOT = '%SRCROOT%'
const BASE_ROOT = '%MERGEBASE%'

/** Rules for the checks that ran, results for exposures without evidence, notifications for what was not looked at. */
export function formatSarif(review: Review, options: SarifOptions = {}): string {
  const ran = review.items.filter(({ outcome }) => outcome.status !== 'off')
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: review.tool.name,
            semanticVersion: review.tool.version,
            rules: ran.map((item) => ruleOf(item, options)),
          },
        },
        automationDetails: { id: `${review.tool.name}/` },
        originalUriBaseIds: uriBaseIds(review),
        invocations: [invocationOf(review, ran)],
        results: ran.flatMap((item, ruleIndex) => resultsOf(item, ruleIndex)),
        properties: {
          verdict: review.verdict,
          confidence: review.confidence,
          policy: visible(review.policy.source),
        },
      },
    ],
  }
  return `${safeJson(log, 2)}\n`
}

function ruleOf({ id, title, question }: Item, { page }: SarifOptions) {
  return {
    id,
    shortDescription: message(title),
    fullDescription: message(question),
    help: message(
      `${question} To read how this check decides and what counts as evidence, run: airworthy explain ${id}`,
    ),
    ...(page === undefined ? {} : { helpUri: page(id) }),
  }
}

function resultsOf({ id, outcome }: Item, ruleIndex: number) {
  const exposures = 'exposures' in outcome ? outcome.exposures : []
  return exposures.filter(({ covered }) => !covered).map((exposure) => resultOf(id, ruleIndex, exposure))
}

function resultOf(ruleId: string, ruleIndex: number, exposure: ReviewedExposure) {
  const { severity, says, remedy, at, id, kind, cost, level } = exposure
  return {
    ruleId,
    ruleIndex,
    level: LEVELS[severity],
    message: message(
      [says, `To cover it: ${remedy}`, ...(at.side === 'base' ? [`It stood at ${placeOf(at)}`] : [])]
        .map(ended)
        .join(' '),
    ),
    ...placesOf(at),
    partialFingerprints: { 'airworthyExposure/v1': id },
    properties: { kind, severity, cost, level },
  }
}

/** Removed lines are not in the head: the result is about the file, and the lines are a related location in the merge base. */
function placesOf(at: Location) {
  const region = { startLine: at.startLine, endLine: at.endLine }
  const file = { uri: uriPath(at.path), uriBaseId: HEAD_ROOT }
  if (at.side === 'head') return { locations: [{ physicalLocation: { artifactLocation: file, region } }] }
  const removed = { artifactLocation: { ...file, uriBaseId: BASE_ROOT }, region }
  return {
    locations: [{ physicalLocation: { artifactLocation: file } }],
    relatedLocations: [{ physicalLocation: removed, message: message('The removed lines, at the merge base.') }],
  }
}

function uriBaseIds({ change }: Review) {
  const base = change.mergeBase ?? change.base
  return {
    [HEAD_ROOT]: { description: message(`The root of the repository at ${change.head}.`) },
    [BASE_ROOT]: { description: message(`The root of the repository at ${base}.`) },
  }
}

/** 3.20.21: an `error` notification means that the run failed, so only a check that failed is one. */
function invocationOf({ notes }: Review, ran: readonly Item[]) {
  const failed = ran.filter(({ outcome }) => outcome.status === 'error')
  const unknown = ran.filter(({ outcome }) => outcome.status === 'unknown')
  return {
    executionSuccessful: failed.length === 0,
    toolExecutionNotifications: [
      ...failed.map((item) => checkNotification(item, 'error')),
      ...unknown.map((item) => checkNotification(item, 'warning')),
      ...notes.map(({ kind, says, path }) => ({
        descriptor: { id: kind },
        level: 'note' as const,
        message: message(says),
        ...(path === undefined ? {} : { locations: [locationOfFile(path)] }),
      })),
    ],
  }
}

function checkNotification(item: Item, level: 'error' | 'warning') {
  return {
    descriptor: { id: item.outcome.status },
    associatedRule: { id: item.id },
    level,
    message: message(`${item.id}: ${itemSentence(item)}`),
  }
}

function locationOfFile(path: string) {
  return { physicalLocation: { artifactLocation: { uri: uriPath(path), uriBaseId: HEAD_ROOT } } }
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

/** Plain text (3.11.3): braces are doubled, or they are placeholders (3.11.5); `](` is parted, or it is a link (3.11.6). */
function message(text: string) {
  return { text: visible(text).replace(/[{}]/g, '$&$&').replaceAll('](', '] (') }
}
