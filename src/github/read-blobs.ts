import * as z from 'zod'
import { type Blob, MAX_BLOB_BYTES } from '../change/blob.ts'
import type { BlobId } from '../change/change.ts'
import { decodeBlob } from '../change/decode-blob.ts'
import type { Api } from './github-client.ts'
import { graphQuery } from './graph-query.ts'
import { type HeadWatch, sighting, WATCH_FIELD, Watched } from './head-watch.ts'
import { HostError } from './host-error.ts'
import type { Repository } from './repository.ts'

const PER_QUERY = 100
/** GitHub gives a query ten seconds; this much text fits with room to spare. Bytes. */
const BYTES_PER_QUERY = 5 * 1024 * 1024
/** GraphQL cuts a longer text. Bytes. */
const TEXT_LIMIT = 512_000
const AT_ONCE = 6

const Answered = z
  .object({
    byteSize: z.number().optional(),
    isBinary: z.boolean().nullish(),
    isTruncated: z.boolean().optional(),
    text: z.string().nullish(),
  })
  .nullish()
const Answer = z.object({ repository: z.object({ watched: Watched }).catchall(Answered) })

export interface BlobReader {
  readonly api: Api
  readonly repository: Repository
  /** Bytes by id, as far as known; spares asking for what is too large. */
  readonly sizes: ReadonlyMap<BlobId, number>
  /** Learns along the way where the pull request stands; null when there is none. */
  readonly watch: { readonly head: HeadWatch; readonly now: () => number } | null
}

/** Contents by id: many in one GraphQL query, and one by one what GraphQL cuts or changes. Every id has an entry. */
export async function readBlobs(reader: BlobReader, ids: readonly BlobId[]): Promise<ReadonlyMap<BlobId, Blob>> {
  const blobs = new Map<BlobId, Blob>()
  const single: BlobId[] = []
  const batched: BlobId[] = []
  for (const id of new Set(ids)) {
    const bytes = reader.sizes.get(id) ?? 0
    if (bytes > MAX_BLOB_BYTES) blobs.set(id, { status: 'too-large', bytes })
    else if (bytes > TEXT_LIMIT) single.push(id)
    else batched.push(id)
  }
  for (const batch of batches(batched, reader.sizes)) {
    for (const [id, blob] of await readBatch(reader, batch)) {
      if (blob === null) single.push(id)
      else blobs.set(id, blob)
    }
  }
  for (let from = 0; from < single.length; from += AT_ONCE) {
    const some = single.slice(from, from + AT_ONCE)
    const read = await Promise.all(some.map((id) => readSingle(reader, id)))
    for (const [i, id] of some.entries()) blobs.set(id, read[i] ?? { status: 'missing' })
  }
  return blobs
}

function batches(ids: readonly BlobId[], sizes: BlobReader['sizes']): readonly (readonly BlobId[])[] {
  const all: BlobId[][] = []
  let bytes = 0
  for (const id of ids) {
    const size = sizes.get(id) ?? 0
    const last = all.at(-1)
    if (last === undefined || last.length >= PER_QUERY || bytes + size > BYTES_PER_QUERY) {
      all.push([id])
      bytes = size
    } else {
      last.push(id)
      bytes += size
    }
  }
  return all
}

/** A query that fails as a whole is halved this often: it may have been too heavy. */
const HALVINGS = 2

/** Null for a blob that GraphQL does not give as it is. */
async function readBatch(
  reader: BlobReader,
  ids: readonly BlobId[],
  halvings = HALVINGS,
): Promise<readonly (readonly [BlobId, Blob | null])[]> {
  try {
    return await askBatch(reader, ids)
  } catch (error) {
    const heavy = error instanceof HostError && error.failure.kind === 'unavailable'
    if (!heavy || ids.length === 1 || halvings === 0) throw error
    const half = Math.ceil(ids.length / 2)
    const first = await readBatch(reader, ids.slice(0, half), halvings - 1)
    return [...first, ...(await readBatch(reader, ids.slice(half), halvings - 1))]
  }
}

async function askBatch({ api, repository, watch }: BlobReader, ids: readonly BlobId[]) {
  const fields = ids.map(
    (id, i) => `b${i}: object(oid: "${objectId(id)}") { ... on Blob { byteSize isBinary isTruncated text } }`,
  )
  const [variable, field] = watch ? [', $watched: Int!', WATCH_FIELD] : ['', '']
  const answer = await graphQuery(api, {
    what: 'contents',
    query: `query($owner: String!, $repo: String!${variable}) { repository(owner: $owner, name: $repo) { ${[field, ...fields].join('\n')} } }`,
    variables: { ...repository, ...(watch ? { watched: watch.head.number } : {}) },
    shape: Answer,
    bears: ['watched', ...ids.map((_, i) => `b${i}`)],
  })
  const seen = watch && sighting(answer.repository.watched, watch.now())
  if (seen) watch.head.report(seen)
  return ids.map((id, i) => [id, blobOf(Answered.parse(answer.repository[`b${i}`]))] as const)
}

function objectId(id: BlobId): string {
  if (!/^[0-9a-f]{40,64}$/.test(id)) throw new RangeError(`not a git object id: ${JSON.stringify(id)}`)
  return id
}

/** GraphQL recodes and cuts text: only text of the very size of the blob is the blob. */
function blobOf(answered: z.infer<typeof Answered>): Blob | null {
  if (answered?.byteSize === undefined) return null
  if (answered.byteSize > MAX_BLOB_BYTES) return { status: 'too-large', bytes: answered.byteSize }
  if (answered.isBinary !== false || answered.isTruncated || typeof answered.text !== 'string') return null
  const bytes = Buffer.from(answered.text)
  return bytes.length === answered.byteSize ? decodeBlob(bytes) : null
}

const Single = z.object({ content: z.string(), encoding: z.string(), size: z.number().nullable() })

async function readSingle({ api, repository }: BlobReader, id: BlobId): Promise<Blob> {
  try {
    const answer = await api.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
      ...repository,
      file_sha: objectId(id),
    })
    const { content, size } = Single.parse(answer.data)
    if (size !== null && size > MAX_BLOB_BYTES) return { status: 'too-large', bytes: size }
    return decodeBlob(Buffer.from(content, 'base64'))
  } catch (error) {
    if (error instanceof HostError && error.failure.kind === 'not-found') return { status: 'missing' }
    throw error
  }
}
