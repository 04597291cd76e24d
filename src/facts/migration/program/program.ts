/** A migration written as code, as plain values: what it calls, in order. The same shape for every language. */

export interface TextValue {
  readonly kind: 'text'
  /** Interpolated parts stand as `_`. */
  readonly text: string
  /** False when a part of it is only known at run time. */
  readonly exact: boolean
  readonly line: number
}

export interface Call {
  readonly kind: 'call'
  /** Last part of what is called: `add_column`, `AddField`, `string`. */
  readonly name: string
  /** What it is called on; null for a bare call. */
  readonly receiver: Value | null
  readonly args: readonly Value[]
  /** Keyword arguments. An object literal is an argument of its own (kind `map`). */
  readonly named: ReadonlyMap<string, Value>
  /** A Ruby block, or the body of a Python `with`. */
  readonly block: Block | null
  readonly line: number
}

export interface Block {
  readonly kind: 'block'
  readonly params: readonly string[]
  readonly steps: readonly Step[]
  readonly line: number
}

export type Value =
  | TextValue
  | Call
  | Block
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** An identifier or dotted path, as written. */
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'other' }

export type Step = Call | { readonly kind: 'raise'; readonly says: string; readonly line: number }

export interface FunctionBody {
  readonly name: string
  /** Name of the class it stands in; null for none. */
  readonly owner: string | null
  readonly block: Block
  readonly line: number
}

export interface Program {
  readonly functions: readonly FunctionBody[]
  /** Values given to names at any level, by the last part of the name (`operations`), and within a class also as `Order.total`. */
  readonly assigned: ReadonlyMap<string, Value>
  /** Calls at the top level. */
  readonly steps: readonly Step[]
}

export function functionNamed(program: Program, ...names: readonly string[]): FunctionBody | null {
  return program.functions.find((found) => names.includes(found.name)) ?? null
}

/** Text of a literal, of a name that a constant of the same file holds, or null. */
export function textOf(value: Value | null | undefined, program: Program | null = null): string | null {
  if (!value) return null
  if (value.kind === 'text') return value.text
  if (value.kind === 'name' && program) {
    const constant = program.assigned.get(lastPart(value.text))
    return constant?.kind === 'text' ? constant.text : null
  }
  return null
}

export function lastPart(name: string): string {
  return name.slice(
    Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('>'), name.lastIndexOf('\\')) + 1,
  )
}

/** A keyword argument, or an entry of an object literal among the arguments. */
export function optionOf(call: Call, name: string): Value | null {
  const named = call.named.get(name)
  if (named) return named
  for (const arg of call.args) {
    const entry = arg.kind === 'map' ? arg.entries.get(name) : undefined
    if (entry) return entry
  }
  return null
}

/** An argument by keyword or position. */
export function argument(call: Call, position: number, name?: string): Value | null {
  const named = name === undefined ? undefined : call.named.get(name)
  return named ?? call.args[position] ?? null
}

export function isBool(value: Value | null | undefined, wanted: boolean): boolean {
  return value?.kind === 'bool' && value.value === wanted
}

/** A call and the calls it is chained on, first one first: `t.string('a').nullable()` → string, nullable. */
export function chainOf(call: Call): readonly Call[] {
  const chain: Call[] = []
  for (let at: Value | null = call; at?.kind === 'call'; at = at.receiver) chain.unshift(at)
  return chain
}

/** The name at the root of a chain: `t` in `t.string('a').nullable()`. */
export function rootOf(call: Call): string | null {
  const first = chainOf(call)[0]
  return first?.receiver?.kind === 'name' ? first.receiver.text : null
}

/** Texts of a literal or of a list of literals. */
export function textsOf(value: Value | null | undefined, program: Program | null = null): readonly string[] {
  if (value?.kind === 'list') return value.items.flatMap((item) => textOf(item, program) ?? [])
  const text = textOf(value, program)
  return text === null ? [] : [text]
}

/** A value as text that says what it is and not where it stands or how it is laid out. Named values of `without` are left out. */
export function fingerprint(value: Value | Step | null, without: ReadonlySet<string> = new Set()): string {
  return JSON.stringify(value, (key, inner) => {
    if (key === 'line') return undefined
    return inner instanceof Map ? [...inner].filter(([name]) => !without.has(String(name))) : inner
  })
}
