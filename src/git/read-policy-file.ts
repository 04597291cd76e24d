import type { TreeEntry } from '../change/change.ts'
import type { PolicyFile } from '../change/change-source.ts'
import { repositoryPath } from '../change/diff-names.ts'
import { findEntry } from './find-entry.ts'
import { GitError } from './git-error.ts'
import type { GitRepository } from './open-repository.ts'
import { readBlobs } from './read-blobs.ts'
import { readTree } from './read-tree.ts'

/**
 * A file of a commit or tree by its path from the root of the repository, and where that was: '.github/airworthy.yml
 * at main (1a2b3c4d)'. Null when it is not there; every other way not to have it is a `GitError`.
 */
export async function readPolicyFile(
  repository: GitRepository,
  path: string,
  treeish: string,
  name: string,
): Promise<PolicyFile | null> {
  const inside = path.startsWith('/') ? null : repositoryPath(path)
  if (inside === null) throw new GitError(`${path} is outside the repository. Give a path from its root.`)
  const entry = await entryAt(repository, inside, treeish)
  if (entry === null) return null
  const short = treeish.slice(0, 8)
  const source = `${inside} at ${treeish.startsWith(name) ? short : `${name} (${short})`}`
  if (entry.kind === 'symlink' || entry.kind === 'submodule') {
    throw new GitError(`${source} is a ${entry.kind}. Put the file itself there.`)
  }
  const blob = (await readBlobs(repository.objects, [entry.blob])).get(entry.blob)
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

/** What cannot be read by us is asked of git, which says why. */
async function entryAt({ view, objects }: GitRepository, path: string, treeish: string): Promise<TreeEntry | null> {
  const entry = await findEntry(objects, treeish, path)
  return entry === 'unread' ? ((await readTree(view, treeish, [path])).entries.get(path) ?? null) : entry
}
