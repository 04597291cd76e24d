import type { Tree } from 'web-tree-sitter'
import { lineAt, lineStarts } from '../line-index.ts'

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
  readonly children: readonly SyntaxNode[]
  readonly #source: SourceText

  constructor(shape: NodeShape, parent: SyntaxNode | null, children: readonly SyntaxNode[], source: SourceText) {
    this.type = shape.type
    this.named = shape.named
    this.field = shape.field
    this.start = shape.start
    this.end = shape.end
    this.parent = parent
    this.children = children
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
    for (const child of this.children) if (child.field === field) return child
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

interface NodeShape {
  readonly type: string
  readonly named: boolean
  readonly field: string | null
  readonly start: number
  readonly end: number
}

class SourceText {
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

/** Names behind the numeric ids of a grammar, so that a walk asks WASM for numbers only. */
export interface GrammarNames {
  readonly types: readonly (string | null)[]
  readonly named: readonly boolean[]
  readonly fields: readonly (string | null)[]
  /** Anonymous tokens that say nothing which the tree does not say: brackets, commas, quotes. They are left out. */
  readonly punctuation: readonly boolean[]
}

export interface SyntaxTree {
  readonly root: SyntaxNode
  /** Not null when the tree is cut short, and why. */
  readonly incomplete: string | null
}

/** Deeper code is not looked at: it is generated or hostile, and recursion over it would overflow the stack. */
const MAX_DEPTH = 600
/** About 250 MB of nodes. */
const MAX_NODES = 1_500_000

/** Error recovery is local: a little broken code hides little. Share of the text. */
const MAX_BROKEN = 0.1

interface Frame {
  readonly node: SyntaxNode
  readonly children: SyntaxNode[]
}

/** Copies a tree in one cursor pass. The caller still deletes `tree`. */
export function copySyntaxTree(tree: Tree, text: string, names: GrammarNames): SyntaxTree {
  const cursor = tree.walk()
  const source = new SourceText(text)
  const stack: Frame[] = []
  let incomplete: string | null = null
  let count = 0
  let brokenTo = 0
  let broken = 0
  const enter = (): SyntaxNode => {
    count++
    const type = cursor.nodeTypeId
    const field = cursor.currentFieldId
    const shape: NodeShape = {
      type: names.types[type] ?? 'ERROR',
      named: names.named[type] ?? true,
      field: field === 0 ? null : (names.fields[field] ?? null),
      start: cursor.startIndex,
      end: cursor.endIndex,
    }
    if (shape.type === 'ERROR' && shape.start >= brokenTo) {
      broken += shape.end - shape.start
      brokenTo = shape.end
    }
    const parent = stack[stack.length - 1]
    const children: SyntaxNode[] = []
    const node = new SyntaxNode(shape, parent?.node ?? null, children, source)
    parent?.children.push(node)
    stack.push({ node, children })
    return node
  }
  /** Moves on over punctuation; false when no sibling is left. */
  const skipPunctuation = (): boolean => {
    while (names.punctuation[cursor.nodeTypeId] === true) if (!cursor.gotoNextSibling()) return false
    return true
  }
  const root = enter()
  while (stack.length > 0) {
    if (count >= MAX_NODES) {
      incomplete = `it has more than ${MAX_NODES} syntax nodes`
      break
    }
    const deep = stack.length >= MAX_DEPTH
    if (deep) incomplete = `it is nested deeper than ${MAX_DEPTH} levels`
    if (!deep && cursor.gotoFirstChild()) {
      if (skipPunctuation()) {
        enter()
        continue
      }
      cursor.gotoParent()
    }
    for (stack.pop(); stack.length > 0; stack.pop()) {
      if (cursor.gotoNextSibling() && skipPunctuation()) {
        enter()
        break
      }
      cursor.gotoParent()
    }
  }
  cursor.delete()
  if (broken > text.length * MAX_BROKEN) incomplete ??= 'a part of it does not parse'
  return { root, incomplete }
}
