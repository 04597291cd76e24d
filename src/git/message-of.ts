import type { StoredCommit } from './read-commit.ts'

/** What a commit says of itself. */
export interface CommitMessage {
  /** The first paragraph on one line, as git shows it; null when there is none. */
  readonly title: string | null
  /** What follows it; '' when nothing does. */
  readonly body: string
}

/** GitHub's merge of a pull request says only its number and branch first, and has the title below. */
export function messageOf(commit: StoredCommit): CommitMessage {
  const message = decode(commit.message, /^encoding (.+)$/m.exec(commit.header)?.[1])
  const [top = '', ...below] = message.trim().split(/\n[ \t]*\n/)
  const isMerge = /^Merge pull request #\d+ from \S+$/.test(top.trim()) && (below[0] ?? '').trim() !== ''
  const [first = '', ...rest] = isMerge ? below : [top, ...below]
  const title = first
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim()
  return { title: title === '' ? null : title, body: rest.join('\n\n').trim() }
}

function decode(bytes: Uint8Array, encoding: string | undefined): string {
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    // An encoding nobody knows: what is ASCII in it can still be read.
    return new TextDecoder().decode(bytes)
  }
}
