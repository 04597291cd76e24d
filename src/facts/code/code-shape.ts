import type { LineRange } from './code-facts.ts'

/** Where something stands: lines for people, UTF-16 offsets to say what encloses what. */
export interface Span extends LineRange {
  readonly start: number
  readonly end: number
}

/** An argument or a part of one, as far as it can be told without running anything. */
export type Value =
  /** `text` of a template has `{}` where something is put in. */
  | { readonly is: 'text'; readonly text: string }
  /** A number, true, false, null: as written. */
  | { readonly is: 'literal'; readonly text: string }
  /** An identifier or dotted name: `handler`, `views.refund`. */
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'call'; readonly callee: string; readonly args: readonly Argument[] }
  | { readonly is: 'function'; readonly name: string; readonly span: Span }
  | { readonly is: 'record'; readonly entries: readonly Argument[] }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'other' }

export interface Argument {
  /** Of a keyword argument, a record's entry or an element's attribute. */
  readonly key: string | null
  readonly value: Value
}

/** A call, a decorator, a JSX element, or a named literal of a Go struct. */
export interface CallSite {
  readonly form: 'call' | 'decorator' | 'element' | 'literal'
  /** As written, without whitespace: `app.post`, `this.flags.isEnabled`, `chi.NewRouter().Get`. */
  readonly callee: string
  readonly args: readonly Argument[]
  readonly span: Span
  /** Qualified name of the function it stands in; null at the top level of the file. */
  readonly owner: string | null
  /** What the result is bound to: a variable, or the key of an object: `refund: procedure.mutation(…)`. */
  readonly boundTo: string | null
  /** What a decorator decorates. */
  readonly decorates: { readonly name: string; readonly isClass: boolean; readonly span: Span } | null
}

/** What a condition asks, with the logic around it. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly op: 'not'; readonly part: Condition }
  /** `x === 'on'`: `to` is the literal without quotes, null for anything else. */
  | { readonly op: 'equals'; readonly part: Condition; readonly to: string | null; readonly negated: boolean }
  | { readonly op: 'call'; readonly callee: string; readonly args: readonly Argument[]; readonly span: Span }
  | { readonly op: 'name'; readonly name: string; readonly span: Span }
  | { readonly op: 'other'; readonly parts: readonly Condition[] }

export interface Branch {
  readonly condition: Condition
  readonly span: Span
  /** Runs when the condition holds. */
  readonly yes: Span | null
  /** Runs when it does not. */
  readonly no: Span | null
  /** The side that leaves the block: what follows runs on the other side only. */
  readonly leaves: 'yes' | 'no' | null
  /** From its end to the end of the block around it. */
  readonly rest: Span | null
  readonly owner: string | null
}

/** `const isOn = flags.isEnabled('x')`; from `const { newNav } = useFlags()` the name is `newNav` and so is `key`. */
export interface Binding {
  readonly name: string
  readonly key: string | null
  readonly value: Condition
  readonly owner: string | null
  readonly span: Span
}

export interface ClassFact {
  readonly name: string
  readonly bases: readonly string[]
  readonly span: Span
}

export interface ExportFact {
  readonly name: string
  readonly span: Span
}

/** The skeleton of one revision of one file that other facts are made of: what it calls, decides, binds and offers. */
export interface CodeShape {
  readonly calls: readonly CallSite[]
  readonly branches: readonly Branch[]
  readonly bindings: readonly Binding[]
  readonly classes: readonly ClassFact[]
  readonly exports: readonly ExportFact[]
  /** All functions with the span of each; the name of an anonymous one is ''. `tokens`: its first leaves. */
  readonly functions: readonly { readonly name: string; readonly span: Span; readonly tokens: string }[]
}

export const NO_SHAPE: CodeShape = { calls: [], branches: [], bindings: [], classes: [], exports: [], functions: [] }

/** True when `inner` lies in `outer`. */
export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
