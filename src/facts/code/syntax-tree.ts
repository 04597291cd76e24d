import { lineAt, lineStarts } from '../line-index.ts'

/** Most nodes are leaves: they share one list. */
const NO_CHILDREN: readonly SyntaxNode[] = []

/** A parsed file as plain data: web-tree-sitter's memory is given back at once, and walking costs no call into WASM. */
export class SyntaxNode {
  readonly type: string
  readonly named: boolean
  /** Name of the parent's field it fills; null where there is none. */
  readonly field: string | null
  /** UTF-16 offsets into the source. */
  readonly start: number
  readonly end: number
  readonly parent: SyntaxNode | null
  /** Given once, by who copies the tree: a node is there before those below it. */
  children: readonly SyntaxNode[] = NO_CHILDREN
  readonly #source: SourceText

  constructor(
    type: string,
    named: boolean,
    field: string | null,
    start: number,
    end: number,
    parent: SyntaxNode | null,
    source: SourceText,
  ) {
    this.type = type
    this.named = named
    this.field = field
    this.start = start
    this.end = end
    this.parent = parent
    this.#source = source
  }

  get text(): string {
    return this.#source.text.slice(this.start, this.end)
  }

  /** 1-based. */
  get startLine(): number {
    return this.#source.lineAt(this.start)
  }

  /** 1-based line of its last character. */
  get endLine(): number {
    return this.#source.lineAt(Math.max(this.start, this.end - 1))
  }

  /** The comment lines right above its first line, joined; '' where there are none. */
  get commentAbove(): string {
    const lines: string[] = []
    for (let line = this.startLine - 1; line > 0; line--) {
      const text = this.#source.textOfLine(line).trim()
      if (!/^(?:#|\/\/|\/\*|\*)/.test(text)) break
      lines.unshift(text)
    }
    return lines.join(' ')
  }

  /** The first child in a field. */
  in(field: string): SyntaxNode | null {
    // Asked more often than anything else: an iterator would cost more than the question.
    const { children } = this
    for (let at = 0; at < children.length; at++) {
      const child = children[at]
      if (child?.field === field) return child
    }
    return null
  }

  /** The first child of one of these types. */
  first(...types: readonly string[]): SyntaxNode | null {
    for (const child of this.children) if (types.includes(child.type)) return child
    return null
  }

  /** Named children that are no comments. */
  get parts(): readonly SyntaxNode[] {
    return this.children.filter((child) => child.named && !child.type.includes('comment'))
  }
}

/** A text and where its lines begin. */
export class SourceText {
  readonly text: string
  #lineStarts: readonly number[] | null = null

  constructor(text: string) {
    this.text = text
  }

  /** Without its end; 1-based. */
  textOfLine(line: number): string {
    const starts = this.#starts()
    return this.text.slice(starts[line - 1] ?? 0, starts[line] ?? this.text.length)
  }

  #starts(): readonly number[] {
    this.#lineStarts ??= lineStarts(this.text)
    return this.#lineStarts
  }

  lineAt(offset: number): number {
    return lineAt(this.#starts(), offset)
  }
}

export interface SyntaxTree {
  readonly root: SyntaxNode
  /** Not null when the tree is cut short, and why. */
  readonly incomplete: string | null
}
