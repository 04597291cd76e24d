import type { PolicyFile } from '../change/change-source.ts'
import { repositoryPath } from '../change/diff-names.ts'
import { GitError } from './git-error.ts'
import type { GitRepository } from './open-repository.ts'
import { readBlobs } from './read-blobs.ts'
import { readTree } from './read-tree.ts'

/**
 * A file of a commit or tree by its path from the root of the repository, and where that was: '.github/airworthy.yml
 * at main (1a2b3c4d)'. Null when it is not there; every other way not to have it is a `GitError`.
 */
export async function readPolicyFile(
  { view, objects }: GitRepository,
  path: string,
  treeish: string,
  name: string,
): Promise<PolicyFile | null> {
  const inside = path.startsWith('/') ? null : repositoryPath(path)
  if (inside === null) throw new GitError(`${path} is outside the repository. Give a path from its root.`)
  const entry = (await readTree(view, treeish, [inside])).entries.get(inside)
  if (!entry) return null
  const short = treeish.slice(0, 8)
  const source = `${inside} at ${treeish.startsWith(name) ? short : `${name} (${short})`}`
  if (entry.kind === 'symlink' || entry.kind === 'submodule') {
    throw new GitError(`${source} is a ${entry.kind}. Put the file itself there.`)
  }
  const blob = (await readBlobs(objects, [entry.blob])).get(entry.blob)
  switch (blob?.status) {
    case 'text':
      return { source, text: blob.text }
    case 'binary':
      throw new GitError(`${source} is no text.`)
    case 'too-large':
      throw new GitError(`${source} is larger than 2 MiB.`)
    default:
      throw new GitError(`${source} is not in this clone, which is a partial one. Fetch it with: git fetch --refetch`)
  }
}
