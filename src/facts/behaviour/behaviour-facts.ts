import type { ChangedFile } from '../../change/change.ts'
import type { CodeFacts } from '../code/code-facts.ts'
import type { Span } from '../code/code-shape.ts'
import type { AlertRule } from './alert-rules.ts'
import type { Catalog } from './catalog.ts'
import type { FlagDefault } from './flag-manifest.ts'

export type EntryPointKind =
  | 'route'
  | 'rpc'
  | 'resolver'
  | 'job'
  | 'consumer'
  | 'schedule'
  | 'command'
  | 'page'
  | 'action'

/** A way into the program from outside: somebody or something can reach it once it is deployed. */
export interface EntryPoint {
  readonly kind: EntryPointKind
  /** Title in the catalog: 'Express'. */
  readonly framework: string
  /** What callers know it by: `POST /refunds`, `Mutation.refundCreate`, `job refunds.send`. */
  readonly identity: string
  /** It may change something: any verb but GET, HEAD and OPTIONS, a mutation, a job. */
  readonly writes: boolean
  /** Where it is registered. */
  readonly span: Span
  /** Qualified name of the function that serves it; null when it is not in this file or has no name. */
  readonly handler: string | null
  /** Where that function is, when it is in this file. */
  readonly body: Span | null
  /** Names in the registration besides the handler: middleware, guards, decorators. */
  readonly wrappers: readonly string[]
  /**
   * The name that others must use for it to be served: the router it is registered on, where this file makes it, or the
   * function that registers it. Null when it is served without that, or when it cannot be told.
   */
  readonly through: string | null
}

/** A call that leaves the process. */
export interface OutboundCall {
  readonly client: string
  /** As written: `axios.post`. */
  readonly method: string
  /** `none` is sure to wait for ever; `unknown` may have a limit that cannot be seen here. */
  readonly limit: 'given' | 'unknown' | 'none'
  /** It sends something: any verb but GET and HEAD. */
  readonly writes: boolean
  readonly span: Span
  readonly owner: string | null
}

export type SignalKind = 'metric' | 'span' | 'log' | 'report' | 'heartbeat'

/** Something an operator sees. */
export interface Signal {
  readonly kind: SignalKind
  /** Title in the catalog: 'Prometheus'. */
  readonly tool: string
  /** Name of the metric where the call defines one; null otherwise. */
  readonly metric: string | null
  /** Of a log: 'debug', 'info', 'warn', 'error'. */
  readonly level: 'debug' | 'info' | 'warn' | 'error' | null
  readonly span: Span
  readonly owner: string | null
  /** Label keys and values given to a metric, as written. */
  readonly labels: readonly { readonly key: string; readonly value: string }[]
}

/** A question to a flag, and the code that runs only when it is on. */
export interface FlagGate {
  /** Title in the catalog, 'settings', or 'in-house flags'. */
  readonly tool: string
  readonly key: string | null
  /** A setting needs a deploy or restart to turn; a flag does not. */
  readonly live: boolean
  /** Where it is asked. */
  readonly span: Span
  readonly owner: string | null
  /** Code that runs only when it is on, and code that runs only when it is off. */
  readonly on: readonly Span[]
  readonly off: readonly Span[]
  /** Functions it decorates or wraps. */
  readonly wraps: readonly string[]
  /** The value used when the flag cannot be asked; null when none is given. */
  readonly fallback: boolean | null
}

/** What one revision of one file does that others can reach or see. */
export interface Behaviour {
  readonly entryPoints: readonly EntryPoint[]
  readonly outbound: readonly OutboundCall[]
  readonly signals: readonly Signal[]
  readonly gates: readonly FlagGate[]
  /** Of a flag manifest. */
  readonly flagDefaults: readonly FlagDefault[]
  /** Of a file of alert rules. */
  readonly alerts: readonly AlertRule[]
  /** Null for a contract (GraphQL, proto, OpenAPI) and for rules: they have no code. */
  readonly code: CodeFacts | null
}

export interface BehaviourOfFile {
  readonly file: ChangedFile
  /** Null when there was no such file, or it could not be read. */
  readonly base: Behaviour | null
  readonly head: Behaviour | null
}

/** Something of the repository around the change: a flag SDK, an instrumentation, a file of rules. */
export interface PracticeFact {
  readonly title: string
  readonly path: string
  readonly line: number
  /** Kinds of ways in that an instrumentation sees by itself; empty for anything else. */
  readonly sees: readonly EntryPointKind[]
}

/** What the team has around the changed code, as far as manifests, start-up files and names tell. */
export interface Practice {
  /** Flag systems: dependencies, manifests, in-house modules. */
  readonly flags: readonly PracticeFact[]
  /** Metrics, tracing and error reporting that are installed. */
  readonly telemetry: readonly PracticeFact[]
  /** Rules and dashboards that were read, with their text. */
  readonly rules: readonly { readonly path: string; readonly text: string }[]
  /** Keys of flag manifests, in the words of the files; empty when there is no manifest. */
  readonly flagKeys: readonly { readonly key: string; readonly path: string; readonly line: number }[]
  /** Names in a file of flags that is code, `flags.py`: they tell what has a flag, and are no complete manifest. */
  readonly listedFlags: readonly string[]
  /** For people: what was looked at. */
  readonly searched: string
}

export interface BehaviourOfChange {
  /** In path order. */
  readonly files: readonly BehaviourOfFile[]
  readonly practice: Practice
  /** Instruments that manifests of the change ask for no more, with their place in the base. */
  readonly lost: readonly PracticeFact[]
  readonly catalog: Catalog
}
