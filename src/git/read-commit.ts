import { MAX_BLOB_BYTES } from '../change/blob.ts'
import type { ObjectReader } from './object-reader.ts'

/** A commit as git stores it: header lines, an empty line, the message. */
export interface StoredCommit {
  readonly id: string
  readonly header: string
  readonly parents: readonly string[]
  /** In the encoding that the header names, or UTF-8. */
  readonly message: Uint8Array
}

/** Null for what is no commit, is not here, or is larger than what we read of any object. */
export async function readCommit(objects: ObjectReader, id: string): Promise<StoredCommit | null> {
  const [size] = await objects.sizes([id])
  if (size?.type !== 'commit' || size.bytes > MAX_BLOB_BYTES) return null
  const [object] = await objects.contents([size.id])
  if (!object?.content) return null
  const end = object.content.indexOf('\n\n')
  const header = object.content.toString('latin1', 0, end === -1 ? object.content.length : end)
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, parent]) => parent ?? [])
  return { id: object.id, header, parents, message: object.content.subarray(header.length) }
}

/** When the commit was made, ISO 8601 in UTC; null when its header has no date that can be read. */
export function committedAt({ header }: StoredCommit): string | null {
  const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(header)?.[1]
  return seconds === undefined ? null : new Date(Number(seconds) * 1_000).toISOString()
}
