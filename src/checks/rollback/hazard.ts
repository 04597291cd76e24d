import type { Habits } from '../../facts/migration/habits.ts'
import type { Severity } from '../define-check.ts'

/**
 * What stands in the way of going back: `data` is lost, `old-code` breaks on the new state, `clients` of a contract do, the way back is `not-there`
 * or wrong, a `lock` holds others up; `none` when the previous version runs on the new state.
 */
export type Hazard = 'data' | 'old-code' | 'clients' | 'way-down' | 'lock' | 'none'

export interface Risk {
  readonly kind: string
  readonly severity: Severity
  readonly hazard: Hazard
  readonly says: string
  readonly remedy: string
}

export interface NewColumn {
  readonly table: string
  readonly column: string
  /** Where it is added: what is dropped further up was there before. */
  readonly path: string
  readonly line: number
}

/** What the rest of the change says about a step. */
export interface Surroundings {
  /** Tables that this change creates: nothing runs on them yet, and nothing is in them. */
  readonly newTables: readonly string[]
  /** And those that may have been there before (`IF NOT EXISTS`). */
  readonly createdTables: readonly string[]
  readonly newColumns: readonly NewColumn[]
  /** Names of the constraints that this change adds. */
  readonly newConstraints: readonly string[]
  /** Who names it, as the end of a sentence; empty when nobody was found. */
  readonly usedBefore: (name: string) => string
  /** Whether the previous version is told to leave it out: then it runs without it. */
  readonly ignoredBefore: (name: string) => boolean
  /** Whether new lines of the code use the column: it may begin to write it. */
  readonly usedAnew: (column: string) => boolean
  readonly habits: Habits
}

export function risk(kind: string, severity: Severity, hazard: Hazard, says: string, remedy: string): Risk {
  return { kind, severity, hazard, says, remedy }
}

export function harmless(kind: string, says: string): Risk {
  return risk(kind, 'low', 'none', says, 'Nothing: the previous version runs on it')
}
