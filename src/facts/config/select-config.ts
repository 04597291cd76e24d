import type { BlobId, Change, ChangedFile } from '../../change/change.ts'
import { codeLanguage } from './code-text.ts'
import { configKind } from './config-family.ts'
import { placeOf } from './environments.ts'

const MAX_SIBLINGS = 200
const MAX_DEFINITIONS = 200
const MAX_READERS = 60

/** Which files of the head tree are worth reading beside the changed ones. Chosen by path and by the lines of the diff alone. */
export interface ConfigSelection {
  /** Changed configuration files. */
  readonly configs: readonly ChangedFile[]
  /** Changed source files that may read variables. */
  readonly sources: readonly ChangedFile[]
  readonly siblings: readonly string[]
  /** Where names are defined, shown or documented. */
  readonly definitions: readonly string[]
  /** Base values of the charts whose templates changed. */
  readonly chartValues: readonly string[]
  /** Unchanged code that holds settings. */
  readonly readers: readonly string[]
  readonly truncated: boolean
}

export function selectConfig(change: Change, environments: readonly string[]): ConfigSelection {
  const configs = change.files.filter((file) => isReadable(file) && configKind(file.path) !== null)
  const sources = change.files.filter(
    (file) => isReadable(file) && file.role !== 'test' && codeLanguage(file.path) !== null,
  )
  const paths = change.headTree === null ? [] : [...change.headTree.entries.keys()]
  const changed = new Set(change.files.map((file) => file.path))
  const groups = new Set(configs.map((file) => placeOf(file.path, environments).group))
  const siblings =
    groups.size === 0
      ? []
      : paths.filter(
          (path) => !changed.has(path) && configKind(path) !== null && groups.has(placeOf(path, environments).group),
        )
  const looks =
    sources.some(mayReadNewly) ||
    configs.some(
      (file) =>
        file.deletions > 0 ||
        configKind(file.path)?.family === 'compose' ||
        configKind(file.path)?.family === 'helm-template',
    )
  const near = nearestFirst([...sources, ...configs].map((file) => file.path))
  const definitions = looks ? paths.filter(mayDefine).toSorted(near) : []
  const readers = looks
    ? paths
        .filter((path) => !changed.has(path) && HOLDS_SETTINGS.test(path) && codeLanguage(path) !== null)
        .toSorted(near)
    : []
  const charts = new Set(configs.map((file) => chartOf(file.path)).filter((chart) => chart !== null))
  const chartValues = [...charts].flatMap((chart) => [`${chart}/values.yaml`, `${chart}/values.yml`])
  return {
    configs,
    sources,
    siblings: siblings.slice(0, MAX_SIBLINGS),
    definitions: definitions.slice(0, MAX_DEFINITIONS),
    chartValues: chartValues.filter((path) => change.headTree?.entries.has(path)),
    readers: readers.slice(0, MAX_READERS),
    truncated:
      change.headTree === null ||
      change.headTree.truncated ||
      definitions.length > MAX_DEFINITIONS ||
      siblings.length > MAX_SIBLINGS,
  }
}

/** The blobs to read, both sides of the changed files and the head of the others; one batch. */
export function configBlobs(change: Change, environments: readonly string[]): readonly BlobId[] {
  const selection = selectConfig(change, environments)
  const changed = [...selection.configs, ...selection.sources].flatMap((file) => [file.base?.blob, file.head?.blob])
  const others = [...selection.siblings, ...selection.chartValues, ...selection.definitions, ...selection.readers].map(
    (path) => change.headTree?.entries.get(path)?.blob,
  )
  return [...new Set([...changed, ...others].filter((blob) => blob !== null && blob !== undefined))]
}

/** The folder of the chart that a template belongs to; null for what is no template. */
export function chartOf(path: string): string | null {
  const at = path.lastIndexOf('/templates/')
  return at < 0 || configKind(path)?.family !== 'helm-template' ? null : path.slice(0, at)
}

const MAX_LINE = 4000

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

function mayReadNewly(file: ChangedFile): boolean {
  return file.hunks.some((hunk) =>
    hunk.lines.some((line) => line.kind === 'add' && line.text.length < MAX_LINE && /env|@Value/i.test(line.text)),
  )
}

const HOLDS_SETTINGS =
  /(?:^|[/._-])(?:config|configuration|settings|env|envs|environment|constants|options|flags)(?:[/._-]|$)/i
const DOCUMENT = /\.(?:md|mdx|rst|adoc|txt)$/i
const DOCUMENTS_SETTINGS =
  /(?:^|\/)readme[\w.-]*$|env|config|setting|variable|deploy|install|self-host|hosting|setup|docker|operat|upgrad|param/i
const EXTRA_DEFINITION =
  /(?:^|\/)(?:app\.json|turbo\.json|[\w.-]*env(?:ironment)?(?:ment)?[\w.-]*\.(?:json|ya?ml|d\.ts)|cloudbuild\.ya?ml|Makefile|Procfile|\.gitlab-ci\.yml|[\w.-]*\.(?:sh|service|nomad))$/i

/** A file that could define or document a variable; tests, vendored code and changelogs cannot. */
function mayDefine(path: string): boolean {
  if (
    /(?:^|\/)(?:node_modules|vendor|third_party|dist|testdata|fixtures|__tests__)\//.test(path) ||
    /changelog/i.test(path)
  )
    return false
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (DOCUMENT.test(name)) return DOCUMENTS_SETTINGS.test(path)
  return configKind(path) !== null || EXTRA_DEFINITION.test(path)
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
