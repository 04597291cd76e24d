import type { Parser } from 'web-tree-sitter'
import type { CodeFacts, Unreadable } from './code-facts.ts'
import { copySyntaxTree } from './copy-syntax-tree.ts'
import { extractCodeFacts } from './extract-code-facts.ts'
import type { Language } from './language.ts'
import { grammarOf, languageOf } from './languages.ts'
import { type LoadedGrammar, type ReadWasm, startTreeSitter, type TreeSitter } from './tree-sitter.ts'

/** What a file is read for; half of the facts, and of the time, is enough for either. */
export type CodeRole = 'source' | 'test'

export interface CodeReader {
  /** Loads the grammars that these paths need. Others cost nothing. */
  readonly prepare: (paths: Iterable<string>) => Promise<void>
  /**
   * Facts of a text, cached by `key` (its blob id) when given. The path's grammar must have been prepared. As `test`
   * it has test cases and imports only, as `source` all but test cases.
   */
  readonly read: (path: string, text: string, key: string | null, as: CodeRole) => CodeFacts | Unreadable
}

/** Progress calls of the parser before it is stopped: a count, not a clock, so that the cut falls at the same byte everywhere. */
const MAX_PARSE_STEPS = 400_000
/** Source behind the cached facts, in characters; facts weigh a few times as much. */
const MAX_CACHED = 24_000_000

export async function createCodeReader(readWasm: ReadWasm): Promise<CodeReader> {
  const grammars = new Map<string, LoadedGrammar>()
  /** Reviews may run side by side: each file is loaded once, and whoever comes second waits for the same load. */
  const loading = new Map<string, Promise<void>>()
  const cache = new Map<string, CodeFacts | Unreadable>()
  let cachedLength = 0
  let started: { readonly treeSitter: TreeSitter; readonly parser: Parser } | null = null

  async function load(name: string): Promise<void> {
    const treeSitter = await startTreeSitter(readWasm)
    started ??= { treeSitter, parser: treeSitter.createParser() }
    grammars.set(name, await treeSitter.loadGrammar(name))
  }

  async function prepare(paths: Iterable<string>): Promise<void> {
    const names = new Set([...paths].map((path) => grammarOf(path)).filter((name) => name !== null))
    for (const name of names) {
      const loaded = loading.get(name) ?? load(name)
      loading.set(name, loaded)
      await loaded
    }
  }

  function parse(language: Language, path: string, text: string, as: CodeRole): CodeFacts | Unreadable {
    const loaded = grammars.get(grammarOf(path) ?? '')
    if (started === null || loaded === undefined) throw new Error(`the grammar of ${path} was not prepared`)
    const { parser, treeSitter } = started
    parser.setLanguage(loaded.grammar)
    let steps = 0
    const source = language.mask?.(path, text) ?? text
    const tree = parser.parse(source, null, { progressCallback: () => ++steps > MAX_PARSE_STEPS })
    if (tree === null) {
      parser.reset()
      return { reason: 'parsing took too long and was stopped' }
    }
    try {
      return extractCodeFacts(language, copySyntaxTree(tree, source, loaded.names, treeSitter.memory), as)
    } finally {
      tree.delete()
    }
  }

  function read(path: string, text: string, key: string | null, as: CodeRole): CodeFacts | Unreadable {
    const language = languageOf(path)
    if (language === null) return { reason: 'its language is not supported yet' }
    const cacheKey = key === null ? null : `${as}:${grammarOf(path)}:${key}`
    const cached = cacheKey === null ? undefined : cache.get(cacheKey)
    if (cached !== undefined) return cached
    const facts = parse(language, path, text, as)
    if (cacheKey !== null) {
      if (cachedLength > MAX_CACHED) {
        cache.clear()
        cachedLength = 0
      }
      cachedLength += text.length
      cache.set(cacheKey, facts)
    }
    return facts
  }

  return { prepare, read }
}
