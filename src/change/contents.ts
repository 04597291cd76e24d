import type { Blob } from './blob.ts'
import type { BlobId, FileVersion } from './change.ts'

/** What the rounds have read so far. */
export interface Contents {
  /** Null for a version that was not asked for, or whose blob is not known. */
  readonly of: (version: FileVersion | null) => Blob | null
  /** The text, when it is one. */
  readonly textOf: (version: FileVersion | null) => string | null
}

export function contentsOf(blobs: ReadonlyMap<BlobId, Blob>): Contents {
  const of = (version: FileVersion | null): Blob | null =>
    version === null || version.blob === null ? null : (blobs.get(version.blob) ?? null)
  return {
    of,
    textOf: (version) => {
      const blob = of(version)
      return blob?.status === 'text' ? blob.text : null
    },
  }
}
