import type { Change, ChangedFile, FileVersion, Tree, TreeEntry } from '../../change/change.ts'
import { classifyPath } from '../../change/classify-path.ts'
import type { Contents } from '../../change/contents.ts'
import type { FactReader } from '../fact-reader.ts'
import { factsOf, isReadableCode, prepareCode, requestOf } from './code-fact-reader.ts'
import type { TestFile } from './code-facts.ts'
import type { CodeReader } from './code-reader.ts'
import { addressedNouns, failureWords } from './failure-search.ts'
import { importsSource } from './imports-source.ts'
import { grammarOf, languageOf } from './languages.ts'
import { indexTests, MAX_PER_SOURCE, type TestIndex } from './link-tests.ts'

/** Candidates that are read for one change, in all. */
const MAX_CANDIDATES = 240

interface Plan {
  /** Paths with a like name or folder, by source. */
  readonly near: ReadonlyMap<string, ReadonlySet<string>>
  readonly candidates: ReadonlyMap<string, readonly FileVersion[]>
  readonly changedTests: readonly ChangedFile[]
}

interface Listing {
  readonly byPath: ReadonlyMap<string, TreeEntry>
  readonly index: TestIndex
}

const NO_TREE: Tree = { entries: new Map(), truncated: false }

/** Tests that may drive the changed code, chosen from the listing by name and folder. */
export function testFactReader(reader: CodeReader): FactReader<'tests'> {
  const listings = new WeakMap<Tree, Listing>()
  const listingOf = (tree: Tree): Listing => {
    const known = listings.get(tree)
    if (known !== undefined) return known
    const entries = [...tree.entries.values()].filter(isTestCode)
    const listing = {
      byPath: new Map(entries.map((entry) => [entry.path, entry])),
      index: indexTests(entries.map((entry) => entry.path)),
    }
    listings.set(tree, listing)
    return listing
  }
  const plans = new WeakMap<Change, Plan>()
  const plan = (change: Change): Plan => {
    const known = plans.get(change) ?? planOf(change, listingOf(change.headTree ?? NO_TREE))
    plans.set(change, known)
    return known
  }
  /** The contents of a change do not change between its stages. */
  const chosen = new WeakMap<Change, readonly TestsOfSource[]>()
  const toRead = (change: Change, contents: Contents): readonly TestsOfSource[] => {
    const known = chosen.get(change) ?? testsToRead(reader, change, plan(change), contents)
    chosen.set(change, known)
    return known
  }
  const wanted = (change: Change): readonly FileVersion[] => [...plan(change).candidates.values()].flat()

  return {
    need: 'tests',
    changed: (change) => plan(change).changedTests.flatMap((file) => (file.head === null ? [] : [file.head])),
    candidates: wanted,
    async prepare(change, contents) {
      await prepareCode(reader, change, contents)
      await reader.prepare([...wanted(change), ...plan(change).changedTests].map((one) => one.path))
      const versions = toRead(change, contents).flatMap(({ tests }) => tests)
      await reader.readAhead(versions.flatMap(({ version }) => requestOf(version, contents, 'test') ?? []))
    },
    extract(change, contents) {
      const listed = listingOf(change.headTree ?? NO_TREE).byPath.size
      const bySource = new Map(
        toRead(change, contents).map(
          ({ source, tests }) =>
            [source.path, tests.flatMap((test) => testFile(reader, source, test, contents))] as const,
        ),
      )
      return {
        facts: {
          bySource,
          listed,
          searched: 'tests in the change, and tests of the repository with a like name or folder',
        },
        notes: [],
      }
    },
  }
}

interface TestToRead {
  readonly version: FileVersion
  readonly inChange: boolean
  readonly near: boolean
}

interface TestsOfSource {
  readonly source: ChangedFile
  readonly tests: readonly TestToRead[]
}

/** Tests by the source that has failures they may be evidence for. */
function testsToRead(
  reader: CodeReader,
  change: Change,
  { candidates, changedTests, near }: Plan,
  contents: Contents,
): readonly TestsOfSource[] {
  return sourcesOf(change).flatMap((source) => {
    const head = factsOf(reader, source.head, contents, 'source')
    const wordsToFind = failureWords(source, factsOf(reader, source.base, contents, 'source'), head)
    if (wordsToFind.length === 0) return []
    const ofChange = changedTests.flatMap(({ head, path }) =>
      head === null ? [] : [{ version: head, inChange: true, near: near.get(source.path)?.has(path) === true }],
    )
    const known = candidates.get(source.path) ?? []
    const telling = mostTelling(known, wordsToFind, contents)
    const asking = changedTests.length > 0 ? [] : askingFromOutside(known, addressedNouns(source, head), contents)
    const ofRepository = [...new Set([...telling, ...asking])].map((version) => ({
      version,
      inChange: false,
      near: true,
    }))
    const tests = [...ofChange, ...ofRepository].filter(({ version }) => sameFamily(version.path, source.path))
    return [{ source, tests }]
  })
}

/**
 * Parsing is dear: a test that has none of these words can be no evidence for a failure of this file. Where more are left
 * than are parsed, those with the most of them go first.
 */
function mostTelling(
  tests: readonly FileVersion[],
  found: readonly string[],
  contents: Contents,
): readonly FileVersion[] {
  const textOf = (version: FileVersion): string => contents.textOf(version) ?? ''
  const telling = tests.filter((version) => found.some((word) => textOf(version).includes(word)))
  if (telling.length <= MAX_PER_SOURCE) return telling
  return telling
    .map((version) => ({ version, words: found.filter((word) => textOf(version).includes(word)).length }))
    .sort((a, b) => b.words - a.words)
    .slice(0, MAX_PER_SOURCE)
    .map((one) => one.version)
}

/** Tests that are parsed because they ask for something like what a source file serves. */
const MAX_ASKING = 4

/** Those that have a function's nouns in an address: `/teams/7/groups`, `'team.group.delete'`. */
function askingFromOutside(
  tests: readonly FileVersion[],
  functions: readonly (readonly string[])[],
  contents: Contents,
): readonly FileVersion[] {
  if (functions.length === 0) return []
  const asks = (text: string, noun: string): boolean => BEFORE_NOUN.some((mark) => text.includes(`${mark}${noun}`))
  return tests
    .filter((version) => {
      const text = contents.textOf(version) ?? ''
      return functions.some((nouns) => nouns.every((noun) => asks(text, noun.replace(/y$/, ''))))
    })
    .slice(0, MAX_ASKING)
}

const BEFORE_NOUN = ['/', '.', "'", '"', '-']

function planOf(change: Change, { byPath, index }: Listing): Plan {
  const changedTests = change.files.filter((file) => file.role === 'test' && file.head !== null && isTestCode(file))
  const changed = new Set(changedTests.map((file) => file.path))
  const candidates = new Map<string, readonly FileVersion[]>()
  const near = new Map<string, ReadonlySet<string>>()
  const chosen = new Set<string>()
  for (const source of sourcesOf(change)) {
    const found = index.testsOf(source.path)
    near.set(source.path, new Set(found))
    const paths = found.filter((path) => {
      if (!changed.has(path) && chosen.size < MAX_CANDIDATES) chosen.add(path)
      return chosen.has(path)
    })
    candidates.set(
      source.path,
      paths.flatMap((path) => byPath.get(path) ?? []),
    )
  }
  return { candidates, changedTests, near }
}

function sourcesOf(change: Change): readonly ChangedFile[] {
  return change.files.filter((file) => file.head !== null && isReadableCode(file))
}

function isTestCode(entry: TreeEntry | ChangedFile): boolean {
  return (
    /test|spec|cy\.|e2e/i.test(entry.path) && languageOf(entry.path) !== null && classifyPath(entry.path) === 'test'
  )
}

function testFile(
  reader: CodeReader,
  source: ChangedFile,
  { version, inChange, near }: TestToRead,
  contents: Contents,
): readonly TestFile[] {
  const facts = factsOf(reader, version, contents, 'test')
  if (facts === null || 'reason' in facts || facts.tests.length === 0) return []
  const imports = facts.imports.some((one) => importsSource(version.path, one.module, one.names, source.path))
  const bound = imports ? 'imports' : isSamePackage(version.path, source.path) ? 'package' : null
  return [{ path: version.path, inChange, link: bound ?? (near ? 'near' : 'far'), facts }]
}

/** Go compiles the tests of a folder into its package. */
function isSamePackage(test: string, source: string): boolean {
  return test.endsWith('.go') && test.slice(0, test.lastIndexOf('/')) === source.slice(0, source.lastIndexOf('/'))
}

function sameFamily(a: string, b: string): boolean {
  return grammarOf(a) !== null && languageOf(a) === languageOf(b)
}
