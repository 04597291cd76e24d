import type { Tree, TreeEntry } from '../change/change.ts'
import { comparePaths } from '../change/compare-paths.ts'
import { entryKind } from '../change/entry-kind.ts'
import { GitError } from './git-error.ts'
import type { ObjectView } from './object-view.ts'
import { gitFailure } from './run-git.ts'

/** The whole listing of a commit or tree. `paths` limits it to these paths. */
export async function readTree(view: ObjectView, treeish: string, paths: readonly string[] = []): Promise<Tree> {
  const answer = await view.run([
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    treeish,
    ...(paths.length > 0 ? ['--', ...paths] : []),
  ])
  if (answer.code !== 0) throw treeFailure(treeish, answer.stderr) ?? gitFailure(`list ${treeish}`, answer)
  if (answer.isCut) throw new GitError(`The listing of ${treeish} is too large to be read.`)
  const entries: TreeEntry[] = []
  for (const record of answer.stdout.toString('utf8').split('\0')) {
    const tab = record.indexOf('\t')
    if (tab === -1) continue
    // Mode, type and id, a space between them.
    const blob = record.slice(record.lastIndexOf(' ', tab) + 1, tab)
    entries.push({ path: record.slice(tab + 1), blob, kind: entryKind(record.slice(0, record.indexOf(' '))) })
  }
  return treeOf(entries)
}

/** A listing in path order. */
export function treeOf(entries: readonly TreeEntry[]): Tree {
  // Git sorts by bytes, which is code unit order for all but rare characters, and sorting the sorted costs little.
  const sorted = entries.toSorted((a, b) => comparePaths(a.path, b.path))
  return { entries: new Map(sorted.map((entry) => [entry.path, entry])), truncated: false }
}

/** A clone that was made without trees, or is damaged. Null when git failed for another reason. */
export function treeFailure(treeish: string, stderr: string): GitError | null {
  return /not a tree object|unable to read tree|bad tree object|missing/.test(stderr)
    ? new GitError(`The tree of ${treeish} is not in this clone. Fetch it with: git fetch --refetch --filter=blob:none`)
    : null
}
