import type { Token } from './tokens.ts'

/** Walks the tokens of one statement. Every method either consumes what it names or leaves the position alone. */
export class Cursor {
  readonly #tokens: readonly Token[]
  #at: number
  readonly #end: number

  constructor(tokens: readonly Token[], from = 0, to = tokens.length) {
    this.#tokens = tokens
    this.#at = from
    this.#end = to
  }

  get done(): boolean {
    return this.#at >= this.#end
  }

  peek(offset = 0): Token | null {
    const index = this.#at + offset
    return index < this.#end ? (this.#tokens[index] ?? null) : null
  }

  /** Line of the token ahead, or of the last one. */
  get line(): number {
    return (this.#tokens[Math.min(this.#at, this.#end - 1)] ?? this.#tokens[0])?.line ?? 1
  }

  next(): Token | null {
    const token = this.peek()
    if (token) this.#at++
    return token
  }

  /** Consumes these keywords or marks when all are ahead, in order. */
  take(...keys: readonly string[]): boolean {
    if (!this.ahead(...keys)) return false
    this.#at += keys.length
    return true
  }

  ahead(...keys: readonly string[]): boolean {
    return keys.every((key, i) => this.peek(i)?.key === key)
  }

  /** Consumes the first of these that is ahead and says which. */
  takeOne(...keys: readonly string[]): string | null {
    const key = this.peek()?.key
    if (key === undefined || key === '' || !keys.includes(key)) return null
    this.#at++
    return key
  }

  skipWhile(...keys: readonly string[]): void {
    while (this.takeOne(...keys) !== null);
  }

  skipIfExists(): boolean {
    return this.take('IF', 'EXISTS') || this.take('IF', 'NOT', 'EXISTS')
  }

  /** A name, perhaps qualified (`a.b."c"`): its last part. Null when no name is ahead. */
  name(): string | null {
    let last = this.#part()
    while (last !== null && this.ahead('.')) {
      this.#at++
      const part = this.#part()
      if (part === null) break
      last = part
    }
    return last
  }

  #part(): string | null {
    const token = this.peek()
    if (token === null || (token.kind !== 'word' && token.kind !== 'quoted')) return null
    this.#at++
    return token.text
  }

  /** A parenthesised part ahead: a cursor over its inside. Null when there is none. */
  group(): Cursor | null {
    if (!this.ahead('(')) return null
    const from = this.#at + 1
    this.skipGroup()
    return new Cursor(this.#tokens, from, this.#at - 1)
  }

  skipGroup(): void {
    let depth = 0
    while (!this.done) {
      const key = this.next()?.key
      if (key === '(') depth++
      if (key === ')' && --depth <= 0) return
    }
  }

  /** The parts between commas, outside parentheses. Consumes everything. */
  parts(): readonly Cursor[] {
    const parts: Cursor[] = []
    let from = this.#at
    while (!this.done) {
      if (this.ahead('(')) this.skipGroup()
      else if (this.next()?.key === ',') {
        parts.push(new Cursor(this.#tokens, from, this.#at - 1))
        from = this.#at
      }
    }
    if (this.#at > from) parts.push(new Cursor(this.#tokens, from, this.#at))
    return parts
  }

  /** First names of the parts of a column list: `(a DESC, lower(b))` gives `a`, `lower`. */
  names(): readonly string[] {
    return this.parts().flatMap((part) => part.name() ?? [])
  }

  /** Whether these keywords stand somewhere ahead, outside parentheses. Moves nothing. */
  has(...keys: readonly string[]): boolean {
    return this.find(...keys) !== null
  }

  /** A cursor right behind the first place where these keywords stand, outside parentheses. */
  find(...keys: readonly string[]): Cursor | null {
    let depth = 0
    for (let i = this.#at; i < this.#end; i++) {
      const key = this.#tokens[i]?.key
      if (key === '(') depth++
      else if (key === ')') depth--
      if (depth === 0 && keys.every((wanted, k) => i + k < this.#end && this.#tokens[i + k]?.key === wanted)) {
        return new Cursor(this.#tokens, i + keys.length, this.#end)
      }
    }
    return null
  }

  /** The tokens ahead until one of these keywords, as lower-case text. */
  textUntil(stops: ReadonlySet<string>): string {
    const words: string[] = []
    let depth = 0
    while (!this.done) {
      const token = this.peek()
      if (token === null || (depth === 0 && stops.has(token.key))) break
      if (token.key === '(') depth++
      if (token.key === ')') depth--
      words.push(token.kind === 'string' ? `'${token.text}'` : token.text.toLowerCase())
      this.#at++
    }
    return words.join(' ').replaceAll(' (', '(').replaceAll('( ', '(').replaceAll(' )', ')').replaceAll(' ,', ',')
  }
}
