import type { ChangedFile } from '../../change/change.ts'
import type { CodeShape } from './code-shape.ts'

/** 1-based, inclusive. */
export interface LineRange {
  readonly startLine: number
  readonly endLine: number
}

/** Where code runs only because something failed, or decides what happens then. */
export type ErrorPathKind =
  /** A body that is entered on failure: catch, except, rescue, `if err != nil`, a rejection handler, `on('error')`. */
  | 'handler'
  /** A point that raises or rejects: throw, raise, panic, an error response, a failed validation. */
  | 'raise'
  /** A value used instead of the failed result. */
  | 'fallback'
  /** A loop or wrapper that tries again. */
  | 'retry'
  /** A handler that catches for others: error middleware, error boundary, recover. */
  | 'boundary'

/**
 * What becomes of the failure, from worst to best for the one who must notice:
 * `success` answers as if nothing failed; `swallow` goes on; `default` returns an empty or fixed value;
 * `recover` does other work instead; `respond` answers the failure to a person or client; `translate` raises another
 * error; `propagate` passes the same one on; `exit` ends the process.
 */
export type FailureOutcome =
  | 'success'
  | 'swallow'
  | 'default'
  | 'recover'
  | 'respond'
  | 'translate'
  | 'propagate'
  | 'exit'

/** What can be recognised in a test that asserts this very failure. */
export interface FailureSignature {
  /** Names of error types that are caught, raised or expected: `NotFoundError`, `requests.Timeout` → `Timeout`. */
  readonly types: readonly string[]
  /** HTTP statuses of 400 and above. */
  readonly statuses: readonly number[]
  /** Literal text of messages, longest constant piece of a template. */
  readonly messages: readonly string[]
}

/** What a test makes fail, and how. */
export interface Fault extends FailureSignature {
  /** Names of what fails; empty where that cannot be told. */
  readonly into: readonly string[]
}

export interface ErrorPath {
  readonly kind: ErrorPathKind
  /** What it is in the language: 'catch', 'except', 'if err != nil', 'throw', 'raise', '.catch()'. */
  readonly form: string
  readonly range: LineRange
  /** Qualified name of the function it stands in; null at the top level of the file. */
  readonly owner: string | null
  readonly outcome: FailureOutcome
  readonly signature: FailureSignature
  /** Leaf tokens without comments and layout; strings inside logging calls are blanked. */
  readonly tokens: readonly string[]
  /** Calls it protects (the try body) or stands behind (the condition), last name of each. */
  readonly protects: readonly string[]
  /** Error types that a handler is entered for; empty for a raise and for a handler of everything. */
  readonly catches: readonly string[]
  /** Calls made in the failure code itself but for logging, last name of each. */
  readonly calls: readonly string[]
  /** It logs, counts or reports the failure. */
  readonly reports: boolean
  /** All that it writes is for developers (debug, trace): who wrote it thought little of this failure. */
  readonly debugOnly: boolean
  /** A comment in it, or of its function, says why, its error variable is named as ignored, or the next statement looks at what it left. */
  readonly explained: boolean
  /** It stands in a loop or a timer's callback: what fails is one item, or one time, of many. */
  readonly perItem: boolean
  /** It passes everything on but one failure that it asks for first: `if (e.code !== 'ENOENT') throw e`. */
  readonly narrow: boolean
  /** What it protects may reach outside; false for a `try` of JavaScript that waits for nothing. */
  readonly waits: boolean
  /** It belongs to a loop that tries again and fails in the end: the failure is late, and not lost. */
  readonly retries: boolean
  /** What it protects writes the answer to a client, who cannot be told any more. */
  readonly answers: boolean
  /** Raised in a `try` of the same function whose handler takes everything and passes nothing on. */
  readonly caught: boolean
  /** The failure code leaves the function or the item (return, continue, break) instead of going on below. */
  readonly leaves: boolean
}

export interface FunctionFact {
  /** Last part: `save`. */
  readonly name: string
  /** With its containers: `OrderService.save`. */
  readonly qualifiedName: string
  readonly range: LineRange
  /** Last names of what it calls, in order, without repeats. */
  readonly calls: readonly string[]
  /** Calls whose failure it waits for, looks at or passes on. */
  readonly watches: readonly string[]
  /** Calls whose failure it leaves to nobody. */
  readonly drops: readonly DroppedFailure[]
  /** Conditions of its `if`s, and how it goes on where one holds. */
  readonly conditions: readonly { readonly text: string; readonly outcome: FailureOutcome }[]
}

/** A call whose failure nobody can see: `void save()`, a Go call without its error, `allSettled` without a reader. */
export interface DroppedFailure {
  readonly call: string
  /** How it is written: 'void', 'call without its error'. */
  readonly form: string
  readonly range: LineRange
  /** A comment right above it says why. */
  readonly explained: boolean
}

export interface TestCase {
  /** Titles from the outermost suite to the case, joined by ' › '. */
  readonly name: string
  readonly range: LineRange
  /** Identifiers in it (calls, types, properties), without repeats. What it patches by string is not among them. */
  readonly names: ReadonlySet<string>
  /** Short string literals in it: routes, messages, titles. */
  readonly strings: ReadonlySet<string>
  /** Names it replaces by a double: `vi.mock('./x')`, `@patch('pkg.f')`, `jest.spyOn(x, 'f')`; `Gateway.charge` of a class. */
  readonly doubles: ReadonlySet<string>
  /** It asserts that something failed, and what. Null when it asserts no failure. */
  readonly assertsFailure: FailureSignature | null
  /** It makes something fail (a mock that rejects or raises), and how. */
  readonly injectsFailure: Fault | null
  /** It asserts anything of what it did: `expect(true).toBe(true)` is nothing. */
  readonly asserts: boolean
}

export interface ImportFact {
  /** As written: './refund', 'app.orders', 'github.com/x/y/pkg'. */
  readonly module: string
  readonly names: readonly string[]
}

/** What one revision of one file is. */
export interface CodeFacts {
  readonly language: string
  readonly functions: readonly FunctionFact[]
  readonly errorPaths: readonly ErrorPath[]
  readonly tests: readonly TestCase[]
  readonly imports: readonly ImportFact[]
  /** What other facts are made of: calls, decisions, bindings. */
  readonly shape: CodeShape
  /** Not null when parsing or reading was cut short: what is here is true, but may not be all. */
  readonly incomplete: string | null
}

/** A file that has no facts, and why. */
export interface Unreadable {
  readonly reason: string
}

export interface CodeOfFile {
  readonly file: ChangedFile
  /** Null when the file did not exist on that side. */
  readonly base: CodeFacts | Unreadable | null
  readonly head: CodeFacts | Unreadable | null
  /** Of an added file: the file of the repository that it is a copy of, as the head has it. */
  readonly copiedFrom?: CodeFacts
}

/** The changed files in a supported language, in path order. */
export interface CodeFactsOfChange {
  readonly files: readonly CodeOfFile[]
}

export interface TestFile {
  readonly path: string
  /** The change adds or edits it. */
  readonly inChange: boolean
  /** How it is tied to the source: it imports it, is of its package, has a like name or folder; `far` is only in the change. */
  readonly link: 'imports' | 'package' | 'near' | 'far'
  readonly facts: CodeFacts
}

export interface TestsOfChange {
  /** Tests that may drive a changed source file, by its path: the changed ones, then those linked by name, folder or import. */
  readonly bySource: ReadonlyMap<string, readonly TestFile[]>
  /** How tests were looked for, for people. */
  readonly searched: string
  /** Number of test files in the listing, in any language. */
  readonly listed: number
}
