import type { ErrorPathKind, FailureOutcome, FailureSignature, Fault, ImportFact } from './code-facts.ts'
import type { ShapeLanguage } from './shape-language.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** One place where a language fails or handles a failure, before the shared extractor turns it into an `ErrorPath`. */
export interface FailureForm {
  readonly kind: ErrorPathKind
  readonly form: string
  /** What the reader is pointed at, and what is compared between base and head. */
  readonly region: SyntaxNode
  /** What decides when it is entered (a condition, the types of a clause); part of the comparison. */
  readonly conditions: readonly SyntaxNode[]
  /** Statements that run on failure; null for a raise. */
  readonly body: SyntaxNode | null
  /** Name the failure is bound to: `e`, `err`. */
  readonly errorName: string | null
  /** Code that may fail. */
  readonly protects: SyntaxNode | null
  /** Error types named outside the region. */
  readonly types: readonly string[]
  /** False when nothing is waited for in what it protects. */
  readonly waits?: boolean
  /** Set where the form alone decides it. */
  readonly outcome?: FailureOutcome
  /** It only tells failures apart: inside a handler it is a branch of that handler. */
  readonly branches?: boolean
  /** What it protects writes the answer to a client, who cannot be told any more. */
  readonly answers?: boolean
  /** The code around it says why: a comment above, or the next statement looks at what it left. */
  readonly explained?: boolean
}

/** How one statement of a handler's body ends or goes on. */
export type StatementEffect =
  | { readonly effect: 'raise'; readonly same: boolean }
  | { readonly effect: 'return'; readonly value: 'nothing' | 'default' | 'success' | 'error' | 'other' }
  | { readonly effect: 'respond' | 'log' | 'skip' | 'exit' | 'cleanup' | 'work' | 'assign-default' | 'collect' }
  | { readonly effect: 'branch'; readonly branches: readonly (SyntaxNode | null)[] }

/** What a node does with the failure of calls: waits for it, or leaves it to nobody. */
export interface FailureWatch {
  /** Last names of calls; `all` also stands for `allSettled`. */
  readonly calls: readonly string[]
  /** Null when it is watched; else how it is dropped. */
  readonly dropped: string | null
}

export interface TestForm {
  readonly title: string
  readonly region: SyntaxNode
  /** A suite holds cases and gives them its title. */
  readonly suite: boolean
  /** Never run, or expected to fail: it proves nothing, nor does a case in it. */
  readonly skipped?: boolean
}

/** A language as the shared extractor needs it. Everything is a pure question about one node. */
export interface Language {
  readonly id: string
  /** For people: 'TypeScript and JavaScript'. */
  readonly title: string
  /** File extension, with its dot, to grammar name. */
  readonly grammars: Readonly<Record<string, string>>
  /** Text to parse instead, of the same length and lines: the script of a component file. */
  readonly mask?: (path: string, text: string) => string
  readonly strings: ReadonlySet<string>
  /** Node types about which a question on source can have an answer: of code, a third. About the others nothing is asked. */
  readonly telling: ReadonlySet<string>
  /** Name of a function node, '' for one without a name; null for any other node. */
  readonly functionName: (node: SyntaxNode) => string | null
  /** Name of a class, module or receiver that qualifies the functions in it; null for any other node. */
  readonly containerName: (node: SyntaxNode) => string | null
  /** The called expression's text when the node is a call; null otherwise. */
  readonly callee: (node: SyntaxNode) => string | null
  readonly failure: (node: SyntaxNode) => FailureForm | null
  readonly watch: (node: SyntaxNode) => FailureWatch | null
  readonly effect: (statement: SyntaxNode, errorName: string | null) => StatementEffect
  readonly statements: (body: SyntaxNode) => readonly SyntaxNode[]
  readonly test: (node: SyntaxNode) => TestForm | null
  /** What a node of a test asserts to fail; null when it asserts no failure. */
  readonly assertsFailure: (node: SyntaxNode) => FailureSignature | null
  readonly injectsFailure: (node: SyntaxNode) => Fault | null
  /** It compares something that the test did; `expect(true).toBe(true)` does not. */
  readonly asserts: (node: SyntaxNode) => boolean
  /** Names or modules that a node replaces by a double. */
  readonly doubles: (node: SyntaxNode) => readonly string[]
  readonly imports: (node: SyntaxNode) => ImportFact | null
  readonly shape: ShapeLanguage
}
