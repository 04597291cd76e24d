import type { Change, FileVersion, Note, Tree } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { FactReader } from '../fact-reader.ts'
import { addedCredentials } from './added-credentials.ts'
import { chartOf, chartOfValues, chartOver, templateReads, templatesInQuestion } from './chart-templates.ts'
import { type CodeSwitch, codeSwitches } from './code-switches.ts'
import { codeLanguage } from './code-text.ts'
import { MAX_CONFIG_CHARS } from './config-entry.ts'
import type { ChangedConfig, ConfigFile, ReadsOfFile } from './config-facts.ts'
import { configKind } from './config-family.ts'
import { SETTINGS_FILE } from './config-gem.ts'
import { type EnvRead, envReads } from './env-reads.ts'
import { inheritedBy } from './inherited.ts'
import { type Layout, layoutOf } from './layout.ts'
import { mentionsOf, readersOf } from './mentions.ts'
import { localDefaults, type MovedAddress, movedAddresses } from './moved-addresses.ts'
import { namesInQuestion } from './names-in-question.ts'
import { objectKeys } from './object-keys.ts'
import { parseConfig } from './parse-config.ts'
import {
  changedConfigs,
  changedSources,
  type Definitions,
  definitionsFor,
  otherHolders,
  siblingsOf,
} from './select-config.ts'
import { takesWholeSecret } from './whole-secrets.ts'

/** Entries of parsed files that are kept, so that a process that lives long does not grow. */
const MAX_KEPT = 300_000
const NOWHERE: Definitions = { definitions: [], readers: [], truncated: false }
/** Families whose files show or set variables of a process. */
const PLACES = new Set(['dotenv', 'compose', 'helm-values', 'manifest', 'platform', 'terraform', 'spring', 'dotnet'])

/** Reads the changed configuration with its siblings, and where a name is defined only when the change raises the question. */
export function configFactReader(): FactReader<'config'> {
  const parses = new Map<string, ConfigFile>()
  let kept = 0
  const layouts = new WeakMap<Tree, Layout>()

  /** A tree is laid out once, and only for a change that touches configuration. */
  function layoutIn(change: Change, environments: readonly string[]): Layout {
    const tree = changedConfigs(change).length === 0 ? null : change.headTree
    const layout = (tree === null ? undefined : layouts.get(tree)) ?? layoutOf(tree, environments)
    if (tree !== null) layouts.set(tree, layout)
    return layout
  }

  function keep(id: string, file: ConfigFile): void {
    const size = file.parsed.status === 'parsed' ? file.parsed.entries.length + 1 : 1
    if (kept + size > MAX_KEPT) {
      parses.clear()
      kept = 0
    }
    parses.set(id, file)
    kept += size
  }

  function configFile(
    version: FileVersion | null,
    contents: Contents,
    environments: readonly string[],
    layout: Layout,
  ): ConfigFile | null {
    const kind = version === null ? null : configKind(version.path)
    if (version === null || kind === null) return null
    const { environment, group } = layout.place(version.path)
    const id = `${version.blob ?? ''} ${version.path} ${environment?.name ?? ''} ${environments.join(' ')}`
    const known = parses.get(id)
    if (known !== undefined) return known
    const blob = contents.of(version)
    const parsed =
      blob?.status === 'text'
        ? parseConfig(blob.text, kind, environments)
        : ({ status: 'skipped', reason: `its text could not be read (${blob?.status ?? 'not known'})` } as const)
    const file = { path: version.path, kind, environment, group, parsed }
    if (blob !== null) keep(id, file)
    return file
  }

  function changedFiles(change: Change, contents: Contents, environments: readonly string[], layout: Layout): Asked {
    const files = changedConfigs(change).map(
      (file): ChangedConfig => ({
        file,
        base: configFile(file.base, contents, environments, layout),
        head: configFile(file.head, contents, environments, layout),
      }),
    )
    const reads = changedSources(change)
      .map((file): ReadsOfFile => ({ file, base: readsOf(file.base, contents), head: readsOf(file.head, contents) }))
      .filter(({ base, head }) => base.length + head.length > 0)
    const moved = movedAddresses(changedSources(change), contents)
    const names = new Set([...namesInQuestion(files, reads), ...moved.flatMap(({ settings }) => settings)])
    return { files, reads, moved, names, where: names.size === 0 ? NOWHERE : definitionsFor(change) }
  }

  return {
    need: 'config',
    changed: (change) =>
      [...changedConfigs(change), ...changedSources(change)].flatMap(({ base, head }) =>
        [base, head].filter((version) => version !== null),
      ),
    candidates(change, contents, environments) {
      const layout = layoutIn(change, environments)
      const { files, where } = changedFiles(change, contents, environments, layout)
      const { siblings, chartValues, bases, overlays } = siblingsOf(change, layout)
      return [
        ...siblings,
        ...chartValues,
        ...bases,
        ...overlays,
        ...where.definitions,
        ...where.readers,
        ...templatesInQuestion(files, change),
      ]
    },
    prepare: async () => {},
    extract(change, contents, environments) {
      const layout = layoutIn(change, environments)
      const { files, reads, moved, names, where } = changedFiles(change, contents, environments, layout)
      const { siblings, chartValues, bases, overlays, truncated } = siblingsOf(change, layout)
      const unchanged = (path: string): ConfigFile | null => {
        const entry = bases.find((one) => one.path === path)
        return entry === undefined ? null : configFile(entry, contents, environments, layout)
      }
      const facts = {
        files,
        siblings: siblings.flatMap((entry) => configFile(entry, contents, environments, layout) ?? []),
        inherits: new Map(
          groupsIn(files, siblings, layout).map(
            (group) => [group, inheritedBy(layout.basesOf(group), files, unchanged)] as const,
          ),
        ),
        reads,
        mentions: mentionsOf(names, where.definitions, contents),
        readElsewhere: readersOf(names, [...where.readers, ...where.definitions.filter(isApplication)], contents),
        chartValues: new Map(
          chartValues.flatMap((entry) => {
            const file = configFile(entry, contents, environments, layout)
            return file === null ? [] : [[entry.path.slice(0, entry.path.lastIndexOf('/')), file] as const]
          }),
        ),
        chartOverlays: overlaysOf(
          files.flatMap(({ head }) => head ?? []),
          overlays.flatMap((entry) => configFile(entry, contents, environments, layout) ?? []),
        ),
        templates: templateReads(templatesInQuestion(files, change), contents),
        objectKeys: objectKeys(files, where.definitions, contents),
        moved,
        localDefaults: localDefaults(
          moved.flatMap(({ settings }) => settings),
          [...where.readers, ...where.definitions],
          contents,
        ),
        switches: changedSources(change)
          .map((file) => ({ file, base: switchesOf(file.base, contents), head: switchesOf(file.head, contents) }))
          .filter(({ head }) => head.length > 0),
        credentials: [...changedSources(change), ...otherHolders(change)].flatMap(addedCredentials),
        places: where.definitions.map(({ path }) => path).filter(holdsVariables),
        takenWhole: takesWholeSecret(
          [...changedConfigs(change).flatMap(({ head }) => head ?? []), ...where.definitions],
          contents,
        ),
        searched: { files: where.definitions.length, truncated: where.truncated },
        environments,
      }
      return { facts, notes: [...notesOf(files), ...(truncated ? [TRUNCATED] : [])] }
    },
  }
}

/** By chart, changed files and unchanged ones. */
function overlaysOf(
  changed: readonly ConfigFile[],
  unchanged: readonly ConfigFile[],
): ReadonlyMap<string, readonly ConfigFile[]> {
  const charts = new Set(changed.flatMap(({ path }) => chartOf(path) ?? chartOfValues(path) ?? []))
  const found = new Map<string, ConfigFile[]>()
  for (const file of [...changed, ...unchanged]) {
    const chart = chartOver(file.path, charts)
    if (chart !== null) found.set(chart, [...(found.get(chart) ?? []), file])
  }
  return found
}

/** Groups of the changed files, and those that were read beside them. */
function groupsIn(
  files: readonly ChangedConfig[],
  siblings: readonly FileVersion[],
  layout: Layout,
): readonly string[] {
  return [
    ...new Set([
      ...files.flatMap(({ base, head }) => (head ?? base)?.group ?? []),
      ...siblings.map(({ path }) => layout.place(path).group),
    ]),
  ]
}

interface Asked {
  readonly files: readonly ChangedConfig[]
  readonly reads: readonly ReadsOfFile[]
  readonly moved: readonly MovedAddress[]
  readonly names: ReadonlySet<string>
  readonly where: Definitions
}

const TRUNCATED: Note = {
  kind: 'siblings-truncated',
  says: 'A changed configuration file has more siblings than are compared; the rest was not looked at',
}

function readsOf(version: FileVersion | null, contents: Contents): readonly EnvRead[] {
  const language = version === null ? null : codeLanguage(version.path)
  const text = contents.textOf(version)
  return language === null || text === null || text.length > MAX_CONFIG_CHARS ? [] : envReads(text, language)
}

function switchesOf(version: FileVersion | null, contents: Contents): readonly CodeSwitch[] {
  const language = version === null ? null : codeLanguage(version.path)
  const text = contents.textOf(version)
  return language === null || text === null || text.length > MAX_CONFIG_CHARS ? [] : codeSwitches(text, language)
}

function isApplication({ path }: { readonly path: string }): boolean {
  return configKind(path)?.family === 'spring'
}

function holdsVariables(path: string): boolean {
  const kind = configKind(path)
  return kind !== null && (kind.example || PLACES.has(kind.family) || SETTINGS_FILE.test(path))
}

function notesOf(files: readonly ChangedConfig[]): readonly Note[] {
  return files.flatMap(({ file, base, head }): readonly Note[] => {
    const reason = unreadReason(base, head)
    if (reason === null) return []
    return [{ kind: 'configuration-not-read', says: `Configuration was not compared: ${reason}`, path: file.path }]
  })
}

/** Null where the head could be read, and where it could not but the base could: that is an exposure. */
function unreadReason(base: ConfigFile | null, head: ConfigFile | null): string | null {
  if (head?.parsed.status === 'skipped') return head.parsed.reason
  if (head?.parsed.status !== 'broken' || (base !== null && base.parsed.status !== 'broken')) return null
  return `it is ${head.parsed.problem} from line ${head.parsed.line} on`
}
