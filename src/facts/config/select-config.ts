import type { Change, ChangedFile, TreeEntry } from '../../change/change.ts'
import { chartOf, chartOfValues, chartOver } from './chart-templates.ts'
import { codeLanguage } from './code-text.ts'
import { configKind } from './config-family.ts'
import type { Layout } from './layout.ts'

const MAX_SIBLINGS = 200
const MAX_DEFINITIONS = 200
const MAX_READERS = 60

/** Changed configuration files that can be read. */
export function changedConfigs(change: Change): readonly ChangedFile[] {
  return change.files.filter((file) => isReadable(file) && configKind(file.path) !== null)
}

/** Changed source files that may read variables; tests stay out. */
export function changedSources(change: Change): readonly ChangedFile[] {
  return change.files.filter((file) => isReadable(file) && file.role !== 'test' && codeLanguage(file.path) !== null)
}

/** Changed files that are neither code nor configuration as we read it, and may still hold a credential: `.npmrc`, `.sentryclirc`, a script. */
export function otherHolders(change: Change): readonly ChangedFile[] {
  return change.files.filter(
    ({ path, role }) =>
      (role === 'other' || role === 'config' || role === 'source') &&
      codeLanguage(path) === null &&
      configKind(path) === null &&
      !SHOWN.test(path),
  )
}

/** What shows how something looks. */
const SHOWN = /(?:^|[/._-])(?:examples?|samples?|templates?|fixtures?|testdata|demos?|mocks?|stubs?|docs?)(?:[/._-]|$)/i

/** Beside the changed files: what shares a group with one of them, in path order, and the base values of changed charts. */
export interface Siblings {
  readonly siblings: readonly TreeEntry[]
  readonly chartValues: readonly TreeEntry[]
  /** Values that are laid over those of a changed chart, by their folder, whatever their environment is called. */
  readonly overlays: readonly TreeEntry[]
  /** Unchanged files elsewhere that the groups inherit from. */
  readonly bases: readonly TreeEntry[]
  readonly truncated: boolean
}

export function siblingsOf(change: Change, layout: Layout): Siblings {
  const configs = changedConfigs(change)
  const changed = new Set(change.files.map((file) => file.path))
  const charts = new Set(configs.flatMap((file) => chartOf(file.path) ?? chartOfValues(file.path) ?? []))
  const values = new Set([...charts].flatMap((chart) => [`${chart}/values.yaml`, `${chart}/values.yml`]))
  const groups = new Set([
    ...configs.map((file) => layout.place(file.path).group),
    ...[...values].flatMap(layout.groupsOver),
  ])
  const entries = groups.size === 0 ? [] : unchangedFiles(change, changed)
  const siblings = entries.filter(({ path }) => configKind(path) !== null && groups.has(layout.place(path).group))
  const bases = new Set([...groups].flatMap(layout.basesOf))
  return {
    siblings: siblings.slice(0, MAX_SIBLINGS),
    bases: entries.filter(({ path }) => bases.has(path)),
    chartValues: entries.filter(({ path }) => values.has(path)),
    overlays:
      charts.size === 0 ? [] : entries.filter(({ path }) => chartOver(path, charts) !== null).slice(0, MAX_SIBLINGS),
    truncated: siblings.length > MAX_SIBLINGS,
  }
}

/** Where a name could be defined, shown or documented, and unchanged code that holds settings; nearest to the change first. */
export interface Definitions {
  readonly definitions: readonly TreeEntry[]
  readonly readers: readonly TreeEntry[]
  readonly truncated: boolean
}

export function definitionsFor(change: Change): Definitions {
  const near = nearestFirst([...changedSources(change), ...changedConfigs(change)].map((file) => file.path))
  const all = change.headTree === null ? [] : [...change.headTree.entries.values()].filter(isFile)
  const changed = new Set(change.files.map((file) => file.path))
  const definitions = all.filter(({ path }) => mayDefine(path)).toSorted((a, b) => near(a.path, b.path))
  const readers = all.filter(
    ({ path }) => !changed.has(path) && HOLDS_SETTINGS.test(path) && codeLanguage(path) !== null,
  )
  return {
    definitions: definitions.slice(0, MAX_DEFINITIONS),
    readers: readers.toSorted((a, b) => near(a.path, b.path)).slice(0, MAX_READERS),
    truncated: change.headTree === null || change.headTree.truncated || definitions.length > MAX_DEFINITIONS,
  }
}

function unchangedFiles(change: Change, changed: ReadonlySet<string>): readonly TreeEntry[] {
  return change.headTree === null
    ? []
    : [...change.headTree.entries.values()].filter((entry) => isFile(entry) && !changed.has(entry.path))
}

function isFile({ kind }: TreeEntry): boolean {
  return kind === 'file' || kind === 'executable'
}

function isReadable(file: ChangedFile): boolean {
  const kind = (file.head ?? file.base)?.kind
  return (
    !file.binary &&
    (kind === 'file' || kind === 'executable') &&
    file.role !== 'generated' &&
    file.role !== 'vendored' &&
    file.role !== 'lock'
  )
}

const HOLDS_SETTINGS =
  /(?:^|[/._-])(?:config|configuration|settings|env|envs|environment|constants|options|flags)(?:[/._-]|$)/i
const DOCUMENT = /\.(?:md|mdx|rst|adoc|txt)$/i
const DOCUMENTS_SETTINGS =
  /(?:^|\/)readme[\w.-]*$|env|config|setting|variable|deploy|install|self-host|hosting|setup|docker|operat|upgrad|param/i
const EXTRA_DEFINITION =
  /(?:^|\/)(?:app\.json|turbo\.json|radixconfig\.ya?ml|[\w.-]*env(?:ironment)?(?:ment)?[\w.-]*\.(?:json|ya?ml)|cloudbuild\.ya?ml|\.circleci\/[\w.-]+\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|bitbucket-pipelines\.yml|\.travis\.yml|Jenkinsfile|Makefile|Procfile|\.gitlab-ci\.yml|[\w.-]*\.(?:sh|service|nomad|bicep|bicepparam|tmpl))$/i

/** A file that could define or document a variable; code only reads it, and tests, vendored code and changelogs do not count. */
function mayDefine(path: string): boolean {
  if (
    /(?:^|\/)(?:node_modules|vendor|third_party|dist|testdata|fixtures|__tests__)\//.test(path) ||
    /changelog/i.test(path)
  )
    return false
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (DOCUMENT.test(name)) return DOCUMENTS_SETTINGS.test(path)
  return codeLanguage(path) === null && (configKind(path) !== null || EXTRA_DEFINITION.test(path))
}

/** Files that share more folders with the change come first, shallow ones before deep ones. Ties go by path. */
function nearestFirst(changed: readonly string[]): (a: string, b: string) => number {
  const folders = new Set(
    changed.flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
    ),
  )
  const rank = (path: string): number => {
    const parts = path.split('/').slice(0, -1)
    let shared = 0
    while (shared < parts.length && folders.has(parts.slice(0, shared + 1).join('/'))) shared++
    const named = /(?:^|\/)\.?env[^/]*$|example|sample|readme|compose/i.test(path) ? 3 : 0
    return parts.length - 2 * shared - named
  }
  const ranks = new Map<string, number>()
  const ranked = (path: string): number => {
    const known = ranks.get(path) ?? rank(path)
    ranks.set(path, known)
    return known
  }
  return (a, b) => ranked(a) - ranked(b) || (a < b ? -1 : a > b ? 1 : 0)
}
