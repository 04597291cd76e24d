import { attributeEntries } from '../change/attribute-entries.ts'
import type { Blob } from '../change/blob.ts'
import type { BlobId, Change, Note, Tree } from '../change/change.ts'
import type { ChangeSource, PolicyFile } from '../change/change-source.ts'
import { comparePaths } from '../change/compare-paths.ts'
import { descriptionIn } from '../change/description.ts'
import { compileAttributes } from '../change/gitattributes.ts'
import type { BlobCache } from './blob-cache.ts'
import { buildFile, lacksPatch, type PairedFile, pairWithTrees } from './changed-files.ts'
import type { Api } from './github-client.ts'
import { HostError } from './host-error.ts'
import { type BlobReader, readBlobs } from './read-blobs.ts'
import { readEntries } from './read-entries.ts'
import { type FileList, type Range, readFiles } from './read-files.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { readTree, type SizedTree } from './read-tree.ts'
import type { Repository } from './repository.ts'

export interface GitHubChangeSourceOptions {
  readonly api: Api
  readonly repository: Repository
  readonly base: { readonly ref: string; readonly sha: string }
  readonly head: string
  readonly title: string | null
  /** What was written below it; '' where nothing was. */
  readonly body: string
  /** As `Change.asOf`; null when it is not known, as in a merge queue. */
  readonly asOf: string | null
  /** Null for a range that has none, as in a merge queue. */
  readonly pullRequest: Range['pullRequest']
  /** Files of the base branch that are read already. */
  readonly policyFiles: ReadonlyMap<string, PolicyFile | null>
  /** Shared between reviews. */
  readonly blobs: BlobCache
  readonly watch: BlobReader['watch']
}

/** A change from GitHub's API alone: no checkout, and never a call per file unless GraphQL cuts it. Throws HostError. */
export function createGitHubChangeSource(options: GitHubChangeSourceOptions): ChangeSource {
  const sizes = new Map<BlobId, number>()
  const read = (ids: readonly BlobId[]) => readThrough(options, sizes, ids)
  return {
    readChange: () => readChange(options, sizes, read),
    readBlobs: read,
    readPolicyFile: async (path) => {
      const known = options.policyFiles.get(path)
      return known === undefined ? readPolicyFile(options, path) : known
    },
  }
}

type Read = ChangeSource['readBlobs']

async function readChange(options: GitHubChangeSourceOptions, sizes: Map<BlobId, number>, read: Read): Promise<Change> {
  const { api, repository, base, head, title, body, asOf } = options
  const headListing = readTree(api, repository, head)
  // Awaited below, after the comparison; a failure there must not leave this one unhandled.
  headListing.catch(() => undefined)
  const list = await readFiles(api, repository, { base: base.sha, head, pullRequest: options.pullRequest })
  const [baseTree, headTree] = await Promise.all([readTree(api, repository, list.mergeBase), headListing])
  for (const tree of [baseTree, headTree]) for (const [id, bytes] of tree.sizes) sizes.set(id, bytes)
  refuseMovedHead(list, headTree, head)
  const paired = await pair(options, list, baseTree, headTree)
  const attributes = attributeEntries(
    baseTree,
    headTree,
    list.files.map(({ filename }) => filename),
  )
  const wanted = [...attributes.entries.map(({ entry }) => entry.blob), ...paired.filter(lacksPatch).flatMap(blobsOf)]
  const contents = await read([...new Set(wanted)])
  const texts = attributes.entries.flatMap(({ folder, entry }) => {
    const content = contents.get(entry.blob)
    return content?.status === 'text' ? [{ folder, text: content.text }] : []
  })
  const material = { contents, sizes, attributesOf: compileAttributes(texts) }
  const built = paired.map((file) => buildFile(file, material))
  return {
    base: base.sha,
    head,
    mergeBase: list.mergeBase,
    title,
    ...descriptionIn(body),
    files: built.map(({ file }) => file).sort((a, b) => comparePaths(a.path, b.path)),
    baseTree: { entries: baseTree.entries, truncated: baseTree.truncated },
    headTree: { entries: headTree.entries, truncated: headTree.truncated },
    notes: [
      ...listNotes(list),
      ...treeNotes(baseTree, headTree),
      ...attributes.notes,
      ...built.flatMap(({ note }) => note ?? []),
    ],
    ...(asOf === null ? {} : { asOf }),
  }
}

/** The file list is of the head as it is now; the listing is of the head we review. */
function refuseMovedHead(list: FileList, headTree: SizedTree, head: string): void {
  if (headTree.truncated) return
  const moved = list.files.some(
    ({ filename, sha, status }) => status !== 'removed' && sha !== null && headTree.entries.get(filename)?.blob !== sha,
  )
  if (moved)
    throw new HostError(
      `GitHub: the head moved on from ${head.slice(0, 7)} while it was read. The new head gets a review of its own.`,
      { kind: 'unavailable' },
    )
}

async function pair(
  options: GitHubChangeSourceOptions,
  list: FileList,
  baseTree: Tree,
  headTree: Tree,
): Promise<readonly PairedFile[]> {
  const { api, repository, head } = options
  const complete = async (tree: Tree, commit: string, paths: readonly string[]) =>
    tree.truncated ? new Map([...tree.entries, ...(await readEntries(api, repository, commit, paths))]) : tree.entries
  const basePaths = list.files
    .filter(({ status }) => status !== 'added')
    .map((file) => file.previous_filename ?? file.filename)
  const headPaths = list.files.filter(({ status }) => status !== 'removed').map(({ filename }) => filename)
  return pairWithTrees(
    list.files,
    await complete(baseTree, list.mergeBase, basePaths),
    await complete(headTree, head, headPaths),
  )
}

function blobsOf({ base, head }: PairedFile): readonly BlobId[] {
  return [base, head].flatMap((version) => (version?.blob && version.kind !== 'submodule' ? [version.blob] : []))
}

function listNotes({ files, total }: FileList): readonly Note[] {
  if (files.length >= total) return []
  return [
    {
      kind: 'files-truncated',
      says: `GitHub lists only the first ${files.length} changed files; the rest was not looked at.`,
    },
  ]
}

function treeNotes(baseTree: Tree, headTree: Tree): readonly Note[] {
  if (!baseTree.truncated && !headTree.truncated) return []
  const says = 'GitHub lists only a part of this repository, so evidence outside that part was not found.'
  return [{ kind: 'listing-truncated', says }]
}

async function readThrough(
  options: GitHubChangeSourceOptions,
  sizes: ReadonlyMap<BlobId, number>,
  ids: readonly BlobId[],
) {
  const { api, repository, blobs, watch } = options
  const found = new Map<BlobId, Blob>()
  const unknown = ids.filter((id) => {
    const blob = blobs.get(id)
    if (blob) found.set(id, blob)
    return !blob
  })
  for (const [id, blob] of await readBlobs({ api, repository, sizes, watch }, unknown)) {
    if (blob.status !== 'missing') blobs.set(id, blob)
    found.set(id, blob)
  }
  return found
}
