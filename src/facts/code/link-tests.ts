import { words } from './failure-words.ts'

/** Tests that are parsed for one source file. More would cost more than they tell. */
export const MAX_PER_SOURCE = 14
/** More tests of a Go package that a text search may choose from: files of a package share it, whatever their names. */
const MAX_OF_PACKAGE = 60
/** In longer words the last `s` is that of a plural. Characters. */
const MIN_PLURAL = 4
/** Below this a test only shares a folder with the source. */
const MIN_SCORE = 2.5

/** Words that every test's or source's name may have: they link nothing. */
const EMPTY = new Set([
  'test',
  'tests',
  'spec',
  'unit',
  'integration',
  'e2e',
  'src',
  'app',
  'lib',
  'py',
  'ts',
  'js',
  'tsx',
  'jsx',
  'go',
  'main',
  'index',
  'init',
  'mod',
  'it',
])
/** Names that many folders repeat: alike names alone prove little. */
const COMMON = new Set([
  'service',
  'services',
  'actions',
  'action',
  'utils',
  'util',
  'route',
  'routes',
  'page',
  'models',
  'model',
  'views',
  'view',
  'types',
  'helpers',
  'tasks',
  'client',
  'server',
  'handler',
  'handlers',
  'api',
  'schema',
  'base',
  'common',
  'core',
  'config',
  'constants',
  'middleware',
  'controller',
  'repository',
  'serializers',
  'permissions',
  'managers',
  'urls',
  'admin',
  'signals',
  'constant',
  'helper',
  'manager',
  'permission',
  'serializer',
  'signal',
  'task',
  'type',
])

interface Points {
  /** What a shared word of the names is worth: much when few tests have it. */
  readonly word: (word: string) => number
  readonly folder: (name: string) => number
}

interface TestPath {
  readonly path: string
  /** Extensions that import each other are one. */
  readonly family: string
  readonly folder: string
  readonly stem: ReadonlySet<string>
  readonly folders: ReadonlySet<string>
}

interface SourcePath extends TestPath {
  readonly lastFolders: readonly string[]
  readonly nearFolders: readonly string[]
}

/** Finds the tests of a source file in the listing, by name and folder alone: git and the API choose the same. */
export interface TestIndex {
  /** Best first; paths in code-unit order where equal. */
  readonly testsOf: (source: string) => readonly string[]
}

export function indexTests(testPaths: readonly string[]): TestIndex {
  const tests = testPaths.map(describe)
  const byWord = new Map<string, TestPath[]>()
  const byFolder = new Map<string, TestPath[]>()
  const byFolderName = new Map<string, TestPath[]>()
  for (const test of tests) {
    for (const word of test.stem) push(byWord, word, test)
    push(byFolder, test.folder, test)
    for (const name of test.folders) push(byFolderName, name, test)
  }
  const rarity = (word: string, count: number): number =>
    COMMON.has(word) ? 0.6 : 1 + Math.log10(1 + tests.length / (count + 1))
  const points: Points = {
    word: (word) => rarity(word, byWord.get(word)?.length ?? 0),
    folder: (name) => (COMMON.has(name) ? 0.3 : rarity(name, byFolderName.get(name)?.length ?? 0)),
  }

  /** A change is asked about more than once, and most of its sources are those of the next. */
  const known = new Map<string, readonly string[]>()
  function testsOf(path: string): readonly string[] {
    const tests = known.get(path) ?? choose(path)
    known.set(path, tests)
    return tests
  }

  function choose(path: string): readonly string[] {
    const own = describe(path)
    const source = { ...own, lastFolders: lastFolders(own.folder), nearFolders: nearFolders(own.folder) }
    const candidates = new Set<TestPath>()
    const add = (tests: readonly TestPath[] = []): void => {
      for (const test of tests) if (test.family === source.family) candidates.add(test)
    }
    for (const word of source.stem) add(byWord.get(word))
    for (const name of source.lastFolders) {
      add(byWord.get(name))
      add(byFolderName.get(name))
    }
    for (const folder of source.nearFolders) add(byFolder.get(folder))
    const scored = [...candidates]
      .map((test) => ({ test, score: score(source, test, points) }))
      .filter((one) => one.score >= MIN_SCORE)
    scored.sort((a, b) => b.score - a.score || (a.test.path < b.test.path ? -1 : 1))
    const chosen = scored.slice(0, MAX_PER_SOURCE).map((one) => one.test)
    if (source.family !== 'go') return chosen.map((one) => one.path)
    const known = new Set(chosen)
    const rest = (byFolder.get(source.folder) ?? []).filter((test) => test.family === 'go' && !known.has(test))
    return [...chosen, ...rest.slice(0, MAX_OF_PACKAGE)].map((one) => one.path)
  }
  return { testsOf }
}

function score(source: SourcePath, test: TestPath, points: Points): number {
  let total = 0
  let shared = 0
  for (const word of source.stem) {
    if (!test.stem.has(word)) continue
    shared++
    total += points.word(word)
  }
  if (shared > 0 && shared === source.stem.size) total += 2
  if (shared > 0 && shared === test.stem.size) total += 1
  for (const folder of source.lastFolders) {
    if (test.stem.has(folder)) total += points.word(folder)
    if (test.folders.has(folder)) total += points.folder(folder)
  }
  if (test.folder === source.folder) total += 2
  else if (source.nearFolders.includes(test.folder)) total += 1.5
  return total
}

function describe(path: string): TestPath {
  const slash = path.lastIndexOf('/')
  const folder = slash === -1 ? '' : path.slice(0, slash)
  const name = path.slice(slash + 1).replace(/\.\w+$/, '')
  return { path, family: familyOf(path), folder, stem: wordSet(name), folders: new Set(folder.split('/')) }
}

function wordSet(name: string): ReadonlySet<string> {
  return new Set(
    words(name)
      .split(/[^a-z0-9]+/)
      .filter((word) => word.length > 1 && !EMPTY.has(word))
      .map((word) => (word.length > MIN_PLURAL ? word.replace(/([^s])s$/, '$1') : word)),
  )
}

/** The two innermost folders that say something. */
function lastFolders(folder: string): readonly string[] {
  return folder
    .split('/')
    .filter((part) => !EMPTY.has(part.toLowerCase()) && part !== '')
    .slice(-2)
}

/** Where tests of a folder stand by convention: in it, in its `tests` or `__tests__`, or in those of its parent. */
function nearFolders(folder: string): readonly string[] {
  const parent = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : ''
  const below = (at: string): string[] =>
    ['tests', '__tests__', 'test'].map((name) => (at === '' ? name : `${at}/${name}`))
  return [folder, ...below(folder), ...(parent === '' ? [] : below(parent))]
}

function familyOf(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1)
  return /^[mc]?[jt]sx?$/.test(extension) ? 'js' : extension
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
