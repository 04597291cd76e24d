import type { ObjectReader } from './object-reader.ts'
import { readCommit } from './read-commit.ts'

/**
 * The first paragraph of a commit's message on one line, as git shows it; null when it has none.
 * GitHub's merge of a pull request says only its number and branch there, and has the title below it.
 */
export async function readSubject(objects: ObjectReader, id: string): Promise<string | null> {
  const commit = await readCommit(objects, id)
  if (commit === null) return null
  const message = decode(commit.message, /^encoding (.+)$/m.exec(commit.header)?.[1])
  const [top = '', title = ''] = message.trim().split(/\n[ \t]*\n/, 2)
  const paragraph = /^Merge pull request #\d+ from \S+$/.test(top.trim()) && title.trim() !== '' ? title : top
  const subject = paragraph
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim()
  return subject === '' ? null : subject
}

function decode(bytes: Uint8Array, encoding: string | undefined): string {
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    // An encoding nobody knows: what is ASCII in it can still be read.
    return new TextDecoder().decode(bytes)
  }
}
