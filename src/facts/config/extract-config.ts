import type { Blob } from '../../change/blob.ts'
import type { BlobId, Change, ChangedFile, Location } from '../../change/change.ts'
import { codeLanguage } from './code-text.ts'
import { MAX_CONFIG_CHARS } from './config-entry.ts'
import type { ChangedConfig, ConfigFactsOfChange, ConfigFile, Mention, ReadsOfFile } from './config-facts.ts'
import { configKind } from './config-family.ts'
import { type EnvRead, envReads } from './env-reads.ts'
import { placeOf } from './environments.ts'
import { parseConfig } from './parse-config.ts'
import { hasProviderForm } from './secrets.ts'
import { type ConfigSelection, selectConfig } from './select-config.ts'

type Contents = ReadonlyMap<BlobId, Blob>

/** From contents already read to facts; pure. `environments` are the policy's names. */
export function extractConfig(
  change: Change,
  contents: Contents,
  environments: readonly string[],
): ConfigFactsOfChange {
  const selection = selectConfig(change, environments)
  const textAt = (path: string): Blob | null => {
    const blob = change.headTree?.entries.get(path)?.blob
    return blob === undefined ? null : (contents.get(blob) ?? null)
  }
  const files = selection.configs.map(
    (file): ChangedConfig => ({
      file,
      base: file.base === null ? null : configFile(file.base.path, blobOf(contents, file.base.blob), environments),
      head: file.head === null ? null : configFile(file.head.path, blobOf(contents, file.head.blob), environments),
    }),
  )
  const siblings = selection.siblings.flatMap((path) => configFile(path, textAt(path), environments) ?? [])
  const reads = selection.sources
    .map((file) => readsOf(file, contents))
    .filter((reads) => reads.base.length + reads.head.length > 0)
  const names = namesInQuestion(files, reads)
  return {
    files,
    siblings,
    reads,
    mentions: names.size === 0 ? new Map() : mentionsOf(names, selection, textAt),
    readElsewhere: names.size === 0 ? new Map() : readersOf(names, selection, textAt),
    chartValues: new Map(
      selection.chartValues.flatMap((path) => {
        const file = configFile(path, textAt(path), environments)
        return file === null ? [] : [[path.slice(0, path.lastIndexOf('/')), file] as const]
      }),
    ),
    credentials: selection.sources.flatMap(addedCredentials),
    places: selection.definitions.filter((path) => holdsVariables(path)),
    searched: { files: selection.definitions.length, truncated: selection.truncated },
    environments,
  }
}

const PLACES = new Set(['dotenv', 'compose', 'helm-values', 'manifest', 'platform', 'terraform', 'spring'])

function holdsVariables(path: string): boolean {
  const kind = configKind(path)
  return kind !== null && (kind.example || PLACES.has(kind.family))
}

function addedCredentials(file: ChangedFile): readonly Location[] {
  const lines = file.hunks.flatMap((hunk) => hunk.lines)
  return lines.flatMap((line) => {
    if (line.kind !== 'add' || line.head === null || line.text.length > MAX_LINE) return []
    const found = line.text.match(/[A-Za-z0-9_.-]{20,}/g)?.some(hasProviderForm) === true
    return found ? [headLine(file.path, line.head)] : []
  })
}

const MAX_LINE = 4000

function blobOf(contents: Contents, blob: BlobId | null): Blob | null {
  return blob === null ? null : (contents.get(blob) ?? null)
}

function configFile(path: string, blob: Blob | null, environments: readonly string[]): ConfigFile | null {
  const kind = configKind(path)
  if (kind === null) return null
  const { environment, group } = placeOf(path, environments)
  const parsed =
    blob?.status === 'text'
      ? parseConfig(blob.text, kind, environments)
      : {
          status: 'skipped' as const,
          reason: blob === null ? 'its text was not read' : `its text could not be read (${blob.status})`,
        }
  return { path, kind, environment, group, parsed }
}

function readsOf(file: ChangedFile, contents: Contents): ReadsOfFile {
  const side = (blob: BlobId | null | undefined): readonly EnvRead[] => {
    const language = codeLanguage(file.path)
    const text = blob === null || blob === undefined ? null : contents.get(blob)
    return language === null || text?.status !== 'text' || text.text.length > MAX_CONFIG_CHARS
      ? []
      : envReads(text.text, language)
  }
  return { file, base: side(file.base?.blob), head: side(file.head?.blob) }
}

/** Names that the change newly reads, or that a changed file no longer defines or newly passes on. */
function namesInQuestion(files: readonly ChangedConfig[], reads: readonly ReadsOfFile[]): ReadonlySet<string> {
  const before = new Set(reads.flatMap((file) => file.base.map((read) => read.name)))
  const names = new Set(reads.flatMap((file) => file.head.map((read) => read.name)).filter((name) => !before.has(name)))
  for (const { base, head } of files) {
    const defined = new Set(variables(head))
    for (const name of variables(base)) if (!defined.has(name)) names.add(name)
    const referenced = new Set(references(base))
    for (const name of references(head)) if (!referenced.has(name)) names.add(name)
  }
  return names
}

function variables(file: ConfigFile | null): readonly string[] {
  if (file?.parsed.status !== 'parsed') return []
  return file.parsed.entries.filter((entry) => entry.variable).map((entry) => entry.path.at(-1) ?? '')
}

function references(file: ConfigFile | null): readonly string[] {
  return file?.parsed.status === 'parsed'
    ? file.parsed.references.filter((reference) => reference.kind === 'variable').map((reference) => reference.name)
    : []
}

const MAX_MENTIONS = 5

/** Every word of a candidate is looked up once, whatever the number of names. */
function mentionsOf(
  names: ReadonlySet<string>,
  selection: ConfigSelection,
  textAt: (path: string) => Blob | null,
): ReadonlyMap<string, readonly Mention[]> {
  const found = new Map<string, Mention[]>()
  for (const path of selection.definitions) {
    const blob = textAt(path)
    if (blob?.status !== 'text' || blob.text.length > MAX_CONFIG_CHARS) continue
    for (const [name, line] of [...words(blob.text, names), ...properties(path, blob.text, names)]) {
      const known = found.get(name) ?? []
      if (known.length < MAX_MENTIONS)
        found.set(name, [...known, { at: headLine(path, line), how: howMentioned(path) }])
    }
  }
  return found
}

function howMentioned(path: string): Mention['how'] {
  const kind = configKind(path)
  if (kind?.example === true) return 'example'
  if (/\.(?:md|mdx|rst|adoc|txt)$/i.test(path)) return 'documented'
  return kind === null || kind.family === 'workflow' ? 'passed' : 'defined'
}

function words(text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    for (const match of line.matchAll(/[A-Za-z_][\w]*/g)) {
      if (names.has(match[0]) && !found.has(match[0])) found.set(match[0], index + 1)
    }
  }
  return found
}

/** Keys of the application's own configuration, as its relaxed binding finds them: `pay.max-retries` is `pay.maxRetries`. */
function properties(path: string, text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const wanted = new Map([...names].filter((name) => /[.-]/.test(name)).map((name) => [relaxed(name), name]))
  const kind = wanted.size === 0 ? null : configKind(path)
  const result = kind?.family === 'spring' ? parseConfig(text, kind, []) : null
  const found = new Map<string, number>()
  for (const entry of result?.status === 'parsed' ? result.entries : []) {
    const name = wanted.get(relaxed(entry.path.join('.')))
    if (name !== undefined && !found.has(name)) found.set(name, entry.line)
  }
  return found
}

function relaxed(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '')
}

function readersOf(
  names: ReadonlySet<string>,
  selection: ConfigSelection,
  textAt: (path: string) => Blob | null,
): ReadonlyMap<string, readonly Location[]> {
  const found = new Map<string, Location[]>()
  for (const path of selection.readers) {
    const blob = textAt(path)
    const language = codeLanguage(path)
    if (blob?.status !== 'text' || language === null || blob.text.length > MAX_CONFIG_CHARS) continue
    for (const read of envReads(blob.text, language)) {
      if (names.has(read.name)) found.set(read.name, [...(found.get(read.name) ?? []), headLine(path, read.line)])
    }
  }
  return found
}

function headLine(path: string, line: number): Location {
  return { path, startLine: line, endLine: line, side: 'head' }
}
