import type { BehaviourOfChange } from './behaviour/behaviour-facts.ts'
import type { CodeFactsOfChange, TestsOfChange } from './code/code-facts.ts'
import type { ConfigFactsOfChange } from './config/config-facts.ts'
import type { ContractsOfChange } from './contract/contract-facts.ts'
import type { InfrastructureOfChange } from './infrastructure/infrastructure-facts.ts'
import type { MigrationsOfChange } from './migration/migration-facts.ts'

/** Everything a check can ask for in `needs`. The pipeline reads and extracts the union of the enabled checks' needs. */
export interface FactsByNeed {
  /** Ways in, outbound calls, signals and flag gates of the changed files, and what the team has around them. */
  readonly behaviour: BehaviourOfChange
  /** Functions and error paths of the changed source files, base and head. */
  readonly code: CodeFactsOfChange
  /** Configuration entries of the changed files and their siblings, and the variables that changed code reads. */
  readonly config: ConfigFactsOfChange
  /** Contracts with clients and other services that the change narrows. */
  readonly contracts: ContractsOfChange
  /** Infrastructure that goes away or loses its protection. */
  readonly infrastructure: InfrastructureOfChange
  /** Migrations of the change, their ways back, and the evidence that somebody went them. */
  readonly migrations: MigrationsOfChange
  /** Test cases that may drive the changed code: changed tests, and linked tests of the repository. */
  readonly tests: TestsOfChange
}
