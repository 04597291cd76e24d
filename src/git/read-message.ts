import { MAX_BLOB_BYTES } from '../change/blob.ts'
import type { ObjectReader } from './object-reader.ts'

/** What a commit says of itself. */
export interface CommitMessage {
  /** The first paragraph on one line, as git shows it; null when there is none. */
  readonly title: string | null
  /** What follows it, cut at 4,000 characters; null when nothing does. */
  readonly description: string | null
}

const NOTHING: CommitMessage = { title: null, description: null }
const MAX_DESCRIPTION = 4000

/** GitHub's merge of a pull request says only its number and branch first, and has the title below. */
export async function readMessage(objects: ObjectReader, commit: string): Promise<CommitMessage> {
  const [size] = await objects.sizes([commit])
  if (!size || size.bytes > MAX_BLOB_BYTES) return NOTHING
  const [object] = await objects.contents([commit])
  if (!object?.content) return NOTHING
  const end = object.content.indexOf('\n\n')
  const header = object.content.toString('latin1', 0, end === -1 ? object.content.length : end)
  const message = decode(object.content.subarray(header.length), /^encoding (.+)$/m.exec(header)?.[1])
  const [top = '', ...below] = message.trim().split(/\n[ \t]*\n/)
  const isMerge = /^Merge pull request #\d+ from \S+$/.test(top.trim()) && (below[0] ?? '').trim() !== ''
  const [first = '', ...rest] = isMerge ? below : [top, ...below]
  const title = first
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim()
  const description = rest.join('\n\n').trim().slice(0, MAX_DESCRIPTION)
  return { title: title === '' ? null : title, description: description === '' ? null : description }
}

function decode(bytes: Uint8Array, encoding: string | undefined): string {
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    // An encoding nobody knows: what is ASCII in it can still be read.
    return new TextDecoder().decode(bytes)
  }
}
