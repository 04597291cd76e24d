import { GitError } from './git-error.ts'
import type { GitRepository } from './open-repository.ts'
import { readCommit, type StoredCommit } from './read-commit.ts'
import { gitFailure } from './run-git.ts'

/** Two revisions as a person names them. */
export interface RevisionNames {
  readonly base: string
  readonly head: string
}

/** What the names stand for. Ids are full. */
export interface ResolvedRange {
  readonly names: RevisionNames
  /** Commit of the base as given; a tree where the base is one. */
  readonly base: string
  readonly head: string
  /** Where head left base: the diff starts here. A base that is a tree is its own. */
  readonly mergeBase: string
  /** The two have met more than once, and git chose one of the meetings. */
  readonly hasManyMergeBases: boolean
}

/**
 * Names in `A...B`, `A..B` or `A` (against HEAD); an empty side is HEAD. Two dots mean the same as three: what B did
 * since it left A. A review of the reverse of what A did meanwhile would help nobody.
 */
export function parseRange(range: string): RevisionNames {
  const [base = '', head, more] = range.split(/\.{2,3}/)
  if (more !== undefined) throw new GitError(`The range ${range} has more than two revisions. Write BASE...HEAD.`)
  if (range.trim() === '') throw new GitError('The range is empty. Write BASE...HEAD.')
  return { base: base || 'HEAD', head: head || 'HEAD' }
}

/** Resolves both names and finds their merge base, in at most one call of git when all is well. */
export async function resolveRange(repository: GitRepository, names: RevisionNames): Promise<ResolvedRange> {
  for (const name of [names.base, names.head]) checkName(name)
  const known = await resolveParent(repository, names)
  if (known !== null) return known
  const both = `${names.base}^{commit}...${names.head}^{commit}`
  const answer = await repository.run(['rev-parse', both, '--'])
  const ids = answer.stdout.toString('latin1').split('\n')
  if (answer.code !== 0) return resolveEach(repository, names)
  const [head = '', base = ''] = ids
  const mergeBases = ids.flatMap((id) => (id.startsWith('^') ? [id.slice(1)] : []))
  const [mergeBase] = mergeBases
  if (mergeBase === undefined) throw noMergeBase(repository, names)
  return { names, base, head, mergeBase, hasManyMergeBases: mergeBases.length > 1 }
}

/**
 * A commit by its id and a parent of it: the parent is their merge base, and the objects alone tell so. Null for all else. A
 * shallow clone takes the commits at its edge for ones without parents, and only git knows which they are.
 */
async function resolveParent(repository: GitRepository, names: RevisionNames): Promise<ResolvedRange | null> {
  if (repository.isShallow) return null
  const [base, head] = await Promise.all([commitNamed(repository, names.base), commitNamed(repository, names.head)])
  if (base === null || head === null || !head.parents.includes(base.id)) return null
  return { names, base: base.id, head: head.id, mergeBase: base.id, hasManyMergeBases: false }
}

/** The commit of a whole id, or the first parent of one. */
async function commitNamed({ objects }: GitRepository, name: string): Promise<StoredCommit | null> {
  const [, id, parent] = /^([0-9a-f]{40}|[0-9a-f]{64})(\^1?|~1?)?$/.exec(name) ?? []
  const commit = id === undefined ? null : await readCommit(objects, id)
  const first = commit?.parents[0]
  if (commit === null || parent === undefined) return commit
  return first === undefined ? null : readCommit(objects, first)
}

/** The slow way, when one of the names is no commit: says which, and lets a tree be the base. */
async function resolveEach(repository: GitRepository, names: RevisionNames): Promise<ResolvedRange> {
  const [base, baseTree, head] = await Promise.all([
    findObject(repository, `${names.base}^{commit}`),
    findObject(repository, `${names.base}^{tree}`),
    findObject(repository, `${names.head}^{commit}`),
  ])
  if (head === null) throw await unknownRevision(repository, names.head)
  if (baseTree === null) throw await unknownRevision(repository, names.base)
  if (base !== null)
    throw gitFailure(`compare ${names.base} and ${names.head}`, await repository.run(['merge-base', base, head]))
  return { names, base: baseTree, head, mergeBase: baseTree, hasManyMergeBases: false }
}

async function findObject(repository: GitRepository, name: string): Promise<string | null> {
  const answer = await repository.run(['rev-parse', '--verify', '--quiet', '--end-of-options', name])
  return answer.code === 0 ? answer.stdout.toString('latin1').trim() : null
}

/** Git would take a leading dash for an option, and reads other signs as several revisions. */
function checkName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no name of a revision has
  if (name === '' || /^[-^]|[\s\x00-\x1f\x7f]/.test(name)) {
    throw new GitError(`${JSON.stringify(name)} is not the name of a revision. Write a branch, a tag or a commit.`)
  }
}

async function unknownRevision(repository: GitRepository, name: string): Promise<GitError> {
  const ofParent = /^(.+)(?:\^\d*|~\d*)$/.exec(name)?.[1]
  const child = ofParent === undefined ? null : await findObject(repository, `${ofParent}^{commit}`)
  if (repository.isShallow) {
    return new GitError(
      `There is no revision ${name} here: this is a shallow clone. Fetch the rest with: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).`,
    )
  }
  if (child !== null) {
    return new GitError(
      `There is no revision ${name}: ${ofParent} has no such parent. To review a first commit as a whole, give --base ${repository.emptyTree}.`,
    )
  }
  if (name === 'HEAD') return new GitError('There is no commit here yet, so there is nothing to compare with.')
  return new GitError(`There is no revision ${name} here. Look at \`git branch --all\`, or fetch it first.`)
}

function noMergeBase(repository: GitRepository, { base, head }: RevisionNames): GitError {
  return repository.isShallow
    ? new GitError(
        `This shallow clone does not reach back to where ${head} left ${base}. Fetch the rest with: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).`,
      )
    : new GitError(
        `${base} and ${head} have no commit in common, so there is no change to review. Give another --base.`,
      )
}

const DEFAULT_BASES = [
  'refs/remotes/origin/HEAD',
  'refs/heads/main',
  'refs/heads/master',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
]

/** The branch that changes are made for, when nobody names one: the remote's default branch, or main, or master. */
export async function defaultBase(repository: GitRepository): Promise<string> {
  const format = '--format=%(refname) %(refname:short) %(symref:short)'
  const answer = await repository.run(['for-each-ref', format, ...DEFAULT_BASES])
  const found = new Map(
    answer.stdout
      .toString('utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .map(([full = '', short = '', target = '']) => [full, target || short]),
  )
  const name = DEFAULT_BASES.find((ref) => found.has(ref))
  if (name === undefined) {
    throw new GitError('There is no origin/HEAD, main or master to compare with. Name the base with --base.')
  }
  return found.get(name) ?? name
}
