/** The content of a blob as a source could read it. "Could not read" has a reason of its own and is never empty text. */
export type Blob =
  | { readonly status: 'text'; readonly text: string }
  | { readonly status: 'binary' }
  | { readonly status: 'too-large'; readonly bytes: number }
  | { readonly status: 'missing' }

/** Larger blobs are not read: a note says so. Bytes. */
export const MAX_BLOB_BYTES = 2 * 1024 * 1024
