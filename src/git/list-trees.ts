import type { FileVersion, Tree } from '../change/change.ts'
import type { ObjectView } from './object-view.ts'
import type { TreeDifference } from './read-diff.ts'
import { readTree, treeOf } from './read-tree.ts'

/** Both listings of a change. */
export interface ListedTrees {
  readonly baseTree: Tree
  readonly headTree: Tree
}

/** Lists both trees of a change, given what differs between them. Names are ids of commits or trees. */
export type ListTrees = (
  base: string,
  head: string,
  differences: Promise<readonly TreeDifference[]>,
) => Promise<ListedTrees>

/**
 * Of both listings one is asked of git and the other follows from the differences. Where changes are reviewed one after the
 * other, this one mostly starts or ends where the last one did: then git is not asked at all.
 */
export function createTreeLister(view: ObjectView): ListTrees {
  /** Those of the last change only: a listing may be large. Null for one that could not be had. */
  let last = new Map<string, Promise<Tree | null>>()

  return (base, head, differences) => {
    const listed = list(view, base, head, differences, last)
    last = new Map([
      [base, listed.then(({ baseTree }) => baseTree).catch(() => null)],
      [head, listed.then(({ headTree }) => headTree).catch(() => null)],
    ])
    return listed
  }
}

async function list(
  view: ObjectView,
  base: string,
  head: string,
  differences: Promise<readonly TreeDifference[]>,
  known: ReadonlyMap<string, Promise<Tree | null>>,
): Promise<ListedTrees> {
  const isHeadAsked = known.has(head) || !known.has(base)
  const baseTree = isHeadAsked ? null : await known.get(base)
  if (baseTree) return { baseTree, headTree: treeAfter(baseTree, await differences) }
  const [headTree, differing] = await Promise.all([listed(view, head, known.get(head)), differences])
  return { baseTree: treeBefore(headTree, differing), headTree }
}

async function listed(view: ObjectView, treeish: string, known: Promise<Tree | null> | undefined): Promise<Tree> {
  return (await known) ?? readTree(view, treeish)
}

function treeBefore(after: Tree, differences: readonly TreeDifference[]): Tree {
  return replaced(
    after,
    differences.map(({ status, base, head }) => ({ gone: head, come: status === 'copied' ? null : base })),
  )
}

function treeAfter(before: Tree, differences: readonly TreeDifference[]): Tree {
  return replaced(
    before,
    differences.map(({ status, base, head }) => ({ gone: status === 'copied' ? null : base, come: head })),
  )
}

interface Replacement {
  readonly gone: FileVersion | null
  readonly come: FileVersion | null
}

/** A listing in which some files have made room for others. */
function replaced(tree: Tree, replacements: readonly Replacement[]): Tree {
  const entries = new Map(tree.entries)
  for (const { gone } of replacements) if (gone) entries.delete(gone.path)
  for (const { come } of replacements)
    if (come?.blob) entries.set(come.path, { path: come.path, blob: come.blob, kind: come.kind })
  return { ...treeOf([...entries.values()]), truncated: tree.truncated }
}
