/** What a pull request does: two trees, the files that differ, and how. Data only; every stage after the source reads it. */

/** A git object id (40 or 64 hex digits). Blobs are read, cached and compared by it. */
export type BlobId = string

/** What kind of thing a tree entry is; from its mode (100644, 100755, 120000, 160000). */
export type EntryKind = 'file' | 'executable' | 'symlink' | 'submodule'

/** What a path is for; decided by `classifyPath` from its name, `.gitattributes` and the head of its text. */
export type PathRole = 'source' | 'test' | 'config' | 'migration' | 'docs' | 'lock' | 'generated' | 'vendored' | 'other'

export type FileStatus = 'added' | 'modified' | 'removed' | 'renamed' | 'copied' | 'type-changed'

/** One side of a changed file. `blob` is null when only a diff is known. */
export interface FileVersion {
  readonly path: string
  readonly blob: BlobId | null
  readonly kind: EntryKind
}

/** `text` has neither the leading `+`, `-` or space nor the line end; a `\r` before `\n` stays in it. */
export interface DiffLine {
  readonly kind: 'context' | 'add' | 'del'
  readonly text: string
  /** 1-based line in the base file; null for an added line. */
  readonly base: number | null
  /** 1-based line in the head file; null for a removed line. */
  readonly head: number | null
  /** True on the last line of a file that does not end with a line feed. */
  readonly noNewline: boolean
}

/** `baseStart`/`headStart` are 1-based, and 0 where the side has no line, as in a unified diff. */
export interface Hunk {
  readonly baseStart: number
  readonly baseLines: number
  readonly headStart: number
  readonly headLines: number
  readonly lines: readonly DiffLine[]
}

export interface ChangedFile {
  /** Path in the head; in the base for a removed file. Relative to the repository, forward slashes. */
  readonly path: string
  readonly status: FileStatus
  /** Null for an added file. For a rename or copy its path is the old one. */
  readonly base: FileVersion | null
  /** Null for a removed file. */
  readonly head: FileVersion | null
  readonly binary: boolean
  readonly hunks: readonly Hunk[]
  readonly additions: number
  readonly deletions: number
  readonly role: PathRole
}

export interface TreeEntry {
  readonly path: string
  readonly blob: BlobId
  readonly kind: EntryKind
}

/** The listing of one revision, in path order (by code unit). `truncated` when the source could not list it all. */
export interface Tree {
  readonly entries: ReadonlyMap<string, TreeEntry>
  readonly truncated: boolean
}

/** Something that was not looked at, and why. */
export interface Note {
  /** Kebab-case: 'file-too-large', 'language-not-supported', 'listing-truncated', … */
  readonly kind: string
  readonly says: string
  readonly path?: string
}

export interface Change {
  /** Full commit id of the base branch's tip as given. */
  readonly base: string
  /** Full commit id, or 'WORKTREE', 'INDEX', or 'DIFF'. */
  readonly head: string
  /** Full commit id the diff starts from; null when only a diff is known. */
  readonly mergeBase: string | null
  /** Title of the pull request or subject of the head commit; null when there is none. */
  readonly title: string | null
  /** What the message of that commit, or the pull request, says below its title, at most 4,000 characters; absent when nothing. */
  readonly description?: string
  readonly files: readonly ChangedFile[]
  /** Listings of the merge base and of the head; null when only a diff is known. */
  readonly baseTree: Tree | null
  readonly headTree: Tree | null
  readonly notes: readonly Note[]
  /** The later of the commit dates of the head and of the base's tip, ISO 8601 with offset; absent when neither is known. */
  readonly asOf?: string
}

/** Where an exposure or its evidence stands. Lines are 1-based and inclusive. */
export interface Location {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly side: 'head' | 'base'
}
