import { type Blob, MAX_BLOB_BYTES } from '../change/blob.ts'
import type { BlobId, ChangedFile, FileStatus, FileVersion, Hunk, Note, Tree } from '../change/change.ts'
import { changedFile } from '../change/changed-file.ts'
import type { PathAttributes } from '../change/classify-path.ts'
import { diffLines, replaceLines } from '../change/diff-lines.ts'
import { linesNotCompared, TOO_LARGE } from '../change/lines-not-compared.ts'
import { parsePatch } from '../change/parse-patch.ts'
import type { ListedFile } from './read-files.ts'

type Entries = Tree['entries']

/** A listed file with its two versions from the listings. */
export interface PairedFile {
  readonly listed: ListedFile
  readonly base: FileVersion | null
  readonly head: FileVersion | null
}

export function pairWithTrees(listed: readonly ListedFile[], base: Entries, head: Entries): readonly PairedFile[] {
  return listed.map((file) => {
    const from = file.status === 'added' ? null : (file.previous_filename ?? file.filename)
    return {
      listed: file,
      base: from === null ? null : versionAt(base, from, file.status === 'removed' ? file.sha : null),
      head: file.status === 'removed' ? null : versionAt(head, file.filename, file.sha),
    }
  })
}

function versionAt(entries: Entries, path: string, sha: string | null): FileVersion {
  return entries.get(path) ?? { path, blob: sha, kind: 'file' }
}

/** True when the contents are needed: there is no patch (binary, or too large for GitHub's list), or it is of two kinds of things. */
export function lacksPatch(file: PairedFile): boolean {
  const { listed, base, head } = file
  return base?.blob !== head?.blob && (listed.patch === undefined || isTypeChange(file))
}

/** What the files are made of besides the list. */
export interface Material {
  /** Contents of the files that lack a patch. */
  readonly contents: ReadonlyMap<BlobId, Blob>
  /** Bytes by id. */
  readonly sizes: ReadonlyMap<BlobId, number>
  readonly attributesOf: (path: string) => PathAttributes
}

export function buildFile(
  paired: PairedFile,
  material: Material,
): { readonly file: ChangedFile; readonly note: Note | null } {
  const { base, head, listed } = paired
  const content = contentOf(paired, material)
  const hunks = content.kind === 'hunks' ? content.hunks : []
  const file = { status: statusOf(paired), base, head, binary: content.kind === 'binary', hunks }
  const built = changedFile(file, material.attributesOf)
  // Where the lines are ours, the count is still git's.
  const isOurs = content.kind === 'hunks' && listed.patch === undefined && !built.binary && !isTypeChange(paired)
  return {
    file: isOurs ? { ...built, additions: listed.additions, deletions: listed.deletions } : built,
    note: content.kind === 'unread' ? linesNotCompared(listed.filename, content.why) : null,
  }
}

type Content =
  | { readonly kind: 'hunks'; readonly hunks: readonly Hunk[] }
  | { readonly kind: 'binary' }
  | { readonly kind: 'unread'; readonly why: string }

function contentOf(paired: PairedFile, { contents, sizes }: Material): Content {
  const { base, head, listed } = paired
  if (base?.blob === head?.blob) return { kind: 'hunks', hunks: [] }
  const isLarge = [base, head].some((version) => (sizes.get(version?.blob ?? '') ?? 0) > MAX_BLOB_BYTES)
  if (isLarge) return { kind: 'unread', why: TOO_LARGE }
  if (listed.patch !== undefined && !isTypeChange(paired)) {
    const parsed = parsePatch(listed.patch)
    return 'hunks' in parsed ? { kind: 'hunks', hunks: parsed.hunks } : { kind: 'unread', why: parsed.problem }
  }
  const [from, to] = [textOf(base, contents), textOf(head, contents)]
  if (from.status === 'binary' || to.status === 'binary') return { kind: 'binary' }
  if (from.status === 'text' && to.status === 'text') {
    const compare = isTypeChange(paired) ? replaceLines : diffLines
    return { kind: 'hunks', hunks: compare(from.text, to.text) }
  }
  if (from.status === 'too-large' || to.status === 'too-large') return { kind: 'unread', why: TOO_LARGE }
  return { kind: 'unread', why: 'GitHub gives neither its patch nor its content' }
}

function textOf(version: FileVersion | null, contents: ReadonlyMap<BlobId, Blob>): Blob {
  if (version === null) return { status: 'text', text: '' }
  if (version.kind === 'submodule') return { status: 'text', text: `Subproject commit ${version.blob}\n` }
  return contents.get(version.blob ?? '') ?? { status: 'missing' }
}

const STATUSES = {
  added: 'added',
  removed: 'removed',
  renamed: 'renamed',
  copied: 'copied',
} as const satisfies Record<string, FileStatus>

function statusOf(file: PairedFile): FileStatus {
  if (isTypeChange(file)) return 'type-changed'
  return Object.entries(STATUSES).find(([status]) => status === file.listed.status)?.[1] ?? 'modified'
}

function isTypeChange({ base, head }: PairedFile): boolean {
  return base !== null && head !== null && shapeOf(base) !== shapeOf(head)
}

function shapeOf({ kind }: FileVersion): string {
  return kind === 'executable' ? 'file' : kind
}
