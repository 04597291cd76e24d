import type { Practice } from '../../facts/behaviour/behaviour-facts.ts'

/** Keys further apart are different flags. Edits. */
const MAX_DISTANCE = 2
/** Shorter keys are alike by chance. Characters. */
const MIN_LENGTH = 6

/** The key of a manifest that a key was probably meant to be; null when it is there, or nothing is near. */
export function nearestKey(key: string, keys: Practice['flagKeys']): Practice['flagKeys'][number] | null {
  const wanted = plain(key)
  if (wanted.length < MIN_LENGTH || keys.some((one) => plain(one.key) === wanted)) return null
  return keys.find((one) => plain(one.key).length >= MIN_LENGTH && isNear(plain(one.key), wanted)) ?? null
}

/** Where the flags of the repository are listed. */
export interface Manifest {
  readonly path: string
  /** Flags that the changed files asked before are all in it: a new one that is not was forgotten. */
  readonly isKept: boolean
}

/** Manifests beyond these were not read. Files. */
const MOST_READ = 12

/** The manifest that lacks a key; null when it is there, when there is no manifest, or when not all of it was read. */
export function manifestWithout(key: string, keys: Practice['flagKeys'], asked: readonly string[]): Manifest | null {
  const lists = keys.filter(({ path }) => /\.(?:json|ya?ml)$/.test(path))
  const [first] = lists
  if (first === undefined || new Set(keys.map(({ path }) => path)).size >= MOST_READ) return null
  const known = new Set(keys.map((one) => plain(one.key)))
  for (const { path } of lists) known.add(plain(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')))
  if (plain(key).length < MIN_LENGTH || known.has(plain(key))) return null
  const others = asked.filter((one) => plain(one) !== plain(key))
  return { path: first.path, isKept: others.length > 0 && others.every((one) => known.has(plain(one))) }
}

/** SDKs and manifests write one key in many cases: `new-nav`, `newNav`, `NEW_NAV`. */
function plain(key: string): string {
  return key.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}

function isNear(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > MAX_DISTANCE || /\d/.test(a) || /\d/.test(b)) return false
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return (row[b.length] ?? MAX_DISTANCE + 1) <= MAX_DISTANCE
}
