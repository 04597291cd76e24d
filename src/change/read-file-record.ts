import type { FileStatus, Hunk } from './change.ts'
import { type DiffHeader, isUnfinished, readGitHeader, readPlainHeader } from './diff-header.ts'
import { readName, repositoryPath, sameNameOf, sharedPath } from './diff-names.ts'
import { entryKind } from './entry-kind.ts'
import { readHunks } from './parse-patch.ts'
import type { DiffProblem } from './scan-hunk.ts'
import type { DiffFile } from './split-diff.ts'

/** Reads the file that starts at `lines[at]`; `line` and `end` are indexes into `lines`. */
export function readFileRecord(
  lines: readonly string[],
  at: number,
): { readonly file: DiffFile; readonly end: number } | DiffProblem {
  const first = lines[at] ?? ''
  if (first.startsWith('diff --c')) {
    return fault('This is the combined diff of a merge; make one with `git diff BASE...HEAD`.', at)
  }
  if (first.startsWith('*** ')) return fault('This is a context diff; make a unified one with `diff -u`.', at)
  const isGit = first.startsWith('diff --git ')
  const header = isGit ? readGitHeader(lines, at + 1) : readPlainHeader(lines, at)
  let hunks: readonly Hunk[] = []
  let end = header.end
  if (header.hasNames) {
    if (end >= lines.length) return fault('The diff is cut off here: a file has no hunk.', end - 1)
    const read = readHunks(lines, end)
    if ('problem' in read) return read
    hunks = read.hunks
    end = read.end
    if (isStray(lines[end]))
      return fault('This line belongs to no hunk: the hunk above it is longer than it says.', end)
  } else if (isGit && isUnfinished(header, lines, end)) {
    return fault('The diff is cut off here: nothing says what changed in this file.', end - 1)
  }
  const file = toFile(isGit ? first.slice('diff --git '.length) : null, header, hunks, at)
  return file ? { file, end } : fault('The path of this file cannot be read, or is outside the repository.', at)
}

/** A mail's signature `-- ` and the next file may follow a hunk; another line of change may not. */
function isStray(line: string | undefined): boolean {
  if (line === undefined || line === '-- ' || line === '--' || line.startsWith('--- ')) return false
  return line.startsWith('+') || line.startsWith('-')
}

function toFile(gitNames: string | null, header: DiffHeader, hunks: readonly Hunk[], at: number): DiffFile | null {
  const { says, binary } = header
  const oldPath = says.get('rename from') ?? says.get('copy from')
  const newPath = says.get('rename to') ?? says.get('copy to')
  const same = (gitNames === null ? null : sameNameOf(gitNames)) ?? sharedPath(header.oldName, header.newName)
  const base = repositoryPath(oldPath === undefined ? same : readName(oldPath))
  const head = repositoryPath(newPath === undefined ? same : readName(newPath))
  if (base === null || head === null) return null

  const [blobs = '', indexMode] = (says.get('index') ?? '').split(' ')
  const [oldBlob = null, newBlob = null] = blobs.split('..').map(blobOrNull)
  const oldKind = entryKind(says.get('old mode') ?? says.get('deleted file mode') ?? indexMode ?? '')
  const newKind = entryKind(says.get('new mode') ?? says.get('new file mode') ?? indexMode ?? '')
  const status = statusOf(header, hunks)
  return {
    path: status === 'removed' ? base : head,
    status,
    base: status === 'added' ? null : { path: base, kind: oldKind, blob: oldBlob },
    head: status === 'removed' ? null : { path: head, kind: newKind, blob: newBlob },
    binary,
    hunks,
    line: at + 1,
  }
}

function statusOf(header: DiffHeader, hunks: readonly Hunk[]): FileStatus {
  const { says, oldName, newName, hasNames, binary } = header
  if (says.has('rename to')) return 'renamed'
  if (says.has('copy to')) return 'copied'
  if (says.has('new file mode')) return 'added'
  if (says.has('deleted file mode')) return 'removed'
  const isNamed = hasNames || (binary && (oldName !== null || newName !== null))
  if (isNamed && (oldName === null || (header.oldIsAncient && hunks[0]?.baseLines === 0))) return 'added'
  if (isNamed && (newName === null || (header.newIsAncient && hunks[0]?.headLines === 0))) return 'removed'
  return 'modified'
}

function blobOrNull(id: string): string | null {
  return /^[0-9a-f]{4,64}$/.test(id) && !/^0+$/.test(id) ? id : null
}

function fault(problem: string, line: number): DiffProblem {
  return { problem, line }
}
