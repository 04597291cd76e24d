import type { Tree } from 'web-tree-sitter'
import { SourceText, SyntaxNode, type SyntaxTree } from './syntax-tree.ts'
import type { GrammarNames, TreeMemory } from './tree-sitter.ts'

/** Deeper code is not looked at: it is generated or hostile, and recursion over it would overflow the stack. */
const MAX_DEPTH = 600
/** About 250 MB of nodes. */
const MAX_NODES = 1_500_000
/** Error recovery is local: a little broken code hides little. Share of the text. */
const MAX_BROKEN = 0.1

/**
 * Copies a tree out of tree-sitter's memory; the caller still deletes it. A cursor costs some eight calls into WASM a node, so
 * the structs are read where they lie: `Subtree` (tree-sitter's lib/src/subtree.h) and `TSLanguage` (lib/src/parser.h), as
 * compiled for 32 bits. A test holds the copy against what the API says, node by node.
 * @throws when the memory is laid out in another way
 */
export function copySyntaxTree(tree: Tree, text: string, names: GrammarNames, memory: TreeMemory): SyntaxTree {
  const rootAt = tree.rootNode.id
  const copy = new TreeCopy(memory(), rootAt, names, text)
  const root = copy.root(rootAt)
  return { root, incomplete: copy.incomplete }
}

/** Byte offsets. `Subtree` is eight bytes: a leaf's own data, told by its lowest bit, or the address of `SubtreeHeapData`. */
const SUBTREE = { bytes: 8, language: 8, inlineSymbol: 1, inlinePadding: 6, inlineSize: 7 } as const
const HEAP_DATA = { padding: 4, size: 16, childCount: 36, symbol: 40, flags: 44, production: 66 } as const
const LANGUAGE = {
  fieldCount: 32,
  aliasWidth: 36,
  fieldSlices: 64,
  fieldEntries: 68,
  symbols: 76,
  aliases: 84,
} as const
const VISIBLE = 1
const EXTRA = 4

class TreeCopy {
  incomplete: string | null = null
  readonly #words: Uint32Array
  readonly #halves: Uint16Array
  readonly #bytes: Uint8Array
  readonly #names: GrammarNames
  readonly #source: SourceText
  readonly #language: Readonly<Record<keyof typeof LANGUAGE, number>>
  /** The siblings that are being copied, below those of each node around them: a list of its own would grow by jumps. */
  readonly #siblings: SyntaxNode[] = []
  #filled = 0
  #count = 0
  #broken = 0
  #brokenTo = 0

  constructor(memory: ArrayBufferLike, rootAt: number, names: GrammarNames, text: string) {
    this.#words = new Uint32Array(memory)
    this.#halves = new Uint16Array(memory)
    this.#bytes = new Uint8Array(memory)
    this.#names = names
    this.#source = new SourceText(text)
    const at = this.#word(rootAt + SUBTREE.language)
    this.#language = {
      fieldCount: this.#word(at + LANGUAGE.fieldCount),
      aliasWidth: this.#half(at + LANGUAGE.aliasWidth),
      fieldSlices: this.#word(at + LANGUAGE.fieldSlices),
      fieldEntries: this.#word(at + LANGUAGE.fieldEntries),
      symbols: this.#word(at + LANGUAGE.symbols),
      aliases: this.#word(at + LANGUAGE.aliases),
    }
    if (this.#language.fieldCount + 1 !== names.fields.length)
      throw new Error('a syntax tree does not lie as this version of web-tree-sitter should lay it out')
  }

  root(at: number): SyntaxNode {
    const root = this.#node(at, this.#padding(at), 0, 0, null)
    this.#fill(root, at, root.start * 2, 0, 1)
    root.children = this.#siblings.slice(0, this.#filled)
    if (this.#broken > this.#source.text.length * MAX_BROKEN) this.incomplete ??= 'a part of it does not parse'
    return root
  }

  /** Adds the nodes below a subtree to its nearest visible node. A nameless subtree hands its `field` on to its children. */
  #fill(parent: SyntaxNode, at: number, start: number, field: number, depth: number): void {
    const data = this.#word(at)
    if ((data & 1) === 1) return
    const count = this.#word(data + HEAP_DATA.childCount)
    if (count === 0) return
    const production = this.#half(data + HEAP_DATA.production)
    let position = start
    let structural = 0
    for (let child = data - count * SUBTREE.bytes, index = 0; index < count; index++, child += SUBTREE.bytes) {
      if (index > 0) position += this.#padding(child)
      const flags = this.#flags(child)
      const extra = (flags & EXTRA) !== 0
      const alias = extra ? 0 : this.#alias(production, structural)
      const own = extra ? 0 : this.#field(production, structural) || field
      if (!extra) structural++
      if ((flags & VISIBLE) !== 0 || alias !== 0) this.#add(parent, child, position, alias, own, depth)
      else this.#fill(parent, child, position, own, depth)
      position += this.#size(child)
    }
  }

  #add(parent: SyntaxNode, at: number, start: number, alias: number, field: number, depth: number): void {
    if (this.#names.punctuation[this.#typeId(at, alias)] === true) return
    if (this.#count >= MAX_NODES) {
      this.incomplete = `it has more than ${MAX_NODES} syntax nodes`
      return
    }
    const node = this.#node(at, start, alias, field, parent)
    this.#siblings[this.#filled++] = node
    if (this.#isLeaf(at)) return
    if (depth >= MAX_DEPTH) {
      this.incomplete ??= `it is nested deeper than ${MAX_DEPTH} levels`
      return
    }
    const from = this.#filled
    this.#fill(node, at, start, 0, depth + 1)
    if (this.#filled > from) node.children = this.#siblings.slice(from, this.#filled)
    this.#filled = from
  }

  #isLeaf(at: number): boolean {
    const data = this.#word(at)
    return (data & 1) === 1 || this.#word(data + HEAP_DATA.childCount) === 0
  }

  #node(at: number, start: number, alias: number, field: number, parent: SyntaxNode | null): SyntaxNode {
    this.#count++
    const typeId = this.#typeId(at, alias)
    const type = this.#names.types[typeId] || 'ERROR'
    const from = start >>> 1
    const to = (start + this.#size(at)) >>> 1
    if (type === 'ERROR' && from >= this.#brokenTo) {
      this.#broken += to - from
      this.#brokenTo = to
    }
    const fieldName = field === 0 ? null : (this.#names.fields[field] ?? null)
    return new SyntaxNode(type, this.#names.named[typeId] ?? true, fieldName, from, to, parent, this.#source)
  }

  #typeId(at: number, alias: number): number {
    const data = this.#word(at)
    const symbol =
      alias !== 0
        ? alias
        : (data & 1) === 1
          ? this.#byte(at + SUBTREE.inlineSymbol)
          : this.#half(data + HEAP_DATA.symbol)
    return symbol < this.#names.types.length ? this.#half(this.#language.symbols + symbol * 2) : symbol
  }

  /** The name that a production gives to its child instead of its own; 0 where there is none. */
  #alias(production: number, index: number): number {
    if (production === 0) return 0
    return this.#half(this.#language.aliases + (production * this.#language.aliasWidth + index) * 2)
  }

  /** The field that a production puts its child in; 0 where there is none. */
  #field(production: number, index: number): number {
    if (this.#language.fieldCount === 0) return 0
    const slice = this.#language.fieldSlices + production * 4
    const first = this.#language.fieldEntries + this.#half(slice) * 4
    const end = first + this.#half(slice + 2) * 4
    for (let entry = first; entry < end; entry += 4)
      if (this.#byte(entry + 2) === index && this.#byte(entry + 3) === 0) return this.#half(entry)
    return 0
  }

  #flags(at: number): number {
    const data = this.#word(at)
    return (data & 1) === 1 ? data >>> 1 : this.#byte(data + HEAP_DATA.flags)
  }

  /** Bytes of UTF-16, as all lengths here. */
  #size(at: number): number {
    const data = this.#word(at)
    return (data & 1) === 1 ? this.#byte(at + SUBTREE.inlineSize) : this.#word(data + HEAP_DATA.size)
  }

  /** Bytes of blank text before a subtree. */
  #padding(at: number): number {
    const data = this.#word(at)
    return (data & 1) === 1 ? this.#byte(at + SUBTREE.inlinePadding) : this.#word(data + HEAP_DATA.padding)
  }

  #word(address: number): number {
    return this.#words[address >>> 2] ?? 0
  }

  #half(address: number): number {
    return this.#halves[address >>> 1] ?? 0
  }

  #byte(address: number): number {
    return this.#bytes[address] ?? 0
  }
}
