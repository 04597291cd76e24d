import type { ChangedFile } from '../../change/change.ts'
import { encloses } from '../code/code-shape.ts'
import type { Behaviour, BehaviourOfFile, EntryPoint } from './behaviour-facts.ts'
import { mountsOf } from './mounts.ts'
import { lastPart } from './name-match.ts'

/** A way in that was not there before. */
export interface NewWayIn {
  readonly file: ChangedFile
  readonly head: Behaviour
  readonly entry: EntryPoint
}

interface Old {
  readonly entry: EntryPoint
  /** Path in front of it, where the changed files tell; null when they do not. */
  readonly prefix: string | null
  readonly behaviour: Behaviour
  taken: boolean
}

/** Shorter bodies are alike by chance. Characters of leaf text. */
const MIN_BODY = 24

/**
 * Ways in of the head whose identity no base has. Identity decides: one that moved to another file, or was reformatted, has
 * its equal. One whose handler's body was there before under another name or path was renamed, and is not new either.
 */
export function newWaysIn(files: readonly BehaviourOfFile[]): readonly NewWayIn[] {
  const olds = files.flatMap(({ file, base }) =>
    (base?.entryPoints ?? []).map(
      (entry): Old => ({
        entry,
        prefix: prefixOf(file.base?.path ?? file.path, entry, files, 'base'),
        behaviour: base ?? NONE,
        taken: false,
      }),
    ),
  )
  const unread = new Set(
    files.filter(({ file, base }) => file.base !== null && base === null).map(({ file }) => file.path),
  )
  const heads = files
    .filter(({ file }) => !unread.has(file.path))
    .flatMap(({ file, head }) => (head?.entryPoints ?? []).map((entry) => ({ file, head: head ?? NONE, entry })))
  const unknown = heads.filter(({ file, entry }) => {
    const prefix = prefixOf(file.path, entry, files, 'head')
    return !take(olds, (old) => isSame(old, entry, prefix))
  })
  return unknown.filter(({ head, entry }) => !take(olds, (old) => isRenamed(old, head, entry)))
}

/** The mount's path, where all mounts in the changed files agree on it. */
function prefixOf(
  path: string,
  entry: EntryPoint,
  files: readonly BehaviourOfFile[],
  side: 'base' | 'head',
): string | null {
  const prefixes = new Set(mountsOf(path, entry, files, side).map((one) => one.prefix))
  const [prefix] = prefixes
  return prefixes.size === 1 ? (prefix ?? null) : null
}

/** Equal as they stand, unless they are known to be mounted at different paths; or equal with the mounts' paths in front. */
function isSame(old: Old, entry: EntryPoint, prefix: string | null): boolean {
  const isDifferent = old.prefix !== null && prefix !== null && old.prefix !== prefix
  if (!isDifferent && keyOf(old.entry) === keyOf(entry)) return true
  return `${old.prefix ?? ''}${prefix ?? ''}` !== '' && mounted(old.entry, old.prefix) === mounted(entry, prefix)
}

function mounted(entry: EntryPoint, prefix: string | null): string {
  const at = entry.identity.indexOf('/')
  if (at === -1 || prefix === null) return keyOf(entry)
  return keyOf({ ...entry, identity: `${entry.identity.slice(0, at)}${prefix}${entry.identity.slice(at)}` })
}

const NONE: Behaviour = {
  entryPoints: [],
  outbound: [],
  signals: [],
  gates: [],
  alerts: [],
  flagDefaults: [],
  code: null,
}

function take(olds: readonly Old[], fits: (old: Old) => boolean): boolean {
  const found = olds.find((old) => !old.taken && fits(old))
  if (found === undefined) return false
  found.taken = true
  return true
}

/**
 * The framework is no part of it: a route that changed its framework is the same way in. Nor is how a path is written: names
 * of its parameters, anchors of a pattern, a slash at either end.
 */
export function keyOf(entry: EntryPoint): string {
  // A job is often named after its module: `shop.tasks.refund` is `refund` with its address.
  if (entry.kind === 'job') return `job ${lastPart(entry.identity.replace(/^job /, ''))}`
  return `${entry.kind} ${entry.identity
    .replace(/ \^?\/?/, ' ')
    .replace(/\/?\$$/, '')
    .replace(/[:{[<$][^/]*/g, '{}')
    .replace(/\/$/, '')
    .toLowerCase()}`
}

function isRenamed(old: Old, head: Behaviour, entry: EntryPoint): boolean {
  if (old.entry.kind !== entry.kind || old.entry.writes !== entry.writes) return false
  if (entry.kind === 'page') return lastSegment(old.entry) !== '' && lastSegment(old.entry) === lastSegment(entry)
  const before = bodyOf(old.behaviour, old.entry)
  const after = bodyOf(head, entry)
  if (before !== null && before.length >= MIN_BODY && before === after) return true
  const named = old.entry.handler !== null && entry.handler !== null && old.entry.body === null && entry.body === null
  return named && lastPart(old.entry.handler ?? '') === lastPart(entry.handler ?? '') && isTelling(entry.handler ?? '')
}

/** A page that moved below another one: `/orders/add` is `/shop/orders/add`. '' when it says nothing by itself. */
function lastSegment({ identity }: EntryPoint): string {
  const last = identity.slice(identity.lastIndexOf('/') + 1)
  return /^[\w-]{3,}$/.test(last) ? last.toLowerCase() : ''
}

/** A handler's name that says more than what every handler is called. */
function isTelling(name: string): boolean {
  return !/^(?:handler|handle|default|index|as_view|GET|POST|PUT|PATCH|DELETE|action|loader|run|execute)$/i.test(
    lastPart(name),
  )
}

function bodyOf({ code }: Behaviour, entry: EntryPoint): string | null {
  if (code === null || entry.body === null) return null
  const { body } = entry
  const inside = code.shape.functions.find((one) => encloses(body, one.span))
  return inside?.tokens ?? null
}
