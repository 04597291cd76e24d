import type { Severity } from '../checks/define-check.ts'
import type { CheckId } from '../checks/index.ts'
import type { Catalog } from '../facts/behaviour/catalog.ts'

/** Where a team keeps its policy. */
export const POLICY_PATH = '.github/airworthy.yml'

export const LEVELS = ['off', 'note', 'warn', 'block'] as const
/** off: not run. note, warn: said. block: an uncovered exposure of medium or more fails the review. */
export type Level = (typeof LEVELS)[number]

/** A journey that pays the rent: exposures under `paths` cost `factor` times as much. */
export interface CriticalPath {
  readonly name: string
  readonly paths: readonly string[]
  readonly factor: number
}

/** Names of labels, by verdict. */
export interface Labels {
  readonly pass?: string | undefined
  readonly fail?: string | undefined
  readonly advise?: string | undefined
}

export interface Override {
  readonly paths: readonly string[]
  readonly checks: Readonly<Partial<Record<CheckId, Level>>>
}

/** The team's rules after presets, `extends` and defaults are folded in: complete and valid. */
export interface Policy {
  /** Where it came from, for people: '.github/airworthy.yml at main (1a2b3c4)', 'preset recommended'. */
  readonly source: string
  /** 'sha256:…' over the canonical JSON of the folded policy. */
  readonly digest: string
  readonly mode: 'enforce' | 'advise'
  /** What our own failure means on GitHub. In advise mode nothing blocks. */
  readonly onError: 'block' | 'allow'
  /** The label a pull request gets for each verdict; a verdict without one gets none. */
  readonly labels: Labels
  readonly confidence: { readonly pass: number }
  /** Points of confidence that an uncovered exposure of a severity takes, 0 to 90. */
  readonly prices: Readonly<Record<Severity, number>>
  readonly environments: readonly string[]
  readonly critical: readonly CriticalPath[]
  readonly ignore: readonly string[]
  readonly checks: Readonly<Record<CheckId, { readonly level: Level; readonly options: unknown }>>
  readonly overrides: readonly Override[]
  /** Libraries of the team, besides those that Airworthy knows. */
  readonly catalog?: Catalog | undefined
}
