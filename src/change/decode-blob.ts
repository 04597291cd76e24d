import { type Blob, MAX_BLOB_BYTES } from './blob.ts'

/** Git looks for a NUL in so many bytes to tell a binary file. */
const BINARY_PROBE_BYTES = 8_000
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1\n'

/**
 * Bytes of a blob as text. What is no UTF-8 becomes U+FFFD; a byte order mark stays. A pointer of Git LFS stands for a
 * file that is not here, and is binary.
 */
export function decodeBlob(bytes: Uint8Array): Blob {
  if (bytes.length > MAX_BLOB_BYTES) return { status: 'too-large', bytes: bytes.length }
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) return { status: 'binary' }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return isLfsPointer(text) ? { status: 'binary' } : { status: 'text', text }
}

/** Whether a text is the stand-in that Git LFS leaves in the repository for a large file. */
export function isLfsPointer(text: string): boolean {
  return text.length < 1_024 && text.startsWith(LFS_POINTER)
}
