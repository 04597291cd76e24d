import type { BehaviourOfChange } from './behaviour/behaviour-facts.ts'
import type { CodeFactsOfChange, TestsOfChange } from './code/code-facts.ts'

/** Everything a check can ask for in `needs`. The pipeline reads and extracts the union of the enabled checks' needs. */
export interface FactsByNeed {
  /** Ways in, outbound calls, signals and flag gates of the changed files, and what the team has around them. */
  readonly behaviour: BehaviourOfChange
  /** Functions and error paths of the changed source files, base and head. */
  readonly code: CodeFactsOfChange
  /** Test cases that may drive the changed code: changed tests, and linked tests of the repository. */
  readonly tests: TestsOfChange
}
