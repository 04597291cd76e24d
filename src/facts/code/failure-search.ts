import type { ChangedFile } from '../../change/change.ts'
import { nounsOf } from './address-words.ts'
import { callersOf, constructorsOf } from './callers.ts'
import type { CodeFacts, ErrorPath, LineRange, Unreadable } from './code-facts.ts'

/** Shorter pieces of a message are no proof. Characters. */
const MIN_MESSAGE = 10
/** Shorter nouns stand in every text. Characters of all together. */
const MIN_NOUNS = 4

/**
 * Words of which a test that drives a touched failure of this file has at least one: the functions it stands in, those
 * that call them, and what the failure says. Empty when the change touches no error path.
 */
export function failureWords(
  file: ChangedFile,
  base: CodeFacts | Unreadable | null,
  head: CodeFacts | Unreadable | null,
): readonly string[] {
  if (head === null || 'reason' in head) return []
  const before = base === null || 'reason' in base ? null : base
  const touched = head.errorPaths.filter(({ range }) => isTouched(file, range, 'head'))
  const gone = (before?.errorPaths ?? []).filter(
    ({ kind, range }) => kind === 'raise' && isTouched(file, range, 'base'),
  )
  const owners = [...touched, ...gone].map((path) => path.owner ?? '')
  const names = new Set([...owners, ...dropping(file, before, head)].flatMap(ownNames))
  if (names.size === 0) return []
  const makers = owners.flatMap((owner) => constructorsOf(head.functions, owner))
  const found = new Set([...names, ...touched.flatMap(ownMessages), ...callersOf(head.functions, names), ...makers])
  return [...found].filter((word) => word.length > 2)
}

/**
 * What the functions are about that refuse or answer a failure where this change touches them: a test that asks for one
 * of them from outside says all words of it in an address.
 */
export function addressedNouns(file: ChangedFile, head: CodeFacts | Unreadable | null): readonly (readonly string[])[] {
  if (head === null || 'reason' in head) return []
  const owners = head.errorPaths
    .filter(({ kind, outcome, range }) => (kind === 'raise' || outcome === 'respond') && isTouched(file, range, 'head'))
    .map(({ owner }) => owner?.split('.').at(-1) ?? '')
  return [...new Set(owners)].map(nounsOf).filter((nouns) => nouns.join('').length >= MIN_NOUNS)
}

/** Functions that may have lost sight of a failure. */
function dropping(file: ChangedFile, before: CodeFacts | null, after: CodeFacts): readonly string[] {
  const watched = new Map(before?.functions.map((fn) => [fn.qualifiedName, fn.watches]))
  return after.functions.flatMap(({ qualifiedName, drops }) =>
    drops.some(({ call, range }) => watched.get(qualifiedName)?.includes(call) && isTouched(file, range, 'head'))
      ? [qualifiedName]
      : [],
  )
}

/** Without hunks everything counts as touched. */
function isTouched({ hunks }: ChangedFile, { startLine, endLine }: LineRange, side: 'base' | 'head'): boolean {
  if (hunks.length === 0) return true
  return hunks.some((hunk) => {
    const from = side === 'head' ? hunk.headStart : hunk.baseStart
    const lines = side === 'head' ? hunk.headLines : hunk.baseLines
    return from <= endLine && startLine <= from + lines
  })
}

/** A route is known by its path: `POST /refunds` by `/refunds`. */
function ownNames(owner: string): readonly string[] {
  return owner.split('.').flatMap((name) => {
    const route = /^[A-Z]+ (\/[^:{[]*)/.exec(name)?.[1]
    return route === undefined ? [name] : [route]
  })
}

function ownMessages(path: ErrorPath): readonly string[] {
  return path.signature.messages.filter((message) => message.length >= MIN_MESSAGE)
}
