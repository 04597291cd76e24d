import type { Change } from '../change/change.ts'
import type { ChangeSource } from '../change/change-source.ts'
import { comparePaths } from '../change/compare-paths.ts'
import { describeDifferences, treeBefore } from './describe-differences.ts'
import type { GitRepository } from './open-repository.ts'
import { readAsOf } from './read-as-of.ts'
import { readAttributes } from './read-attributes.ts'
import { readBlobs } from './read-blobs.ts'
import { readDiff } from './read-diff.ts'
import { readMessage } from './read-message.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { readTree } from './read-tree.ts'
import { type ComparedTrees, resolveTarget, type Target } from './resolve-target.ts'

/** A change between two revisions, or from one to the index or to the work tree. See `Target` for what the names mean. */
export function createGitSource(repository: GitRepository, target: Target): ChangeSource {
  let trees: Promise<ComparedTrees> | undefined
  function resolved(): Promise<ComparedTrees> {
    if (trees === undefined) {
      trees = resolveTarget(repository, target)
      repository.objects.start()
    }
    return trees
  }
  return {
    readChange: async () => readChange(repository, await resolved()),
    readBlobs: (ids) => readBlobs(repository.objects, ids),
    readPolicyFile: async (path) => {
      const { base, baseName } = await resolved()
      return readPolicyFile(repository, path, base, baseName)
    },
  }
}

async function readChange({ view, objects }: GitRepository, trees: ComparedTrees): Promise<Change> {
  const [differences, headTree, message, asOf] = await Promise.all([
    readDiff(view, objects, trees.mergeBase, trees.headTree),
    readTree(view, trees.headTree),
    trees.headCommit === null ? null : readMessage(objects, trees.headCommit),
    readAsOf(objects, [trees.base, trees.headCommit]),
  ])
  const baseTree = treeBefore(headTree, differences)
  const paths = differences.flatMap(({ base, head }) => (head ?? base)?.path ?? [])
  const attributes = await readAttributes(objects, baseTree, headTree, paths)
  const { files, notes } = await describeDifferences(objects, differences, attributes.of)
  return {
    base: trees.base,
    head: trees.head,
    mergeBase: trees.mergeBase,
    title: message?.title ?? null,
    ...(message === null || message.description === null ? {} : { description: message.description }),
    files: files.toSorted((a, b) => comparePaths(a.path, b.path)),
    baseTree,
    headTree,
    notes: [...trees.notes, ...attributes.notes, ...notes],
    ...(asOf === null ? {} : { asOf }),
  }
}
