import type { Parser } from 'web-tree-sitter'
import type { CodeFacts, Unreadable } from './code-facts.ts'
import { copySyntaxTree } from './copy-syntax-tree.ts'
import { extractCodeFacts } from './extract-code-facts.ts'
import { createFactCache } from './fact-cache.ts'
import type { Language } from './language.ts'
import { grammarOf, languageOf } from './languages.ts'
import { type LoadedGrammar, type ReadWasm, startTreeSitter, type TreeSitter } from './tree-sitter.ts'

/** What a file is read for; half of the facts, and of the time, is enough for either. */
export type CodeRole = 'source' | 'test'

/** A text to read: `key` is its blob id, by which its facts are kept; null where it has none. */
export interface CodeRequest {
  readonly path: string
  readonly text: string
  readonly key: string | null
  readonly as: CodeRole
}

export interface CodeReader {
  /** Starts to load the grammars that these paths need, while something else is waited for. */
  readonly begin: (paths: Iterable<string>) => void
  /** Loads the grammars that these paths need. Others cost nothing. */
  readonly prepare: (paths: Iterable<string>) => Promise<void>
  /** Has many texts read side by side, so that `read` finds them. Their grammars must have been prepared. */
  readonly readAhead: (requests: readonly CodeRequest[]) => Promise<void>
  /**
   * Facts of a text. The path's grammar must have been prepared. As `test` it has test cases and imports only, as `source` all
   * but test cases.
   */
  readonly read: (request: CodeRequest) => CodeFacts | Unreadable
}

/** Reads code in other threads. What it answers is what `read` would: no result depends on it. */
export interface CodeThreads {
  /** Texts that are worth having open at once. */
  readonly lanes: number
  /** Begins to start them, so that they are there when they are needed. */
  readonly wake: () => void
  /** False as long as they start, and when they cannot. */
  readonly ready: () => boolean
  /** Null when it could not be read there. */
  readonly read: (request: CodeRequest) => Promise<CodeFacts | Unreadable | null>
  /** Lets what the threads have answered arrive. */
  readonly pause: () => Promise<void>
}

/** Progress calls of the parser before it is stopped: a count, not a clock, so that the cut falls at the same byte everywhere. */
const MAX_PARSE_STEPS = 400_000
/** Source behind the cached facts, in characters; facts weigh a few times as much. */
const MAX_CACHED = 24_000_000
/** Characters that have been, or will be, read: before that a thread costs more to start than it takes over. */
const WORTH_THREADS = 2_000_000
/** Characters in one go below which nothing is handed over. */
const WORTH_HANDING_OVER = 60_000

export async function createCodeReader(readWasm: ReadWasm, threads: CodeThreads | null = null): Promise<CodeReader> {
  const grammars = new Map<string, LoadedGrammar>()
  /** Reviews may run side by side: each file is loaded once, and whoever comes second waits for the same load. */
  const loading = new Map<string, Promise<void>>()
  const cache = createFactCache<CodeFacts | Unreadable>(MAX_CACHED)
  /** Characters that were asked for in one go and were not there. */
  let asked = 0
  let started: { readonly treeSitter: TreeSitter; readonly parser: Parser } | null = null

  async function load(name: string): Promise<void> {
    const treeSitter = await startTreeSitter(readWasm)
    started ??= { treeSitter, parser: treeSitter.createParser() }
    grammars.set(name, await treeSitter.loadGrammar(name))
  }

  async function prepare(paths: Iterable<string>): Promise<void> {
    await Promise.all(loadsOf(paths))
  }

  function begin(paths: Iterable<string>): void {
    // Whoever prepares hears of a failure.
    for (const loaded of loadsOf(paths)) loaded.catch(() => {})
  }

  function loadsOf(paths: Iterable<string>): readonly Promise<void>[] {
    const names = new Set([...paths].map((path) => grammarOf(path)).filter((name) => name !== null))
    return [...names].map((name) => {
      const loaded = loading.get(name) ?? load(name)
      loading.set(name, loaded)
      return loaded
    })
  }

  async function readAhead(requests: readonly CodeRequest[]): Promise<void> {
    if (threads === null) return
    const queue = unread(requests)
    const length = queue.reduce((sum, { text }) => sum + text.length, 0)
    asked += length
    const isWorthIt = asked >= WORTH_THREADS && length >= WORTH_HANDING_OVER
    if (isWorthIt) threads.wake()
    const lanes: Promise<void>[] = []
    while (queue.length > 0) {
      if (isWorthIt && threads.ready()) while (lanes.length < threads.lanes) lanes.push(handOver(queue, threads))
      const request = queue.shift()
      if (request !== undefined) read(request)
      await threads.pause()
    }
    await Promise.all(lanes)
  }

  async function handOver(queue: CodeRequest[], { read: readThere }: CodeThreads): Promise<void> {
    for (let request = queue.pop(); request !== undefined; request = queue.pop()) {
      const facts = await readThere(request)
      if (facts === null) return
      keep(request, facts)
    }
  }

  function unread(requests: readonly CodeRequest[]): CodeRequest[] {
    const byKey = new Map<string, CodeRequest>()
    for (const request of requests) {
      const key = cacheKeyOf(request)
      if (key !== null && cache.get(key) === undefined) byKey.set(key, request)
    }
    return [...byKey.values()]
  }

  function parse(language: Language, { path, text, as }: CodeRequest): CodeFacts | Unreadable {
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

  function read(request: CodeRequest): CodeFacts | Unreadable {
    const language = languageOf(request.path)
    if (language === null) return { reason: 'its language is not supported yet' }
    const key = cacheKeyOf(request)
    const cached = key === null ? undefined : cache.get(key)
    if (cached !== undefined) return cached
    const facts = parse(language, request)
    keep(request, facts)
    return facts
  }

  function keep(request: CodeRequest, facts: CodeFacts | Unreadable): void {
    const key = cacheKeyOf(request)
    if (key !== null) cache.set(key, facts, request.text.length)
  }

  return { begin, prepare, readAhead, read }
}

function cacheKeyOf({ path, key, as }: CodeRequest): string | null {
  return key === null ? null : `${as}:${grammarOf(path)}:${key}`
}
