import * as z from 'zod'
import type { BlobId, Tree, TreeEntry } from '../change/change.ts'
import { comparePaths } from '../change/compare-paths.ts'
import { entryKind } from '../change/entry-kind.ts'
import type { Api } from './github-client.ts'
import type { Repository } from './repository.ts'

/** A listing with the sizes GitHub gives along with it. */
export interface SizedTree extends Tree {
  /** Bytes of each blob. */
  readonly sizes: ReadonlyMap<BlobId, number>
}

const Answer = z.object({
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
  truncated: z.boolean(),
})

/** Lists a commit in one call. GitHub cuts it at 100,000 entries or 7 MB; `truncated` says so. */
export async function readTree(api: Api, repository: Repository, commit: string): Promise<SizedTree> {
  const answer = await api.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    ...repository,
    tree_sha: commit,
    recursive: '1',
  })
  const { tree, truncated } = Answer.parse(answer.data)
  const entries = new Map<string, TreeEntry>()
  const sizes = new Map<BlobId, number>()
  for (const { path, mode, type, sha, size } of tree.toSorted((a, b) => comparePaths(a.path, b.path))) {
    if (type === 'tree') continue
    entries.set(path, { path, blob: sha, kind: entryKind(mode) })
    if (size !== undefined) sizes.set(sha, size)
  }
  return { entries, truncated, sizes }
}
