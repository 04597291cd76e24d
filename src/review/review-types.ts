import type { Note } from '../change/change.ts'
import type { Exposure, Table } from '../checks/define-check.ts'
import type { Level } from '../policy/policy.ts'

/** An exposure as the policy judges it. */
export interface ReviewedExposure extends Exposure {
  /** Stable fingerprint: `<check>-<12 hex digits>`; survives a rebase and a shift of lines. */
  readonly id: string
  readonly covered: boolean
  /** Points of confidence it takes; 0 when covered. */
  readonly cost: number
  /** The level that holds at its path, after the policy's overrides. */
  readonly level: Level
}

export type ItemOutcome =
  | { readonly status: 'covered' | 'exposed'; readonly exposures: readonly ReviewedExposure[] }
  | { readonly status: 'not-applicable' | 'unknown' | 'error'; readonly reason: string }
  | { readonly status: 'off' }

/** One line of the checklist. */
export interface Item {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly level: Level
  /** One sentence: "3 of 5 changed error paths have no test". */
  readonly summary: string
  readonly outcome: ItemOutcome
  /** What the check compared, for a report with room for it. */
  readonly table?: Table
}

export type Verdict = 'pass' | 'fail' | 'advise'

export interface Coverage {
  /** Exposures with evidence, and all exposures. */
  readonly covered: number
  readonly total: number
  /** By weight; null when there is no exposure. */
  readonly ratio: number | null
}

export interface Review {
  readonly tool: { readonly name: 'airworthy'; readonly version: string }
  readonly change: {
    readonly base: string
    readonly head: string
    readonly mergeBase: string | null
    readonly files: number
    readonly additions: number
    readonly deletions: number
  }
  readonly policy: { readonly source: string; readonly digest: string; readonly mode: 'enforce' | 'advise' }
  readonly confidence: number
  readonly coverage: Coverage
  readonly items: readonly Item[]
  readonly verdict: Verdict
  /** Why the verdict is `fail`, one sentence each; empty otherwise. */
  readonly reasons: readonly string[]
  readonly notes: readonly Note[]
}
