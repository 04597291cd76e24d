import type { CodeFactsOfChange, TestsOfChange } from './code/code-facts.ts'

/** Everything a check can ask for in `needs`. The pipeline reads and extracts the union of the enabled checks' needs. */
export interface FactsByNeed {
  /** Functions and error paths of the changed source files, base and head. */
  readonly code: CodeFactsOfChange
  /** Test cases that may drive the changed code: changed tests, and linked tests of the repository. */
  readonly tests: TestsOfChange
}
