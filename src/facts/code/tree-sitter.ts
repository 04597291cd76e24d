import { Language as Grammar, Parser } from 'web-tree-sitter'

/** Reads the WASM files: the runtime is `tree-sitter`, a grammar `tree-sitter-<name>`. */
export type ReadWasm = (name: string) => Promise<Uint8Array>

/** The memory that tree-sitter's trees lie in: another buffer after it has grown. */
export type TreeMemory = () => ArrayBufferLike

export interface TreeSitter {
  readonly memory: TreeMemory
  readonly createParser: () => Parser
  readonly loadGrammar: (name: string) => Promise<LoadedGrammar>
}

export interface LoadedGrammar {
  readonly grammar: Grammar
  readonly names: GrammarNames
}

/** Names behind the numeric ids of a grammar. */
export interface GrammarNames {
  readonly types: readonly (string | null)[]
  readonly named: readonly boolean[]
  readonly fields: readonly (string | null)[]
  /** Anonymous tokens that say nothing which the tree does not say: brackets, commas, quotes. They are left out. */
  readonly punctuation: readonly boolean[]
}

let runtime: Promise<TreeMemory> | null = null

/** web-tree-sitter is one per process, so its memory is made here, once. */
export async function startTreeSitter(readWasm: ReadWasm): Promise<TreeSitter> {
  runtime ??= startRuntime(readWasm)
  const memory = await runtime
  return {
    memory,
    createParser: () => new Parser(),
    async loadGrammar(name) {
      const grammar = await Grammar.load(await readWasm(`tree-sitter-${name}`))
      return { grammar, names: namesOf(grammar) }
    },
  }
}

async function startRuntime(readWasm: ReadWasm): Promise<TreeMemory> {
  // The runtime puts its views of the memory into the very object that it is given, and new ones when the memory grows.
  const runtimeModule: Parameters<typeof Parser.init>[0] & {} = { wasmBinary: await readWasm('tree-sitter') }
  await Parser.init(runtimeModule)
  return () => {
    if (runtimeModule.HEAPU8 === undefined)
      throw new Error('other code of this process had started web-tree-sitter before')
    return runtimeModule.HEAPU8.buffer
  }
}

const PUNCTUATION = new Set(['(', ')', ',', ';', '{', '}', '[', ']', '.', ':', '"', "'", '`', '"""', '\n'])

function namesOf(grammar: Grammar): GrammarNames {
  const types: (string | null)[] = []
  const named: boolean[] = []
  for (let id = 0; id < grammar.nodeTypeCount; id++) {
    types.push(grammar.nodeTypeForId(id))
    named.push(grammar.nodeTypeIsNamed(id))
  }
  const fields: (string | null)[] = []
  for (let id = 0; id <= grammar.fieldCount; id++) fields.push(grammar.fieldNameForId(id))
  const punctuation = types.map((type, id) => named[id] === false && PUNCTUATION.has(type ?? ''))
  return { types, named, fields, punctuation }
}
