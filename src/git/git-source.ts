import type { Change } from '../change/change.ts'
import type { ChangeSource } from '../change/change-source.ts'
import { comparePaths } from '../change/compare-paths.ts'
import { descriptionIn } from '../change/description.ts'
import { laterDate } from '../change/later-date.ts'
import { describeDifferences } from './describe-differences.ts'
import { messageOf } from './message-of.ts'
import type { GitRepository } from './open-repository.ts'
import { readAttributes } from './read-attributes.ts'
import { readBlobs } from './read-blobs.ts'
import { committedAt, readCommit } from './read-commit.ts'
import { readDiff } from './read-diff.ts'
import { readPolicyFile } from './read-policy-file.ts'
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

async function readChange({ view, objects, listTrees }: GitRepository, trees: ComparedTrees): Promise<Change> {
  const compared = readDiff(view, objects, trees.mergeBase, trees.headTree)
  const [differences, { baseTree, headTree }, base, head] = await Promise.all([
    compared,
    listTrees(trees.mergeBase, trees.headTree, compared),
    readCommit(objects, trees.base),
    trees.headCommit === null ? null : readCommit(objects, trees.headCommit),
  ])
  const message = head && messageOf(head)
  // It stands for "now": the same change gives the same review on every day.
  const asOf = laterDate([base, head].map((commit) => commit && committedAt(commit)))
  const paths = differences.flatMap(({ base, head }) => (head ?? base)?.path ?? [])
  const attributes = await readAttributes(objects, baseTree, headTree, paths)
  const { files, notes } = await describeDifferences(objects, differences, attributes.of)
  return {
    base: trees.base,
    head: trees.head,
    mergeBase: trees.mergeBase,
    title: message?.title ?? null,
    ...descriptionIn(message?.body ?? ''),
    files: files.toSorted((a, b) => comparePaths(a.path, b.path)),
    baseTree,
    headTree,
    notes: [...trees.notes, ...attributes.notes, ...notes],
    ...(asOf === null ? {} : { asOf }),
  }
}
