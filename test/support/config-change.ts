import { createHash } from 'node:crypto'
import type { Blob } from '../../src/change/blob.ts'
import type { Change, ChangedFile, DiffLine, FileVersion, Note, PathRole, Tree } from '../../src/change/change.ts'
import { contentsOf } from '../../src/change/contents.ts'
import { configEnv } from '../../src/checks/config-env/check.ts'
import type { Exposure } from '../../src/checks/define-check.ts'
import { configFactReader } from '../../src/facts/config/config-fact-reader.ts'
import type { ConfigFactsOfChange } from '../../src/facts/config/config-facts.ts'
import { noFacts } from './no-facts.ts'

/** Text before and after; null where the file is not there. A plain text is a file that the change leaves alone. */
export type Files = Readonly<Record<string, string | readonly [before: string | null, after: string | null]>>

interface ConfigChange {
  readonly change: Change
  readonly facts: ConfigFactsOfChange
  readonly notes: readonly Note[]
}

/** A change of two trees in memory, read by the real reader in its rounds: only what it asks for has contents. */
function configChange(
  files: Files,
  environments: readonly string[] = ['production', 'staging'],
  message: string | null = null,
): ConfigChange {
  const [title = null, description] = message?.split('\n\n') ?? []
  const blobs = new Map<string, Blob>()
  const version = (path: string, text: string | null): FileVersion | null => {
    if (text === null) return null
    const blob = createHash('sha1').update(text).digest('hex')
    blobs.set(blob, { status: 'text', text })
    return { path, blob, kind: 'file' }
  }
  const sides = Object.entries(files).map(([path, text]) =>
    typeof text === 'string' ? ([path, text, text] as const) : ([path, ...text] as const),
  )
  const ordered = sides.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const tree = (side: 1 | 2): Tree => {
    const entries = ordered.flatMap((file) => version(file[0], file[side]) ?? [])
    return {
      truncated: false,
      entries: new Map(
        entries.map((entry) => [entry.path, { path: entry.path, blob: entry.blob ?? '', kind: entry.kind }]),
      ),
    }
  }
  const changed = ordered
    .filter(([, before, after]) => before !== after)
    .map(([path, before, after]) => changedFile(path, version(path, before), version(path, after), before, after))
  const change: Change = {
    base: 'a'.repeat(40),
    head: 'b'.repeat(40),
    mergeBase: 'a'.repeat(40),
    title,
    ...(description === undefined ? {} : { description }),
    files: changed,
    baseTree: tree(1),
    headTree: tree(2),
    notes: [],
  }
  const reader = configFactReader()
  const first = pick(blobs, reader.changed(change))
  const second = pick(blobs, reader.candidates(change, contentsOf(first), environments))
  const { facts, notes } = reader.extract(change, contentsOf(new Map([...first, ...second])), environments)
  return { change, facts, notes }
}

function pick(blobs: ReadonlyMap<string, Blob>, versions: readonly FileVersion[]): ReadonlyMap<string, Blob> {
  return new Map(
    versions.flatMap(({ blob }) => (blob === null ? [] : [[blob, blobs.get(blob) ?? { status: 'missing' }]])),
  )
}

function changedFile(
  path: string,
  base: FileVersion | null,
  head: FileVersion | null,
  before: string | null,
  after: string | null,
): ChangedFile {
  const [old, now] = [lines(before), lines(after)]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const removed = old
    .slice(start, old.length - end)
    .map((text, index): DiffLine => ({ kind: 'del', text, base: start + index + 1, head: null, noNewline: false }))
  const added = now
    .slice(start, now.length - end)
    .map((text, index): DiffLine => ({ kind: 'add', text, base: null, head: start + index + 1, noNewline: false }))
  const hunk = {
    baseStart: start + 1,
    baseLines: removed.length,
    headStart: start + 1,
    headLines: added.length,
    lines: [...removed, ...added],
  }
  const status = base === null ? 'added' : head === null ? 'removed' : 'modified'
  return {
    path,
    status,
    base,
    head,
    binary: false,
    hunks: [hunk],
    additions: added.length,
    deletions: removed.length,
    role: roleOf(path),
  }
}

function roleOf(path: string): PathRole {
  return /(?:^|\/)tests?\/|\.test\./.test(path) ? 'test' : 'source'
}

function lines(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

const NO_OPTIONS = { expected: [], provided: [] }

/** What the real check says of the change. */
export function assessConfig(
  files: Files,
  options: unknown = NO_OPTIONS,
  environments?: readonly string[],
  title?: string,
): ReturnType<typeof configEnv.assess> {
  const { change, facts } = configChange(files, environments, title)
  return configEnv.assess(change, { ...noFacts, config: facts }, options)
}

export function exposuresOf(
  files: Files,
  options?: unknown,
  environments?: readonly string[],
  title?: string,
): readonly Exposure[] {
  const outcome = assessConfig(files, options, environments, title)
  return outcome.status === 'assessed' ? outcome.exposures : []
}

/** What the reader says that it did not look at. */
export function notesOn(files: Files): readonly string[] {
  return configChange(files).notes.map(({ says, path }) => `${path}: ${says}`)
}

/** Uncovered and worth raising, one line each: `high trailing-slash-differs .env.production:1`. */
export function raised(
  files: Files,
  options?: unknown,
  environments?: readonly string[],
  title?: string,
): readonly string[] {
  return exposuresOf(files, options, environments, title)
    .filter((exposure) => exposure.severity !== 'low' && exposure.evidence.length === 0)
    .map(({ severity, kind, at }) => `${severity} ${kind} ${at.path}:${at.startLine}`)
}
