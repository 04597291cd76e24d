import type { ChangeSource } from '../../change/change-source.ts'
import { descriptionIn } from '../../change/description.ts'
import { GitError } from '../../git/git-error.ts'
import { createGitSource } from '../../git/git-source.ts'
import { type GitRepository, openRepository } from '../../git/open-repository.ts'
import type { PullRequest } from '../../github/read-pull-request.ts'
import type { LocalSource } from '../../github/review-pull-request.ts'

/**
 * The pull request from the objects of a checkout, when they are all there: with `fetch-depth: 0` they are. Objects are only
 * read; nothing of the head is checked out or run. Null when something is missing: GitHub's API has it.
 */
export async function localSource(workspace: string, pull: PullRequest): Promise<LocalSource | null> {
  const repository = await orNull(openRepository(workspace))
  if (repository === null) return null
  const source = await orNull(wholeSource(repository, pull))
  if (source === null) await repository.close()
  return source && { source, close: repository.close }
}

async function wholeSource(repository: GitRepository, pull: PullRequest): Promise<ChangeSource | null> {
  const source = createGitSource(repository, { kind: 'range', base: pull.base.sha, head: pull.head })
  const change = await source.readChange()
  const { description: _ofCommit, ...apart } = change
  if (change.notes.some(({ kind }) => kind === 'lines-not-compared')) return null
  return {
    ...source,
    // As GitHub names it, so that the review is the same from both.
    readChange: async () => ({ ...apart, title: pull.title, ...descriptionIn(pull.body) }),
    readPolicyFile: async (path) => pull.policyFiles.get(path) ?? source.readPolicyFile(path),
  }
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof GitError) return null
    throw error
  }
}
