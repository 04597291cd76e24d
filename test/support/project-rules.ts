import { posix } from 'node:path'
import type { SourceFacts } from './source-facts.ts'

/** The rules of the repository as functions over a listing. Each answers what breaks it, one line each; empty is good. */

/** Folder of `src/` → folders it may import, besides itself. The table of design and CONTRIBUTING. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  change: [],
  evidence: ['change'],
  facts: ['change'],
  checks: ['change', 'facts'],
  policy: ['change', 'checks', 'facts'],
  review: ['change', 'checks', 'evidence', 'facts', 'policy'],
  report: ['change', 'checks', 'review'],
  'pipeline.ts': ['change', 'checks', 'evidence', 'facts', 'policy', 'review'],
  git: ['change', 'pipeline.ts'],
  queue: ['pipeline.ts'],
  github: ['change', 'pipeline.ts', 'policy', 'queue', 'report', 'review'],
}
const MAY_IMPORT_ALL = new Set(['entrypoints', 'index.ts'])
const MAY_TOUCH_THE_WORLD = new Set(['entrypoints', 'git', 'github', 'queue'])

/** Names that say nothing of what is inside. */
const EMPTY_NAMES = new Set([
  'common',
  'constants',
  'helper',
  'helpers',
  'lib',
  'misc',
  'shared',
  'types',
  'util',
  'utils',
])
const MAX_LINES = 300

export function emptyNames(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.split('/').some((part) => EMPTY_NAMES.has(part.replace(/\..*$/, ''))))
}

export function notKebabCase(paths: readonly string[]): readonly string[] {
  return paths.filter((path) =>
    path.split('/').some((part) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/.test(part)),
  )
}

export function tooLong(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    const lines = text.split('\n').length - 1
    return lines > MAX_LINES ? [`${path} has ${lines} lines`] : []
  })
}

/** Absolute paths that hold on one machine only. */
export function machinePaths(files: ReadonlyMap<string, string>): readonly string[] {
  const homes = ['work', 'root', 'tmp/aw', 'tmp/wt', 'Users'].join('|')
  const pattern = new RegExp(`(?:^|[\\s"'\`(=:])/(?:${homes})/`)
  return [...files].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  )
}

export function importsAgainstTheFlow(sources: ReadonlyMap<string, SourceFacts>): readonly string[] {
  return [...sources].flatMap(([path, { imports }]) => {
    const from = areaOf(path)
    const targets = imports.filter((name) => name.startsWith('.')).map((name) => posix.join(posix.dirname(path), name))
    return targets.filter((target) => !allowed(from, target, path)).map((target) => `${path} imports ${target}`)
  })
}

function allowed(from: string, target: string, path: string): boolean {
  const to = areaOf(target)
  if (from === 'checks' && to === 'checks') return checkMayImport(path, target)
  return to === from || MAY_IMPORT_ALL.has(from) || MAY_IMPORT[from]?.includes(to) === true
}

/** A check knows the contract and its own folder, and no other check; only the registry knows them all. */
function checkMayImport(path: string, target: string): boolean {
  const folder = posix.dirname(path)
  return folder === 'src/checks' || target === 'src/checks/define-check.ts' || target.startsWith(`${folder}/`)
}

export function reachesOut(sources: ReadonlyMap<string, SourceFacts>): readonly string[] {
  return [...sources].flatMap(([path, { world }]) =>
    MAY_TOUCH_THE_WORLD.has(areaOf(path)) ? [] : world.map((name) => `${path} uses ${name}`),
  )
}

/** 'src/git/blob.ts' → 'git'; 'src/pipeline.ts' → 'pipeline.ts'. */
function areaOf(path: string): string {
  return path.split('/')[1] ?? path
}

/** Paths under src/, test/, policies/ or scripts/ that a page names outside its examples and that do not exist. `<id>` and `*` stand for any name. */
export function deadPaths(page: string, paths: readonly string[]): readonly string[] {
  const named =
    page
      // Examples: blocks of code, and quotes.
      .replace(/^```[\s\S]*?^```|^>.*/gm, '')
      .match(/(?<![\w./-])(?:src|test|policies|scripts)\/[\w<>*{}.,/-]*[\w>*}/]/g) ?? []
  return [...new Set(named)].filter((name) => !paths.some((path) => isNamed(name, path)))
}

function isNamed(name: string, path: string): boolean {
  const parts = name.replace(/\/$/, '').split('/')
  const pathParts = path.split('/')
  return parts.every((part, index) => part === pathParts[index] || wildcard(part, pathParts[index] ?? ''))
}

function wildcard(part: string, name: string): boolean {
  const [start = '', end] = part.split(/<[^>]*>|\*/)
  return end !== undefined && name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end)
}

/** Ids in the first column of the table of checks: | [`id`](…) | … */
export function tableIds(page: string): readonly string[] {
  return [...page.matchAll(/^\| \[`([a-z-]+)`\]/gm)].map(([, id = '']) => id)
}

/** What stands between the marks of a generated part; null when they are not there. */
export function generatedPart(page: string, name: string): string | null {
  const [, part] = page.split(new RegExp(`<!-- ${name}: .*? -->\\n|<!-- end of ${name} -->`))
  return part ?? null
}
