import type { Blob } from './change/blob.ts'
import type { BlobId, Change, ChangedFile, FileVersion, Location, Note, PathRole } from './change/change.ts'
import type { ChangeSource } from './change/change-source.ts'
import { isGeneratedText } from './change/classify-path.ts'
import { type Contents, contentsOf } from './change/contents.ts'
import type { Need } from './checks/define-check.ts'
import { checks } from './checks/index.ts'
import { extractFacts, type FactReaders } from './facts/fact-readers.ts'
import type { Policy } from './policy/policy.ts'
import { createPolicyScope, type PolicyScope } from './policy/policy-scope.ts'
import { checkIds, review } from './review/review.ts'
import type { Review } from './review/review-types.ts'

/** What a review needs besides the change: it is made once and serves any number of reviews. */
export interface Engine {
  readonly readers: FactReaders
  readonly version: string
}

export interface ReviewRun {
  readonly review: Review
  /** Source lines around a location, for a report that shows code; null when that text was not read, or may hold secrets. */
  readonly lines: (at: Location, context: number) => readonly { readonly line: number; readonly text: string }[] | null
}

/** The order of the stages: source → change → facts → checks → review. Reads in three rounds, each one batch. */
export async function reviewChange(engine: Engine, source: ChangeSource, policy: Policy): Promise<ReviewRun> {
  const change = await source.readChange()
  const scope = createPolicyScope(policy)
  const listed = withoutIgnored(change, scope)
  const needs = neededBy(scope)
  const readers = Object.values(engine.readers)
  const wanted = readers.filter((reader) => needs.has(reader.need))
  for (const reader of wanted) reader.begin?.(listed.change)

  const changed = await source.readBlobs(idsOf(wanted.flatMap((reader) => reader.changed(listed.change))))
  const written = withGenerated(listed.change, contentsOf(changed))
  const bounded = withinBounds(written.change, contentsOf(changed))
  const seen = bounded.change
  const more = idsOf(
    wanted.flatMap((reader) => reader.candidates(seen, contentsOf(changed), policy.environments)),
  ).filter((id) => !changed.has(id))
  const blobs: ReadonlyMap<BlobId, Blob> = new Map([
    ...changed,
    ...(more.length === 0 ? [] : await source.readBlobs(more)),
  ])
  const contents = contentsOf(blobs)
  for (const reader of wanted) await reader.prepare(seen, contents)

  const read = extractFacts(engine.readers, needs, seen, contents, policy.environments, policy.catalog)
  const notes = [...change.notes, ...listed.notes, ...written.notes, ...bounded.notes, ...read.notes]
  return {
    review: review({ change, seen, facts: read.facts, policy, notes, version: engine.version }),
    lines: (at, context) => linesOf(seen, contents, at, context),
  }
}

function neededBy(scope: PolicyScope): ReadonlySet<Need> {
  const enabled = checkIds().filter((id) => scope.isOn(id))
  return new Set(enabled.flatMap((id) => [...checks[id].needs]))
}

function withoutIgnored(
  change: Change,
  scope: PolicyScope,
): { readonly change: Change; readonly notes: readonly Note[] } {
  const files = change.files.filter((file) => !scope.isIgnored(file.path))
  const count = change.files.length - files.length
  if (count === 0) return { change, notes: [] }
  const says = `${count} ${count === 1 ? 'file' : 'files'} not looked at: the policy ignores ${count === 1 ? 'it' : 'them'}`
  return { change: { ...change, files }, notes: [{ kind: 'ignored-by-policy', says }] }
}

/** A generated file says so in its head, which only the second round brings. That it says so only now is told: a person could write it. */
function withGenerated(
  change: Change,
  contents: Contents,
): { readonly change: Change; readonly notes: readonly Note[] } {
  const saysSo = (version: FileVersion | null): boolean => {
    const text = contents.textOf(version)
    return text !== null && isGeneratedText(text.slice(0, 4_096))
  }
  const fresh: string[] = []
  const files = change.files.map((file): ChangedFile => {
    if (!saysSo(file.head ?? file.base)) return file
    if (file.role === 'source' && !saysSo(file.base)) fresh.push(file.path)
    return { ...file, role: 'generated' }
  })
  const [only] = fresh
  if (only === undefined) return { change: { ...change, files }, notes: [] }
  const says = `Code in ${fresh.length} ${fresh.length === 1 ? 'file' : 'files'} not looked at: by its own text it is generated or minified`
  const note = { kind: 'generated-by-text', says, ...(fresh.length === 1 ? { path: only } : {}) }
  return { change: { ...change, files }, notes: [note] }
}

/** Characters of changed code, base and head together, that are read: more would take minutes and gigabytes. */
const MAX_CODE = 16_000_000

/** What lies beyond the bound, in path order, is not read as code, and said. */
function withinBounds(
  change: Change,
  contents: Contents,
): { readonly change: Change; readonly notes: readonly Note[] } {
  let left = MAX_CODE
  let beyond = 0
  const files = change.files.map((file): ChangedFile => {
    if (file.role !== 'source') return file
    left -= (contents.textOf(file.base)?.length ?? 0) + (contents.textOf(file.head)?.length ?? 0)
    if (left >= 0) return file
    beyond++
    return { ...file, role: 'other' }
  })
  if (beyond === 0) return { change, notes: [] }
  const says = `Code in ${beyond} of ${change.files.length} files not looked at: the change has more than ${MAX_CODE / 1_000_000} MB of it`
  return { change: { ...change, files }, notes: [{ kind: 'code-beyond-bound', says }] }
}

function idsOf(versions: readonly FileVersion[]): readonly BlobId[] {
  return [...new Set(versions.flatMap((version) => (version.blob === null ? [] : [version.blob])))]
}

/** Values of configuration may be secret: their lines are never shown. */
const SHOWN: ReadonlySet<PathRole> = new Set(['source', 'test', 'migration'])

function linesOf(change: Change, contents: Contents, at: Location, context: number): ReturnType<ReviewRun['lines']> {
  const file = change.files.find((one) => (at.side === 'head' ? one.head?.path : one.base?.path) === at.path)
  const text = contents.textOf((at.side === 'head' ? file?.head : file?.base) ?? null)
  if (text === null || file === undefined || !SHOWN.has(file.role)) return null
  const lines = text.split('\n')
  const from = Math.max(1, at.startLine - context)
  const to = Math.min(lines.length, at.endLine + context)
  return lines.slice(from - 1, to).map((line, index) => ({ line: from + index, text: line.replace(/\r$/, '') }))
}
