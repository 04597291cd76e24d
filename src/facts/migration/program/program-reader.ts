import type { Parser } from 'web-tree-sitter'
import { copySyntaxTree } from '../../code/copy-syntax-tree.ts'
import { type LoadedGrammar, type ReadWasm, startTreeSitter, type TreeSitter } from '../../code/tree-sitter.ts'
import { loadPostgresParser, type PostgresParser } from '../sql/postgres-parser.ts'
import type { Program } from './program.ts'
import { readElixir } from './read-elixir.ts'
import { readProgram } from './read-program.ts'

/** Reads migrations written as code, and holds PostgreSQL's parser. Loads only what the given paths need. */
export interface ProgramReader {
  readonly prepare: (paths: Iterable<string>, withSql: boolean) => Promise<void>
  /** Null when the language is not read or parsing was stopped. Cached by `key` (its blob id) when given. */
  readonly read: (path: string, text: string, key: string | null) => Program | null
  /** Null before a `prepare` with SQL. */
  readonly postgres: () => PostgresParser | null
}

const GRAMMARS: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.rb': 'ruby',
  '.js': 'javascript',
  '.cjs': 'javascript',
  '.mjs': 'javascript',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.php': 'php',
  '.cs': 'c-sharp',
  '.go': 'go',
}
/** Progress calls of the parser before it is stopped: a count, so that the cut falls at the same byte everywhere. */
const MAX_PARSE_STEPS = 200_000
const MAX_CACHED = 1_000

/** Names of the grammars that migrations are written in. */
export function migrationGrammars(): readonly string[] {
  return [...new Set(Object.values(GRAMMARS))]
}

function grammarOfMigration(path: string): string | null {
  return GRAMMARS[path.slice(path.lastIndexOf('.'))] ?? null
}

export function createProgramReader(readWasm: ReadWasm): ProgramReader {
  const grammars = new Map<string, LoadedGrammar>()
  const cache = new Map<string, Program | null>()
  let started: { readonly treeSitter: TreeSitter; readonly parser: Parser } | null = null
  let postgres: PostgresParser | null = null

  async function prepare(paths: Iterable<string>, withSql: boolean): Promise<void> {
    if (withSql) postgres ??= await loadPostgresParser()
    for (const path of paths) {
      const name = grammarOfMigration(path)
      if (name === null || grammars.has(name)) continue
      const treeSitter = await startTreeSitter(readWasm)
      started ??= { treeSitter, parser: treeSitter.createParser() }
      grammars.set(name, await treeSitter.loadGrammar(name))
    }
  }

  function parse(path: string, text: string): Program | null {
    if (path.endsWith('.exs')) return readElixir(text)
    const loaded = grammars.get(grammarOfMigration(path) ?? '')
    if (started === null || loaded === undefined) return null
    const { parser, treeSitter } = started
    parser.setLanguage(loaded.grammar)
    let steps = 0
    const tree = parser.parse(text, null, { progressCallback: () => ++steps > MAX_PARSE_STEPS })
    if (tree === null) {
      parser.reset()
      return null
    }
    try {
      return readProgram(copySyntaxTree(tree, text, loaded.names, treeSitter.memory).root)
    } finally {
      tree.delete()
    }
  }

  function read(path: string, text: string, key: string | null): Program | null {
    const cacheKey = key === null ? null : `${grammarOfMigration(path)}:${key}`
    const cached = cacheKey === null ? undefined : cache.get(cacheKey)
    if (cached !== undefined) return cached
    const program = parse(path, text)
    if (cacheKey !== null) {
      if (cache.size >= MAX_CACHED) cache.clear()
      cache.set(cacheKey, program)
    }
    return program
  }

  return { prepare, read, postgres: () => postgres }
}
