import type { Blob } from './blob.ts'
import type { BlobId, Change } from './change.ts'

/** A file of the team's policy, read from the base revision, and where that was, for people. */
export interface PolicyFile {
  readonly source: string
  readonly text: string
}

/** Where a change comes from: git, the API, a diff. Reads only; the few rounds of the pipeline are its only callers. */
export interface ChangeSource {
  /** Round one: what differs, and the two listings. Contents are not read. */
  readonly readChange: () => Promise<Change>
  /** Rounds two and three: contents, one batch each, at most `MAX_BLOB_BYTES` apiece. Every id asked for has an entry. */
  readonly readBlobs: (ids: readonly BlobId[]) => Promise<ReadonlyMap<BlobId, Blob>>
  /** A file at the tip of the base branch. Null when it is not there; any other failure throws. */
  readonly readPolicyFile: (path: string) => Promise<PolicyFile | null>
}
