import { createHash } from 'node:crypto'
import type { Change, Note } from '../change/change.ts'
import type { Check, Exposure, Outcome } from '../checks/define-check.ts'
import { type CheckId, checks } from '../checks/index.ts'
import type { FactsByNeed } from '../facts/facts.ts'
import type { Policy } from '../policy/policy.ts'
import { createPolicyScope, type PolicyScope } from '../policy/policy-scope.ts'
import { confidenceOf } from './confidence.ts'
import type { Item, ItemOutcome, Review, ReviewedExposure } from './review-types.ts'
import { matters, verdictOf } from './verdict.ts'

export interface ReviewInput {
  /** As the source gave it: its counts are the change's. */
  readonly change: Change
  /** The change without what the policy ignores: what the checks see. */
  readonly seen: Change
  readonly facts: FactsByNeed
  readonly policy: Policy
  readonly notes: readonly Note[]
  readonly version: string
}

interface Assessed {
  readonly id: CheckId
  readonly check: Check
  readonly outcome: Outcome | { readonly status: 'error'; readonly reason: string } | { readonly status: 'off' }
}

/** The answer to one change under one policy. Pure and total: a check that throws becomes its item's `error`. */
export function review(input: ReviewInput): Review {
  const { change, policy } = input
  const scope = createPolicyScope(policy)
  const assessed = checkIds().map((id) => assess(id, input, scope))
  const priced = price(assessed, policy, scope)
  const items = assessed.map((one) => itemOf(one, policy, priced.byCheck.get(one.id) ?? []))
  const { verdict, reasons } = verdictOf(policy, items, priced.confidence)
  return {
    tool: { name: 'airworthy', version: input.version },
    change: {
      base: change.base,
      head: change.head,
      mergeBase: change.mergeBase,
      files: change.files.length,
      additions: sum(change.files.map((file) => file.additions)),
      deletions: sum(change.files.map((file) => file.deletions)),
    },
    policy: { source: policy.source, digest: policy.digest, mode: policy.mode },
    confidence: priced.confidence,
    coverage: priced.coverage,
    items,
    verdict,
    reasons,
    notes: input.notes,
  }
}

/** Ids in the registry's order, which is alphabetical. */
export function checkIds(): readonly CheckId[] {
  return Object.keys(checks).filter((id): id is CheckId => Object.hasOwn(checks, id))
}

function assess(id: CheckId, input: ReviewInput, scope: PolicyScope): Assessed {
  const check: Check = checks[id]
  const { options } = input.policy.checks[id]
  if (!scope.isOn(id)) return { id, check, outcome: { status: 'off' } }
  try {
    const outcome = check.assess(input.seen, input.facts, options)
    if (outcome.status !== 'assessed') return { id, check, outcome }
    const exposures = outcome.exposures
      .filter((one) => scope.levelAt(id, one.at.path) !== 'off')
      .map((one) => asJudged(one, scope))
    return { id, check, outcome: { ...outcome, exposures } }
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { id, check, outcome: { status: 'error', reason } }
  }
}

function asJudged({ onJourney, ...exposure }: Exposure, scope: PolicyScope): Exposure {
  const isOnJourney = onJourney !== undefined && scope.journeyAt(exposure.at.path) !== null
  return isOnJourney ? { ...exposure, severity: onJourney } : exposure
}

interface Pricing {
  readonly confidence: number
  readonly coverage: Review['coverage']
  readonly byCheck: ReadonlyMap<CheckId, readonly ReviewedExposure[]>
}

function price(assessed: readonly Assessed[], policy: Policy, scope: PolicyScope): Pricing {
  const all = assessed.flatMap(({ id, outcome }) =>
    outcome.status === 'assessed' ? inOrder(outcome.exposures).map((exposure) => ({ id, exposure })) : [],
  )
  const entries = all.map(({ id, exposure }) => ({
    severity: exposure.severity,
    covered: exposure.evidence.length > 0,
    group: `${id}\0${exposure.kind}\0${exposure.at.path}\0${exposure.within}`,
    factor: scope.factorAt(exposure.at.path),
  }))
  const { confidence, costs, weights } = confidenceOf(entries, policy.prices)
  const ids = fingerprints(all)
  const byCheck = new Map<CheckId, ReviewedExposure[]>()
  for (const [index, { id, exposure }] of all.entries()) {
    const list = byCheck.get(id) ?? []
    byCheck.set(id, list)
    list.push({
      ...exposure,
      id: ids[index] ?? '',
      covered: exposure.evidence.length > 0,
      cost: costs[index] ?? 0,
      level: scope.levelAt(id, exposure.at.path),
    })
  }
  const covered = entries.map((one) => one.covered)
  return { confidence, coverage: coverageOf(covered, weights), byCheck }
}

function coverageOf(covered: readonly boolean[], weights: readonly number[]): Review['coverage'] {
  const count = covered.filter((one) => one).length
  if (covered.length === 0) return { covered: 0, total: 0, ratio: null }
  const all = sum(weights)
  const safe = sum(weights.filter((_, index) => covered[index]))
  const ratio = all === 0 ? count / covered.length : safe / all
  return { covered: count, total: covered.length, ratio: Math.round(ratio * 1000) / 1000 }
}

/** By path, line, kind: the order of every report. */
function inOrder(exposures: readonly Exposure[]): readonly Exposure[] {
  return [...exposures].sort(
    (a, b) =>
      compare(a.at.path, b.at.path) ||
      a.at.startLine - b.at.startLine ||
      compare(a.kind, b.kind) ||
      compare(a.anchor, b.anchor),
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** `<check>-<12 hex>`: what it is and where it stands, without its line; equal ones are numbered in order. */
function fingerprints(all: readonly { readonly id: CheckId; readonly exposure: Exposure }[]): readonly string[] {
  const seen = new Map<string, number>()
  return all.map(({ id, exposure }) => {
    const key = JSON.stringify([
      id,
      exposure.kind,
      exposure.at.path,
      exposure.at.side,
      exposure.within,
      exposure.anchor,
    ])
    const ordinal = seen.get(key) ?? 0
    seen.set(key, ordinal + 1)
    const digest = createHash('sha256').update(`${key}#${ordinal}`).digest('hex')
    return `${id}-${digest.slice(0, 12)}`
  })
}

function itemOf(assessed: Assessed, policy: Policy, exposures: readonly ReviewedExposure[]): Item {
  const { check, outcome } = assessed
  const open = exposures.filter((one) => !one.covered)
  const result: ItemOutcome =
    outcome.status === 'assessed' ? { status: open.length > 0 ? 'exposed' : 'covered', exposures } : outcome
  return {
    id: check.id,
    title: check.title,
    question: check.question,
    level: policy.checks[assessed.id].level,
    summary: summaryOf(outcome, exposures),
    outcome: result,
    ...(outcome.status === 'assessed' && outcome.table !== undefined ? { table: outcome.table } : {}),
  }
}

function summaryOf(outcome: Assessed['outcome'], exposures: readonly ReviewedExposure[]): string {
  if (outcome.status === 'off') return 'Off by the policy'
  if (outcome.status !== 'assessed') return outcome.reason
  if (outcome.summary !== undefined) return outcome.summary
  if (exposures.length === 0) return 'Nothing exposed'
  const serious = exposures.filter((one) => matters(one.severity))
  const counted = serious.length > 0 ? serious : exposures
  const open = counted.filter((one) => !one.covered).length
  const soft = serious.length > 0 ? '' : ' (all low)'
  return open === 0
    ? `${counted.length === 1 ? 'The one exposure is' : `All ${counted.length} exposures are`} covered${soft}`
    : `${open} of ${counted.length} ${counted.length === 1 ? 'exposure has' : 'exposures have'} no evidence${soft}`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
