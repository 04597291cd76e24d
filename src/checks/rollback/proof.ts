import { compileScope, type PathScope, ScopeError } from '../../change/path-scope.ts'
import { judgeRehearsal, type Rehearsal, type RehearsalLimits } from '../../facts/migration/evidence/rehearsal.ts'
import type { MigrationsOfChange } from '../../facts/migration/migration-facts.ts'
import type { Evidence, Severity } from '../define-check.ts'
import type { Hazard } from './hazard.ts'

/** How strong a proof of the way back is, weakest first. */
export const STRENGTHS = ['written', 'compatible', 'ci', 'test', 'rehearsal'] as const
export type Strength = (typeof STRENGTHS)[number]

export type Required = Readonly<Record<Severity, Strength>>

/** What every exposure is judged with. */
export interface Judging {
  readonly facts: MigrationsOfChange
  readonly required: Required
  readonly limits: RehearsalLimits
}

export interface Question {
  readonly path: string
  /** Blob of the head version; a record that lists another one is about another text. */
  readonly blob: string | null
  readonly framework: string
  readonly hazard: Hazard
  readonly severity: Severity
  /** What is known from the step itself: that its way back is written, or that the previous version runs on it. */
  readonly own: { readonly strength: 'written' | 'compatible'; readonly evidence: Evidence } | null
}

export interface Proof {
  readonly evidence: readonly Evidence[]
  /** Proof that was looked at and does not count, and why. */
  readonly refused: readonly string[]
}

/** Finds what covers an exposure, as strong as the policy wants it for the severity. */
export function proofOf(
  question: Question,
  facts: MigrationsOfChange,
  required: Required,
  limits: RehearsalLimits,
): Proof {
  const least = STRENGTHS.indexOf(required[question.severity])
  const found: { strength: Strength; evidence: Evidence }[] = question.own === null ? [] : [question.own]
  for (const run of facts.runs) {
    if (run.kind === 'down' && (question.hazard !== 'way-down' || !run.frameworks.includes(question.framework)))
      continue
    if (run.kind === 'old-code' && question.hazard !== 'old-code') continue
    found.push({
      strength: run.source,
      evidence: { kind: run.source === 'test' ? 'test' : 'migration', says: run.says, at: run.at },
    })
  }
  const refused: string[] = []
  for (const file of facts.rehearsals) {
    if (file.status === 'invalid') {
      refused.push(`${file.path}:${file.line} is no valid record: ${file.says}`)
      continue
    }
    const verdict = rehearsalProves(file.rehearsal, question, limits, facts.asOf)
    if (verdict === 'other') continue
    if (verdict !== null) refused.push(verdict)
    else found.push({ strength: 'rehearsal', evidence: rehearsalEvidence(file.rehearsal) })
  }
  const enough = found.filter((one) => STRENGTHS.indexOf(one.strength) >= least)
  return { evidence: enough.map((one) => one.evidence), refused }
}

/** Null when it proves; 'other' when it is about something else; else why it does not. */
function rehearsalProves(
  rehearsal: Rehearsal,
  question: Question,
  limits: RehearsalLimits,
  asOf: string | null,
): string | null {
  const scope = scopeOf(rehearsal.what)
  if (scope === null) return `${rehearsal.path}: its "what" holds a pattern that cannot be read`
  if (!scope.matches(question.path)) return 'other'
  const blob = rehearsal.files[question.path]
  if (blob !== undefined && question.blob !== null && blob !== question.blob)
    return `${rehearsal.path} rehearsed another version of ${question.path}`
  if (question.hazard === 'data' && rehearsal.dataChecked === null)
    return `${rehearsal.path} does not say how the data was checked (dataChecked)`
  const verdict = judgeRehearsal(rehearsal, limits, asOf)
  return verdict.good ? null : verdict.why
}

function scopeOf(globs: readonly string[]): PathScope | null {
  try {
    return compileScope(globs)
  } catch (error) {
    if (error instanceof ScopeError) return null
    throw error
  }
}

function rehearsalEvidence(rehearsal: Rehearsal): Evidence {
  const where = rehearsal.environment === null ? '' : ` on ${rehearsal.environment}`
  const at = { path: rehearsal.path, startLine: 1, endLine: 1, side: 'head' } as const
  return {
    kind: 'rehearsal',
    says: `the way back was rehearsed${where} on ${rehearsal.when.slice(0, 10)} in ${rehearsal.seconds} s`,
    at,
  }
}
