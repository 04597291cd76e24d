import * as z from 'zod'
import { parseRepository, type Repository } from '../../github/repository.ts'
import type { MergeGroupTask } from '../../github/review-merge-group.ts'

/** What a workflow run is about. */
export type ActionTarget =
  | {
      readonly kind: 'pull-request'
      readonly repository: Repository
      readonly number: number
      readonly base: { readonly ref: string; readonly sha: string }
    }
  | { readonly kind: 'merge-group'; readonly task: MergeGroupTask }

/** The workflow is not set up as it must be: the message is for the one who wrote it. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}

const PullRequestEvent = z.object({
  pull_request: z.object({ number: z.number(), base: z.object({ ref: z.string(), sha: z.string() }) }),
})
const Group = z.object({ base_ref: z.string(), base_sha: z.string(), head_sha: z.string(), head_ref: z.string() })
const MergeGroupEvent = z.object({ merge_group: Group })

/** Reads the event that started the workflow. Throws SetupError for an event without a change. */
export function actionTarget(event: string, payload: unknown, repositoryName: string): ActionTarget {
  const repository = parseRepository(repositoryName)
  if (!repository) throw new SetupError('GITHUB_REPOSITORY is not set. Run this as a step of a GitHub workflow.')
  switch (event) {
    case 'pull_request':
    case 'pull_request_target':
      return { kind: 'pull-request', repository, ...PullRequestEvent.parse(payload).pull_request }
    case 'merge_group': {
      const { base_ref, base_sha, head_sha, head_ref } = MergeGroupEvent.parse(payload).merge_group
      const base = { ref: base_ref.replace('refs/heads/', ''), sha: base_sha }
      return { kind: 'merge-group', task: { repository, base, head: head_sha, headRef: head_ref } }
    }
    default:
      throw new SetupError(
        `Airworthy reviews pull requests; the event ${event} has none. Start the workflow on pull_request and merge_group.`,
      )
  }
}
