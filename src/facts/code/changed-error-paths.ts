import type { ChangedFile } from '../../change/change.ts'
import type { CodeFacts, CodeFactsOfChange, CodeOfFile, ErrorPath } from './code-facts.ts'

/** An error path that the change adds, or whose behaviour it changes. */
export interface ChangedErrorPath {
  readonly file: ChangedFile
  readonly facts: CodeFacts
  readonly path: ErrorPath
  /** What stood there before; null when it is new. */
  readonly before: ErrorPath | null
}

/** A point of failure of the base that the head does not have any more, though its function is still there. */
export interface GoneErrorPath {
  readonly file: ChangedFile
  readonly base: CodeFacts
  readonly head: CodeFacts
  readonly path: ErrorPath
}

export interface ComparedErrorPaths {
  readonly changed: readonly ChangedErrorPath[]
  readonly gone: readonly GoneErrorPath[]
}

interface Candidate {
  readonly one: CodeOfFile
  readonly file: string
  readonly path: ErrorPath
  readonly key: string
  taken: boolean
}

/** So many names may be others without another meaning: a few, and more in a long handler. */
const MIN_RENAMED = 3
const TOKENS_A_NAME = 20
/** Below this share of equal tokens two error paths are different ones. */
const SIMILAR = 0.5
/** The same for one that may come from another place, where more must be alike. */
const MOVED = 0.75
/** Shorter error paths are alike by chance. Tokens. */
const MIN_MOVED = 10
/** Shorter messages are said by many. Characters. */
const MIN_MESSAGE = 12

/**
 * Compares the two trees. What was moved (within a file or between files), renamed, reformatted or only commented has
 * its equal in the base and is not new.
 */
export function compareErrorPaths(code: CodeFactsOfChange): ComparedErrorPaths {
  const pool = code.files.flatMap((one) => candidatesOf(one))
  const byKey = groupBy(pool, (candidate) => candidate.key)
  const byPlace = groupBy(pool, (candidate) => placeIn(candidate.file, candidate.path))
  const open = code.files.flatMap((one) => headPathsOf(one))

  const unlike = open.filter(
    ({ one, path }) =>
      !take(
        byKey.get(keyOf(path)),
        (candidate) =>
          isSamePlace(candidate, one, path) && candidate.path.form === path.form && isSameWork(candidate.path, path),
      ),
  )
  const notInPlace = unlike.filter(
    ({ one, path }) => !take(byKey.get(keyOf(path)), (candidate) => isSamePlace(candidate, one, path)),
  )
  const notMoved = notInPlace.filter(
    ({ path }) => !take(byKey.get(keyOf(path)), (candidate) => candidate.path.owner === path.owner),
  )
  const fresh = notMoved.filter(
    ({ path }) => !take(byKey.get(keyOf(path)), (candidate) => isSameWork(candidate.path, path)),
  )
  const followed = fresh.map(({ one, facts, path }) => {
    const before = predecessor(byPlace.get(placeOf(one, path)) ?? renamed(pool, one, facts, path), path)
    return { file: one.file, facts, path, before }
  })
  const left = pool.filter((candidate) => !candidate.taken || isWithoutFunction(candidate))
  const changed = followed
    .map((one) => (one.before === null ? { ...one, before: movedFrom(left, one.path) } : one))
    .filter(({ path, before }) => before === null || !isRenamed(before, path))
  return { changed, gone: pool.filter((candidate) => !candidate.taken).flatMap(goneOf) }
}

export function changedErrorPaths(code: CodeFactsOfChange): readonly ChangedErrorPath[] {
  return compareErrorPaths(code).changed
}

/** The same kind of raise in functions of the file that the head does not have: one of them may have a new name. */
function renamed(pool: readonly Candidate[], one: CodeOfFile, head: CodeFacts, path: ErrorPath): readonly Candidate[] {
  if (path.kind !== 'raise') return []
  const file = one.file.base?.path ?? one.file.path
  return pool.filter(
    (candidate) =>
      candidate.file === file &&
      candidate.path.kind === 'raise' &&
      !head.functions.some((fn) => fn.qualifiedName === candidate.path.owner),
  )
}

/** Its function is not in the file any more. */
function isWithoutFunction({ one: { head }, path }: Candidate): boolean {
  if (head === null || 'reason' in head) return head === null
  return path.owner !== null && !head.functions.some((fn) => fn.qualifiedName === path.owner)
}

function goneOf({ one, path }: Candidate): readonly GoneErrorPath[] {
  const { file, base, head } = one
  if (base === null || head === null || 'reason' in base || 'reason' in head) return []
  const stays = path.owner !== null && head.functions.some((fn) => fn.qualifiedName === path.owner)
  return stays ? [{ file, base, head, path }] : []
}

function candidatesOf(one: CodeOfFile): Candidate[] {
  const base = one.base ?? one.copiedFrom ?? null
  if (base === null || 'reason' in base) return []
  const file = one.file.base?.path ?? one.file.path
  return base.errorPaths.map((path) => ({ one, file, path, key: keyOf(path), taken: false }))
}

function headPathsOf(one: CodeOfFile): { one: CodeOfFile; facts: CodeFacts; path: ErrorPath }[] {
  const { head } = one
  if (head === null || 'reason' in head) return []
  return head.errorPaths.map((path) => ({ one, facts: head, path }))
}

function keyOf(path: ErrorPath): string {
  return `${path.kind} ${path.tokens.join(' ')}`
}

function placeOf(one: CodeOfFile, path: ErrorPath): string {
  return placeIn(one.file.base?.path ?? one.file.path, path)
}

/** Without the numbers of the owner: `importV3` of the copied file is `importV2` of the old one. */
function placeIn(file: string, { owner, kind }: ErrorPath): string {
  return `${file}\0${owner?.replace(/\d+/g, '') ?? ''}\0${kind}`
}

function isSamePlace(candidate: Candidate, one: CodeOfFile, path: ErrorPath): boolean {
  return candidate.file === (one.file.base?.path ?? one.file.path) && candidate.path.owner === path.owner
}

/** A handler like many others is the old one only where it watches over the same work. */
function isSameWork(before: ErrorPath, after: ErrorPath): boolean {
  if (before.protects.length === 0 || after.protects.length === 0) return true
  return after.protects.some((call) => before.protects.includes(call))
}

/** Marks the first free candidate that fits; each stands for one path only. */
function take(candidates: readonly Candidate[] | undefined, fits: (candidate: Candidate) => boolean): boolean {
  const found = candidates?.find((candidate) => !candidate.taken && fits(candidate))
  if (found === undefined) return false
  found.taken = true
  return true
}

/** The most similar free path of the same function and kind. */
function predecessor(candidates: readonly Candidate[], path: ErrorPath): ErrorPath | null {
  return takeMostAlike(candidates, SIMILAR, (before) => similarity(before, path))
}

/** Marks the free candidate that is most alike, the first of several; null where none is as much alike as `least`. */
function takeMostAlike(
  candidates: readonly Candidate[],
  least: number,
  shareOfEqual: (before: ErrorPath) => number,
): ErrorPath | null {
  let best: Candidate | null = null
  let bestShare = least
  for (const candidate of candidates) {
    if (candidate.taken) continue
    const share = shareOfEqual(candidate.path)
    if (share < bestShare || (best !== null && share === bestShare)) continue
    best = candidate
    bestShare = share
  }
  if (best === null) return null
  best.taken = true
  return best.path
}

/**
 * What went from another function, with small edits, and is in its old place no more. The same words make a failure the
 * same one even where its condition is written in another way; one that many shared may be written out in each.
 */
function movedFrom(left: readonly Candidate[], path: ErrorPath): ErrorPath | null {
  const same = isTold(path) ? left.find((candidate) => saysTheSame(candidate.path, path)) : undefined
  if (same !== undefined) return same.path
  if (path.tokens.length < MIN_MOVED) return null
  const tokens = path.tokens.map(lower)
  return takeMostAlike(left, MOVED, (before) =>
    before.kind === path.kind &&
    before.form === path.form &&
    before.tokens.length >= MIN_MOVED &&
    isSameWork(before, path)
      ? shareOf(before.tokens.map(lower), tokens)
      : 0,
  )
}

function isTold({ kind, outcome }: ErrorPath): boolean {
  return kind === 'raise' || outcome === 'translate' || outcome === 'respond'
}

function saysTheSame(before: ErrorPath, after: ErrorPath): boolean {
  if (!isTold(before)) return false
  return after.signature.messages.some(
    (message) => message.length >= MIN_MESSAGE && before.signature.messages.includes(message),
  )
}

/** What was its own becomes somebody's: `logger` is `h.Logger`. */
function lower(token: string): string {
  return token.toLowerCase()
}

/** Share of equal tokens; a handler whose body was rewritten is still the same one when it protects the same calls. */
function similarity(before: ErrorPath, after: ErrorPath): number {
  const share = shareOf(before.tokens, after.tokens)
  const protectsSame = after.protects.length > 0 && after.protects.some((call) => before.protects.includes(call))
  return protectsSame && (before.form === after.form || after.form === '_ =') ? Math.max(share, SIMILAR) : share
}

/** Order does not count. */
function shareOf(before: readonly string[], after: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const token of before) counts.set(token, (counts.get(token) ?? 0) + 1)
  let equal = 0
  for (const token of after) {
    const left = counts.get(token) ?? 0
    if (left === 0) continue
    counts.set(token, left - 1)
    equal++
  }
  return (2 * equal) / Math.max(1, before.length + after.length)
}

/** Equal but for names that changed the same way everywhere. The name of an error type is no mere name. */
function isRenamed(before: ErrorPath, after: ErrorPath): boolean {
  if (before.tokens.length !== after.tokens.length || before.outcome !== after.outcome) return false
  if (before.signature.types.join() !== after.signature.types.join()) return false
  const names = new Map<string, string>()
  for (const [index, token] of before.tokens.entries()) {
    const other = after.tokens[index] ?? ''
    if (token === other) continue
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(token) || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(other)) return false
    const known = names.get(token)
    if (known !== undefined && known !== other) return false
    names.set(token, other)
  }
  return (
    new Set(names.values()).size === names.size &&
    names.size <= Math.max(MIN_RENAMED, before.tokens.length / TOKENS_A_NAME)
  )
}

function groupBy(
  candidates: readonly Candidate[],
  key: (candidate: Candidate) => string,
): ReadonlyMap<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const list = groups.get(key(candidate))
    if (list === undefined) groups.set(key(candidate), [candidate])
    else list.push(candidate)
  }
  return groups
}
