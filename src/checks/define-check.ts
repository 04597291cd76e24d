import type * as z from 'zod'
import type { Change, Location } from '../change/change.ts'
import type { FactsByNeed } from '../facts/facts.ts'

/** low: listed folded, never blocks. medium and above: a careful on-call engineer would want it raised. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What covers an exposure. */
export interface Evidence {
  readonly kind:
    | 'test'
    | 'coverage'
    | 'flag'
    | 'signal'
    | 'config'
    | 'migration'
    | 'rehearsal'
    | 'attestation'
    | 'waiver'
  readonly says: string
  readonly at?: Location
}

/** One way the change can hurt production. With evidence it is covered. */
export interface Exposure {
  /** Kebab-case, stable: part of the contract with consumers. */
  readonly kind: string
  readonly severity: Severity
  /** Its severity where the policy names the code a critical journey; without it, `severity` holds there too. */
  readonly onJourney?: Severity
  readonly at: Location
  /** One sentence: what can happen. Plain text; every report escapes it for its own target. */
  readonly says: string
  /** One sentence: what would cover it. */
  readonly remedy: string
  readonly evidence: readonly Evidence[]
  /** Function, key or object it stands in. Repeats of one kind within one place cost less and less. */
  readonly within: string
  /** What makes it this exposure, apart from its line (token hash, key, …): its id survives a rebase. */
  readonly anchor: string
  /** Its lines may hold a secret: no report shows them. */
  readonly concealed?: true
}

/** A comparison that a report may lay out. Plain text; every report escapes it for its own target. */
export interface Table {
  /** The first is the heading of the keys. */
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  /** Rows that were left out. */
  readonly more: number
}

export interface TableRow {
  readonly key: string
  /** One for each column after the first. `odd` is the one that differs. */
  readonly cells: readonly { readonly text: string; readonly odd: boolean }[]
}

export type Outcome =
  | {
      readonly status: 'assessed'
      readonly exposures: readonly Exposure[]
      readonly summary?: string
      readonly table?: Table
    }
  | { readonly status: 'not-applicable' | 'unknown'; readonly reason: string }

export type Need = keyof FactsByNeed

export interface CheckDefinition<N extends Need, S extends z.ZodType> {
  /** Kebab-case; folder, test, policy key, README anchor and SARIF rule id. */
  readonly id: string
  /** Answers true or false: "Changed error paths are tested". */
  readonly title: string
  /** What the checklist asks: "Is every changed error path tested?" */
  readonly question: string
  /** Facts it reads. What is not named here does not exist for it. */
  readonly needs: readonly N[]
  /** Schema of its options. Values live in `policies/*.yml`, so no field has a default. */
  readonly options: S
  /** Pure and synchronous. What it throws becomes the item's `error`. */
  readonly assess: (change: Change, facts: Pick<FactsByNeed, N>, options: z.infer<S>) => Outcome
}

/** A check with its types folded away, as the registry and the review hold it. */
export interface Check {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly needs: readonly Need[]
  readonly options: z.ZodType
  /** Parses `options` by the check's own schema; a policy that got this far has already passed it. */
  readonly assess: (change: Change, facts: FactsByNeed, options: unknown) => Outcome
}

export function defineCheck<N extends Need, S extends z.ZodType>(definition: CheckDefinition<N, S>): Check {
  const { assess, options: schema } = definition
  return { ...definition, assess: (change, facts, options) => assess(change, facts, schema.parse(options)) }
}
