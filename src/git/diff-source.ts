import { createHash } from 'node:crypto'
import { applyHunks } from '../change/apply-hunks.ts'
import type { Blob } from '../change/blob.ts'
import type { BlobId, Change, ChangedFile, FileVersion, Hunk, Note, Tree } from '../change/change.ts'
import type { ChangeSource } from '../change/change-source.ts'
import { changedFile } from '../change/changed-file.ts'
import type { PathAttributes } from '../change/classify-path.ts'
import { comparePaths } from '../change/compare-paths.ts'
import { decodeBlob } from '../change/decode-blob.ts'
import { invertHunks } from '../change/invert-hunks.ts'
import { type DiffFile, type DiffSide, splitDiff } from '../change/split-diff.ts'
import { GitError } from './git-error.ts'
import type { GitRepository } from './open-repository.ts'
import { readAttributes } from './read-attributes.ts'
import { readBlobs } from './read-blobs.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { readTree, treeOf } from './read-tree.ts'

/**
 * A change of which only the diff is known. With a repository, a version of a file is taken from it (by the diff's
 * `index` line, or by its path at HEAD) if and only if the hunks fit it; then both sides have their whole text. The
 * rest of both listings is HEAD's. Without one, only added and removed files have theirs.
 */
export function createDiffSource(text: string, repository: GitRepository | null): ChangeSource {
  /** Texts that the diff tells or makes, by the id that git would give them. */
  const made = new Map<BlobId, Blob>()
  return {
    readChange: () => readChange(text, repository, made),
    readBlobs: async (ids) => {
      const others = ids.filter((id) => !made.has(id))
      const read = repository ? await readBlobs(repository.objects, others) : new Map<BlobId, Blob>()
      return new Map(ids.map((id) => [id, made.get(id) ?? read.get(id) ?? { status: 'missing' }]))
    },
    readPolicyFile: async (path) => {
      const head = repository && (await findHead(repository))
      return head ? readPolicyFile(repository, path, head, 'HEAD') : null
    },
  }
}

async function readChange(text: string, repository: GitRepository | null, made: Map<BlobId, Blob>): Promise<Change> {
  const diff = splitDiff(text)
  if ('problem' in diff) throw new GitError(`Line ${diff.line} of the diff: ${diff.problem}`)
  const head = repository && (await findHead(repository))
  const tree = repository && head ? await readTree(repository.view, head) : null
  const known = repository ? await readKnown(repository, tree, diff.files) : new Map<string, Blob>()
  const attributes = await attributesAt(repository, tree, diff.files)
  const notes: Note[] = []
  const files = diff.files.map((file): ChangedFile => {
    const versions = versionsOf(file, known, tree, made)
    if (versions === null) notes.push({ kind: 'diff-does-not-fit', path: file.path, says: NOT_FITTING })
    const [base, head] = versions ?? [withBlob(file.base, null), withBlob(file.head, null)]
    return changedFile({ ...file, base, head }, attributes)
  })
  return {
    base: head ?? 'DIFF',
    head: 'DIFF',
    mergeBase: null,
    title: null,
    files: files.toSorted((a, b) => comparePaths(a.path, b.path)),
    baseTree: tree && listingWith(tree, files, 'base'),
    headTree: tree && listingWith(tree, files, 'head'),
    notes,
  }
}

const NOT_FITTING = 'Looked at in part: the repository has no version of it that this diff fits'

async function findHead(repository: GitRepository): Promise<string | null> {
  const answer = await repository.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  return answer.code === 0 ? answer.stdout.toString('latin1').trim() : null
}

/** What the repository has under the ids of the diff's `index` lines, and at its paths at HEAD. */
async function readKnown(
  { objects }: GitRepository,
  tree: Tree | null,
  files: readonly DiffFile[],
): Promise<ReadonlyMap<string, Blob>> {
  const sides = files.flatMap(({ base, head }) => [base, head])
  const names = sides.flatMap((side) => [side?.blob, side && tree?.entries.get(side.path)?.blob])
  return readBlobs(
    objects,
    names.filter((name) => name != null),
  )
}

async function attributesAt(
  repository: GitRepository | null,
  tree: Tree | null,
  files: readonly DiffFile[],
): Promise<(path: string) => PathAttributes> {
  if (!repository || !tree) return () => ({})
  const attributes = await readAttributes(
    repository.objects,
    tree,
    tree,
    files.map((file) => file.path),
  )
  return attributes.of
}

/** Both sides with the blobs they have; null when the repository was asked and has none that fits. */
function versionsOf(
  file: DiffFile,
  known: ReadonlyMap<string, Blob>,
  tree: Tree | null,
  made: Map<BlobId, Blob>,
): readonly [FileVersion | null, FileVersion | null] | null {
  const { status, base, head, hunks } = file
  const isOpaque = file.binary || base?.kind === 'submodule' || head?.kind === 'submodule'
  if (isOpaque) return [withBlob(base, null), withBlob(head, null)]
  // The diff of an added or removed file is its whole text; that of a removed one may have been left out.
  const isTold = status === 'added' || ((status === 'removed' || status === 'type-changed') && hunks.length > 0)
  if (isTold) {
    return [
      withBlob(base, base && remember(sideText(hunks, 'add'), made)),
      withBlob(head, head && remember(sideText(hunks, 'del'), made)),
    ]
  }
  // From the base forwards, or where the diff is applied already, from the head back.
  const textAt = textsOf(known, tree)
  for (const from of textAt(base)) {
    const to = applyHunks(from, hunks)
    if (to !== null) return [withBlob(base, remember(from, made)), withBlob(head, remember(to, made))]
  }
  for (const to of textAt(head)) {
    const from = applyHunks(to, invertHunks(hunks))
    if (from !== null) return [withBlob(base, remember(from, made)), withBlob(head, remember(to, made))]
  }
  return tree === null ? [withBlob(base, null), withBlob(head, null)] : null
}

/** The texts that may be a side's: what its id names, then what lies at its path. */
function textsOf(known: ReadonlyMap<string, Blob>, tree: Tree | null): (side: DiffSide | null) => readonly string[] {
  return (side) =>
    [side?.blob, side && tree?.entries.get(side.path)?.blob].flatMap((name) => {
      const blob = name == null ? undefined : known.get(name)
      return blob?.status === 'text' ? [blob.text] : []
    })
}

function withBlob(side: DiffSide | null, blob: BlobId | null): FileVersion | null {
  return side && { path: side.path, kind: side.kind, blob }
}

/** All lines of hunks that hold a whole file, but those of the other side. */
function sideText(hunks: readonly Hunk[], other: 'add' | 'del'): string {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind !== other)
  return lines.map(({ text, noNewline }) => (noNewline ? text : `${text}\n`)).join('')
}

/** Keeps a text under the id that git would give it, so that facts read from it are known again. */
function remember(text: string, made: Map<BlobId, Blob>): BlobId {
  const bytes = Buffer.from(text)
  const id = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  made.set(id, decodeBlob(bytes))
  return id
}

/** HEAD's listing with one side of the changed files in place of what it has there. What is not known stays as it is there. */
function listingWith(tree: Tree, files: readonly ChangedFile[], side: 'base' | 'head'): Tree {
  const entries = new Map(tree.entries)
  for (const { status, base, head } of files) {
    const [own, other] = side === 'base' ? [base, head] : [head, base]
    if (other && other.path !== own?.path && !(side === 'head' && status === 'copied')) entries.delete(other.path)
  }
  for (const file of files) {
    const version = file[side]
    if (version?.blob == null) continue
    entries.set(version.path, { path: version.path, blob: version.blob, kind: version.kind })
  }
  return treeOf([...entries.values()])
}
