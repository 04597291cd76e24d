import { GitError } from '../../git/git-error.ts'

/** The command cannot do what it was asked, and its message is the whole story: sentences on what is wrong and what to do. No stack is shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** What to tell about bad input; null when the error is a bug. */
export function refusalText(error: unknown): string | null {
  return error instanceof Refusal || error instanceof GitError ? error.message : null
}

/** The reason the system gave for a failed read or write, in plain words. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
}
