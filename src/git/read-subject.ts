import { MAX_BLOB_BYTES } from '../change/blob.ts'
import type { ObjectReader } from './object-reader.ts'

/**
 * The first paragraph of a commit's message on one line, as git shows it; null when it has none.
 * GitHub's merge of a pull request says only its number and branch there, and has the title below it.
 */
export async function readSubject(objects: ObjectReader, commit: string): Promise<string | null> {
  const [size] = await objects.sizes([commit])
  if (!size || size.bytes > MAX_BLOB_BYTES) return null
  const [object] = await objects.contents([commit])
  if (!object?.content) return null
  const end = object.content.indexOf('\n\n')
  const header = object.content.toString('latin1', 0, end === -1 ? object.content.length : end)
  const message = decode(object.content.subarray(header.length), /^encoding (.+)$/m.exec(header)?.[1])
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
