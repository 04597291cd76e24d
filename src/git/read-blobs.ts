import { type Blob, MAX_BLOB_BYTES } from '../change/blob.ts'
import type { BlobId } from '../change/change.ts'
import { decodeBlob } from '../change/decode-blob.ts'
import type { ObjectReader } from './object-reader.ts'

/** Contents of blobs, each read once. The sizes are asked for first, so that a large one is never read. */
export async function readBlobs(objects: ObjectReader, ids: readonly BlobId[]): Promise<ReadonlyMap<BlobId, Blob>> {
  const unique = [...new Set(ids)]
  const sizes = await objects.sizes(unique)
  const small = unique.filter((_id, at) => isReadable(sizes[at]))
  const contents = await objects.contents(small)
  const read = new Map(small.map((id, at) => [id, contents[at]?.content]))
  return new Map(
    unique.map((id, at): [BlobId, Blob] => {
      const size = sizes[at]
      const content = read.get(id)
      if (content) return [id, decodeBlob(content)]
      return [
        id,
        size?.type === 'blob' && !isReadable(size) ? { status: 'too-large', bytes: size.bytes } : { status: 'missing' },
      ]
    }),
  )
}

function isReadable(object: { readonly type: string; readonly bytes: number } | null | undefined): boolean {
  return object?.type === 'blob' && object.bytes <= MAX_BLOB_BYTES
}
