import { type Blob, MAX_BLOB_BYTES } from './blob.ts'

/** Git's own rule: a NUL byte this near to the start makes a file binary. */
const LOOKED_AT = 8000

/** Bytes as a blob: UTF-8, a byte order mark kept, what is not UTF-8 replaced by U+FFFD. */
export function decodeBlob(bytes: Buffer): Blob {
  if (bytes.length > MAX_BLOB_BYTES) return { status: 'too-large', bytes: bytes.length }
  if (bytes.subarray(0, LOOKED_AT).includes(0)) return { status: 'binary' }
  return { status: 'text', text: bytes.toString('utf8') }
}
