import type { FileStatus, FileVersion } from '../change/change.ts'
import { entryKind } from '../change/entry-kind.ts'
import { type DiffFile, splitDiff } from '../change/split-diff.ts'
import type { ObjectReader } from './object-reader.ts'
import type { ObjectView } from './object-view.ts'
import { treeFailure } from './read-tree.ts'
import { gitFailure } from './run-git.ts'

/** A file that differs between two trees, and what git shows of it. */
export interface TreeDifference {
  readonly status: FileStatus
  readonly base: FileVersion | null
  readonly head: FileVersion | null
  /** `missing`: a blob is not in this clone. `cut`: the patch came after more than we read. */
  readonly patch: DiffFile | 'missing' | 'cut'
}

/** Beyond so many bytes of patches the rest is listed without them. */
const MAX_PATCH_BYTES = 128 * 1024 * 1024
/** Files on each side that are compared for renames; beyond it git pairs identical files only, and says nothing. */
export const RENAME_LIMIT = 1_000
/** Copies are not looked for, as GitHub does not: a change is the same from both. */
const RENAMES = [`-l${RENAME_LIMIT}`]
const OUTPUT = ['-r', '-z', '--raw', '--full-index', '--no-ext-diff', '--no-textconv', '--no-color', '--no-abbrev']
const PATCH = [
  ...['-p', '--src-prefix=a/', '--dst-prefix=b/', '--unified=3', '--inter-hunk-context=0', '--diff-algorithm=myers'],
  ...['--indent-heuristic', '--submodule=short', '--ignore-submodules=none'],
]
const STATUS: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
}

/** Lists what differs between two trees and how, by one process. Similarity and limits are ours, not the person's. */
export async function readDiff(
  view: ObjectView,
  objects: ObjectReader,
  base: string,
  head: string,
  maxBytes = MAX_PATCH_BYTES,
): Promise<readonly TreeDifference[]> {
  const renames = ['-M50%', ...RENAMES]
  const answer = await view.run(['diff-tree', ...OUTPUT, ...PATCH, ...renames, base, head], maxBytes)
  if (answer.code !== 0) return readIncompleteDiff(view, objects, base, head)
  const { entries, patch } = splitOutput(answer.stdout)
  const patches = patchesOf(patch, answer.isCut)
  return entries.map((entry) => ({ ...entry, patch: patchOf(entry, patches) ?? missingPatch(entry, answer.isCut) }))
}

/** Git gives up at the first blob that a partial clone lacks. So: pair identical files only, and show what is here. */
async function readIncompleteDiff(
  view: ObjectView,
  objects: ObjectReader,
  base: string,
  head: string,
): Promise<readonly TreeDifference[]> {
  const renames = ['-M100%', ...RENAMES]
  const answer = await view.run(['diff-tree', ...OUTPUT, ...renames, base, head])
  if (answer.code !== 0) throw treeFailure('this change', answer.stderr) ?? gitFailure('compare the two', answer)
  const { entries } = splitOutput(answer.stdout)
  const ids = entries.map(({ base, head }) => [base, head].flatMap((side) => (side?.blob ? [side.blob] : [])))
  const known = new Set((await objects.sizes([...new Set(ids.flat())])).flatMap((object) => object?.id ?? []))
  const isKnown = (version: FileVersion | null) =>
    version?.blob == null || version.kind === 'submodule' || known.has(version.blob)
  const readable = entries.filter((entry) => isKnown(entry.base) && isKnown(entry.head))
  const patches = await readPatches(view, base, head, readable)
  return entries.map((entry) => ({ ...entry, patch: patchOf(entry, patches) ?? 'missing' }))
}

/** Command lines have an end, so the paths go in portions. */
const PATHS_PER_CALL = 200

async function readPatches(view: ObjectView, base: string, head: string, entries: readonly Entry[]): Promise<Patches> {
  const patches = new Map<string, DiffFile>()
  const paths = entries.flatMap((entry) =>
    entry.base?.path === entry.head?.path || !entry.base || !entry.head ? pathOf(entry) : [],
  )
  for (let at = 0; at < paths.length; at += PATHS_PER_CALL) {
    const some = paths.slice(at, at + PATHS_PER_CALL)
    const answer = await view.run(['diff-tree', ...OUTPUT, ...PATCH, '--no-renames', base, head, '--', ...some])
    if (answer.code !== 0) throw gitFailure('compare the two', answer)
    for (const [key, patch] of patchesOf(splitOutput(answer.stdout).patch, answer.isCut)) patches.set(key, patch)
  }
  // A file that was only renamed has no lines to show.
  for (const { status, base: from, head: to } of entries) {
    if (!from || !to || from.path === to.path) continue
    const file = { path: to.path, status, base: from, head: to, binary: false, hunks: [], line: 0 }
    patches.set(keyOf(from.path, to.path), file)
  }
  return patches
}

type Entry = Omit<TreeDifference, 'patch'>
type Patches = Map<string, DiffFile>

/** The raw entries end with an empty one; the patches of all come behind it. */
function splitOutput(output: Buffer): { readonly entries: readonly Entry[]; readonly patch: Buffer } {
  const entries: Entry[] = []
  let at = 0
  function next(): string {
    const end = output.indexOf(0, at)
    const text = output.toString('utf8', at, end === -1 ? output.length : end)
    at = end === -1 ? output.length : end + 1
    return text
  }
  while (output[at] === 0x3a) {
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', letter = ''] = next().slice(1).split(' ')
    const status = STATUS[letter.charAt(0)]
    if (status === undefined) throw new Error(`git diff-tree gave the status ${letter}`)
    const oldPath = next()
    const newPath = status === 'renamed' || status === 'copied' ? next() : oldPath
    entries.push({
      status,
      base: status === 'added' ? null : { path: oldPath, blob: oldBlob, kind: entryKind(oldMode) },
      head: status === 'removed' ? null : { path: newPath, blob: newBlob, kind: entryKind(newMode) },
    })
  }
  return { entries, patch: output.subarray(Math.min(at + 1, output.length)) }
}

function patchesOf(patch: Buffer, isCut: boolean): Patches {
  const text = patch.toString('utf8')
  // No line of a hunk starts with a letter, so this is where the last file starts, which may be cut.
  const split = splitDiff(isCut ? text.slice(0, text.lastIndexOf('\ndiff --git ') + 1) : text)
  if ('problem' in split) throw new Error(`line ${split.line} of the output of git diff-tree: ${split.problem}`)
  return new Map(split.files.map((file) => [keyOf(file.base?.path, file.head?.path), file]))
}

function patchOf({ base, head }: Entry, patches: Patches): DiffFile | undefined {
  return patches.get(keyOf(base?.path, head?.path))
}

function missingPatch(entry: Entry, isCut: boolean): 'cut' {
  if (isCut) return 'cut'
  throw new Error(`git diff-tree printed no patch for ${pathOf(entry)}`)
}

function pathOf({ base, head }: Entry): string {
  return (head ?? base)?.path ?? ''
}

function keyOf(base: string | undefined, head: string | undefined): string {
  return `${base ?? ''}\0${head ?? ''}`
}
