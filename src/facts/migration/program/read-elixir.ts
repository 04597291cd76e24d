import type { Block, Call, FunctionBody, Program, Step, Value } from './program.ts'

/**
 * Reads an Elixir script of the kind migrations are: calls with and without parentheses, keyword lists, `do … end`. No
 * grammar for Elixir ships as data, and this much of the language is enough.
 */
export function readElixir(text: string): Program {
  const reader = new ElixirReader(tokensOf(text))
  const steps = reader.steps(() => false)
  const functions: FunctionBody[] = []
  const assigned = new Map<string, Value>()
  const visit = (step: Step): void => {
    if (step.kind !== 'call') return
    if ((step.name === 'def' || step.name === 'defp') && step.block !== null) {
      const head = step.args[0]
      const name = head?.kind === 'call' ? head.name : head?.kind === 'name' ? head.text : ''
      functions.push({ name, owner: null, block: step.block, line: step.line })
      return
    }
    if (step.name.startsWith('@') && step.args[0]) assigned.set(step.name.slice(1), step.args[0])
    for (const inner of step.block?.steps ?? []) visit(inner)
  }
  for (const step of steps) visit(step)
  return { functions, assigned, steps: [] }
}

interface Token {
  readonly kind: 'word' | 'atom' | 'key' | 'text' | 'number' | 'mark' | 'line'
  readonly text: string
  readonly line: number
}

const TOKEN =
  /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|~[a-zA-Z]?"""[\s\S]*?"""|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\n|[A-Za-z_@][\w@]*[?!]?:(?![:\w])|:[A-Za-z_][\w@]*[?!]?|:"[^"\n]*"|[@A-Za-z_][\w.]*[?!]?|\d[\d_.]*|[^\s]/g

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  // The end marks keep an open string from being looked for again and again.
  for (const match of `${text}\n"""\n'''`.matchAll(TOKEN)) {
    for (; at < match.index; at++) if (text.charCodeAt(at) === 10) line++
    const [token] = match
    if (token.startsWith('#')) continue
    tokens.push({ ...classify(token), line })
  }
  return tokens
}

function classify(token: string): { readonly kind: Token['kind']; readonly text: string } {
  if (token === '\n') return { kind: 'line', text: token }
  const quoted = /^(?:~[a-zA-Z]?)?("""|'''|"|')([\s\S]*)\1$/.exec(token)
  if (quoted)
    return { kind: 'text', text: (quoted[2] ?? '').replaceAll(/#\{[^}\n]*\}/g, '_').replaceAll(/\\(["'])/g, '$1') }
  if (/^[A-Za-z_@][\w@]*[?!]?:$/.test(token)) return { kind: 'key', text: token.slice(0, -1) }
  if (/^:["\w]/.test(token)) return { kind: 'atom', text: token.slice(1).replaceAll('"', '') }
  if (/^[@A-Za-z_]/.test(token)) return { kind: 'word', text: token }
  return { kind: /^\d/.test(token) ? 'number' : 'mark', text: token }
}

const CLOSERS = new Set([')', ']', '}', '>'])

class ElixirReader {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  /** Statements until `stop` or the end. */
  steps(stop: (token: Token) => boolean): readonly Step[] {
    const steps: Step[] = []
    for (let token = this.#peek(); token !== null && !stop(token); token = this.#peek()) {
      const before = this.#at
      if (token.kind === 'word') {
        const call = this.#call(true)
        steps.push(call.name === 'raise' ? { kind: 'raise', says: 'raise', line: call.line } : call)
      }
      if (this.#at === before) this.#at++
    }
    return steps
  }

  #peek(): Token | null {
    return this.#tokens[this.#at] ?? null
  }

  #is(text: string): boolean {
    const token = this.#peek()
    return token !== null && token.kind !== 'text' && token.kind !== 'atom' && token.text === text
  }

  /** A call at a word: `name(args)` or `name args`. A `do` block belongs to the statement, not to a call in its arguments. */
  #call(isStatement: boolean): Call {
    const word = this.#tokens[this.#at++]
    const args: Value[] = []
    const named = new Map<string, Value>()
    if (this.#is('(')) {
      this.#at++
      this.#arguments(args, named, ')')
    } else this.#arguments(args, named, null)
    const path = (word?.text ?? '').split('.')
    const receiver = path.slice(0, -1).join('.')
    return {
      kind: 'call',
      name: path.at(-1) ?? '',
      receiver: receiver === '' ? null : { kind: 'name', text: receiver },
      args,
      named,
      block: isStatement ? this.#block() : null,
      line: word?.line ?? 1,
    }
  }

  #block(): Block | null {
    const opener = this.#peek()
    if (!this.#is('do') || this.#depth > 60) return null
    this.#at++
    this.#depth++
    const steps = this.steps((token) => token.kind === 'word' && token.text === 'end')
    this.#depth--
    this.#at++
    return { kind: 'block', params: [], steps, line: opener?.line ?? 1 }
  }

  /** Values between commas. Without parentheses a line's end closes them, unless a comma came last. */
  #arguments(args: Value[], named: Map<string, Value>, close: string | null): void {
    let afterComma = close !== null
    for (let token = this.#peek(); token !== null; token = this.#peek()) {
      if (close !== null && this.#is(close)) {
        this.#at++
        return
      }
      if (token.kind === 'line') {
        if (close === null && !afterComma) return
        this.#at++
        continue
      }
      if (this.#is('do') || this.#is('end') || (close === null && token.kind === 'mark' && CLOSERS.has(token.text)))
        return
      afterComma = this.#is(',')
      if (token.kind === 'mark' && !/^[[{(]$/.test(token.text)) {
        this.#at++
        continue
      }
      const key = token.kind === 'key' ? token.text : null
      if (key !== null) this.#at++
      const value = this.#value()
      if (key === null) args.push(value)
      else named.set(key, value)
    }
  }

  #value(): Value {
    while (this.#peek()?.kind === 'line') this.#at++
    const token = this.#peek()
    if (token === null) return { kind: 'other' }
    if (this.#is('[') || this.#is('{') || this.#is('(')) return this.#list()
    if (token.kind === 'word') return this.#word(token)
    this.#at++
    if (token.kind === 'text' || token.kind === 'atom')
      return { kind: 'text', text: token.text, exact: true, line: token.line }
    return token.kind === 'number' ? { kind: 'number', text: token.text } : { kind: 'other' }
  }

  #word(token: Token): Value {
    if (token.text === 'true' || token.text === 'false') {
      this.#at++
      return { kind: 'bool', value: token.text === 'true' }
    }
    const next = this.#tokens[this.#at + 1]
    if (next?.kind === 'mark' && next.text === '(') return this.#call(false)
    this.#at++
    return token.text === 'nil' ? { kind: 'null' } : { kind: 'name', text: token.text }
  }

  #list(): Value {
    const close = { '[': ']', '{': '}', '(': ')' }[this.#peek()?.text ?? ''] ?? ']'
    this.#at++
    const items: Value[] = []
    const named = new Map<string, Value>()
    this.#arguments(items, named, close)
    return named.size > 0 ? { kind: 'map', entries: named } : { kind: 'list', items }
  }
}
