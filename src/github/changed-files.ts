import type { Blob } from '../change/blob.ts'
import type { BlobId, ChangedFile, FileStatus, FileVersion, Hunk, Note, Tree } from '../change/change.ts'
import { classifyPath, type PathAttributes } from '../change/classify-path.ts'
import { diffLines } from '../change/diff-lines.ts'
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

/** True when GitHub gave no patch though the content differs: binary, or too large for its list. */
export function lacksPatch({ listed, base, head }: PairedFile): boolean {
  return listed.patch === undefined && base?.blob !== head?.blob
}

export interface BuiltFile {
  readonly file: ChangedFile
  readonly note: Note | null
}

/** `blobs` holds the contents of the files that lack a patch. */
export function buildFile(
  paired: PairedFile,
  blobs: ReadonlyMap<BlobId, Blob>,
  attributesOf: (path: string) => PathAttributes,
): BuiltFile {
  const { listed, base, head } = paired
  const content = contentOf(paired, blobs)
  const hunks = content.kind === 'hunks' ? content.hunks : []
  const lines = hunks.flatMap((hunk) => hunk.lines)
  const path = listed.filename
  const file = {
    path,
    status: statusOf(paired),
    base,
    head,
    binary: content.kind === 'binary',
    hunks,
    additions: content.kind === 'unread' ? listed.additions : lines.filter((line) => line.kind === 'add').length,
    deletions: content.kind === 'unread' ? listed.deletions : lines.filter((line) => line.kind === 'del').length,
    role: classifyPath(path, attributesOf(path)),
  }
  return { file, note: content.kind === 'unread' ? { kind: content.note, says: content.says, path } : null }
}

type Content =
  | { readonly kind: 'hunks'; readonly hunks: readonly Hunk[] }
  | { readonly kind: 'binary' }
  | { readonly kind: 'unread'; readonly note: string; readonly says: string }

function contentOf(paired: PairedFile, blobs: ReadonlyMap<BlobId, Blob>): Content {
  const { patch } = paired.listed
  if (patch !== undefined) {
    const parsed = parsePatch(patch)
    if ('hunks' in parsed) return { kind: 'hunks', hunks: parsed.hunks }
    return { kind: 'unread', note: 'patch-unreadable', says: `The patch cannot be read: ${parsed.problem}.` }
  }
  if (!lacksPatch(paired)) return { kind: 'hunks', hunks: [] }
  const [base, head] = [textOf(paired.base, blobs), textOf(paired.head, blobs)]
  if (base.status === 'binary' || head.status === 'binary') return { kind: 'binary' }
  if (base.status === 'text' && head.status === 'text') return { kind: 'hunks', hunks: diffLines(base.text, head.text) }
  const large = base.status === 'too-large' || head.status === 'too-large'
  if (large)
    return {
      kind: 'unread',
      note: 'file-too-large',
      says: 'The file is larger than 2 MB, so its lines were not compared.',
    }
  return { kind: 'unread', note: 'file-missing', says: 'GitHub gives neither a patch nor the content of this file.' }
}

function textOf(version: FileVersion | null, blobs: ReadonlyMap<BlobId, Blob>): Blob {
  if (version === null) return { status: 'text', text: '' }
  if (version.kind === 'submodule') return { status: 'text', text: `Subproject commit ${version.blob}\n` }
  return blobs.get(version.blob ?? '') ?? { status: 'missing' }
}

const STATUSES = { added: 'added', removed: 'removed', renamed: 'renamed', copied: 'copied' } as const satisfies Record<
  string,
  FileStatus
>

function statusOf({ listed, base, head }: PairedFile): FileStatus {
  if (base && head && shapeOf(base) !== shapeOf(head)) return 'type-changed'
  return Object.entries(STATUSES).find(([status]) => status === listed.status)?.[1] ?? 'modified'
}

function shapeOf({ kind }: FileVersion): string {
  return kind === 'executable' ? 'file' : kind
}
