import type { ChangeSource } from '../../change/change-source.ts'
import { GitError } from '../../git/git-error.ts'
import { createGitSource } from '../../git/git-source.ts'
import { openRepository } from '../../git/open-repository.ts'
import type { PullRequest } from '../../github/read-pull-request.ts'

/**
 * The pull request from the objects of a checkout, when they are all there: with `fetch-depth: 0` they are. Objects are only
 * read; nothing of the head is checked out or run. Null when something is missing: GitHub's API has it.
 */
export async function localSource(workspace: string, pull: PullRequest): Promise<ChangeSource | null> {
  try {
    const repository = await openRepository(workspace)
    const source = createGitSource(repository, { kind: 'range', base: pull.base.sha, head: pull.head })
    const change = await source.readChange()
    const isWhole = !change.notes.some(({ kind }) => kind === 'lines-not-compared')
    if (!isWhole) return null
    return {
      ...source,
      readChange: async () => change,
      readPolicyFile: async (path) => pull.policyFiles.get(path) ?? source.readPolicyFile(path),
    }
  } catch (error) {
    if (error instanceof GitError) return null
    throw error
  }
}
