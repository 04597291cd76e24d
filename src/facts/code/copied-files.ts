import type { Change, ChangedFile, FileVersion } from '../../change/change.ts'
import { classifyPath } from '../../change/classify-path.ts'

/** Files that are read for one change to see whether added ones are copies of them. */
const MAX_ORIGINALS = 12
/** The same for one added file. */
const MAX_PER_FILE = 2
/** A name that more files have, such as `index.ts`, tells nothing of where a copy comes from. */
const MAX_NAMESAKES = 4
/** Share of the lines of a copy that stand in its original; git asks as much of a copy. */
const MIN_SHARE = 0.5
/** Shorter lines, such as `}`, stand in every file. Characters. */
const MIN_LINE = 4

/**
 * Files of which an added one may be a copy, by its path: those whose name is the same but for its version
 * (`import.v2.ts` and `import.v1.ts`, `v2/orders.py` and `v1/orders.py`), then the few that have the same name elsewhere.
 */
export function originalsOf(
  change: Change,
  added: readonly ChangedFile[],
): ReadonlyMap<string, readonly FileVersion[]> {
  const found = new Map<string, readonly FileVersion[]>()
  if (added.length === 0 || change.headTree === null) return found
  const stillborn = new Set(change.files.filter((file) => file.base === null).map((file) => file.path))
  const starts = new Set(added.map((file) => startOf(file.path)))
  const namesakes = new Map<string, FileVersion[]>()
  for (const entry of change.headTree.entries.values()) {
    // Cheap, and before what is not: listings are long.
    if (!starts.has(startOf(entry.path)) || stillborn.has(entry.path) || entry.kind !== 'file') continue
    const key = withoutVersion(nameOf(entry.path))
    const alike = namesakes.get(key)
    if (alike === undefined) namesakes.set(key, [entry])
    else alike.push(entry)
  }
  let left = MAX_ORIGINALS
  for (const { path } of added) {
    if (left === 0) break
    const alike = namesakes.get(withoutVersion(nameOf(path))) ?? []
    const originals = rank(path, alike)
      .filter((one) => classifyPath(one.path) === 'source')
      .slice(0, Math.min(left, MAX_PER_FILE))
    left -= originals.length
    if (originals.length > 0) found.set(path, originals)
  }
  return found
}

/** Most alike first; of versions, the later one. */
function rank(path: string, alike: readonly FileVersion[]): readonly FileVersion[] {
  const whole = withoutVersion(path)
  const folder = folderOf(path)
  const versions = alike.filter((one) => withoutVersion(one.path) === whole || folderOf(one.path) === folder)
  const near = [...versions].sort((a, b) => byNumbers(b.path, a.path))
  const namesakes = alike.filter((one) => !versions.includes(one) && nameOf(one.path) === nameOf(path))
  return namesakes.length > MAX_NAMESAKES ? near : [...near, ...namesakes]
}

function byNumbers(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (const [index, number] of left.entries()) {
    const other = right[index] ?? -1
    if (number !== other) return number - other
  }
  return left.length - right.length || (a < b ? -1 : 1)
}

function numbersOf(path: string): readonly number[] {
  return (path.match(/\d+/g) ?? []).map(Number)
}

const VERSION = /(?:^|(?<=[/._-]))(?:copy|legacy|new|next|old)(?=[/._-])|v?\d+/gi

function withoutVersion(path: string): string {
  return path.replace(VERSION, '').replace(/[._-]+(?=[./_-])/g, '')
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** Three letters and the ending, which a version changes rarely. */
function startOf(path: string): string {
  const at = path.lastIndexOf('/') + 1
  return `${path.slice(at, at + 3)}${path.slice(path.lastIndexOf('.'))}`
}

/** Whether so many lines of a text stand in the other that it was made from it. */
export function isCopyOf(text: string, original: string): boolean {
  const lines = linesOf(text)
  const known = new Set(linesOf(original))
  return lines.length > 0 && lines.filter((line) => known.has(line)).length >= lines.length * MIN_SHARE
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_LINE)
}
