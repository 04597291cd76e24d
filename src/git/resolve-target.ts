import type { Note } from '../change/change.ts'
import { GitError } from './git-error.ts'
import type { GitRepository } from './open-repository.ts'
import { defaultBase, parseRange, type ResolvedRange, resolveRange } from './resolve-range.ts'
import { writeIndexTree, writeWorkTree } from './write-snapshot.ts'

/**
 * What is reviewed. Always from where the head left the base (their merge base), so that what others did meanwhile is
 * no part of it: `main...feature` and `main..feature` mean the same, `main` alone is against HEAD, and without any
 * name the base is origin/HEAD, main or master. The work tree counts untracked files, but not ignored ones.
 */
export type Target =
  | { readonly kind: 'range'; readonly range?: string; readonly base?: string; readonly head?: string }
  | { readonly kind: 'index'; readonly base?: string }
  | { readonly kind: 'working-tree'; readonly base?: string }

/** Two trees to compare, and how they are called. */
export interface ComparedTrees {
  /** Tip of the base as given, and its name for people. */
  readonly base: string
  readonly baseName: string
  readonly mergeBase: string
  /** What `Change.head` says. */
  readonly head: string
  /** Commit or tree with the contents of the head. */
  readonly headTree: string
  /** Null for the index and the work tree. */
  readonly headCommit: string | null
  readonly notes: readonly Note[]
}

export async function resolveTarget(repository: GitRepository, target: Target): Promise<ComparedTrees> {
  if (target.kind === 'range') {
    const names = await namesOf(repository, target)
    const range = await resolveRange(repository, names)
    return { ...comparedFrom(range), head: range.head, headTree: range.head, headCommit: range.head }
  }
  const write = target.kind === 'index' ? writeIndexTree : writeWorkTree
  const [start, snapshot] = await Promise.all([startOf(repository, target.base), write(repository)])
  const notes = [...start.notes, ...snapshot.notes]
  const head = target.kind === 'index' ? 'INDEX' : 'WORKTREE'
  return { ...start, head, headTree: snapshot.tree, headCommit: null, notes }
}

type Start = Pick<ComparedTrees, 'base' | 'baseName' | 'mergeBase' | 'notes'>

function comparedFrom({ names, base, mergeBase, hasManyMergeBases }: ResolvedRange): Start {
  const says = `${names.base} and ${names.head} have several merge bases; the change is taken from ${mergeBase.slice(0, 8)}`
  return {
    base,
    baseName: names.base,
    mergeBase,
    notes: hasManyMergeBases ? [{ kind: 'several-merge-bases', says }] : [],
  }
}

/** Before the first commit everything is new. */
async function startOf(repository: GitRepository, base: string | undefined): Promise<Start> {
  if (base === undefined && (await isUnborn(repository))) {
    const { emptyTree } = repository
    return { base: emptyTree, baseName: 'nothing', mergeBase: emptyTree, notes: [] }
  }
  return comparedFrom(await resolveRange(repository, { base: base ?? 'HEAD', head: 'HEAD' }))
}

async function isUnborn(repository: GitRepository): Promise<boolean> {
  const answer = await repository.run(['rev-parse', '--verify', '--quiet', 'HEAD'])
  return answer.code !== 0
}

async function namesOf(
  repository: GitRepository,
  { range, base, head }: Extract<Target, { readonly kind: 'range' }>,
): Promise<{ readonly base: string; readonly head: string }> {
  if (range !== undefined) {
    if (base !== undefined || head !== undefined) {
      throw new GitError('Give either a range like BASE...HEAD, or --base and --head, not both.')
    }
    return parseRange(range)
  }
  return { base: base ?? (await defaultBase(repository)), head: head ?? 'HEAD' }
}
