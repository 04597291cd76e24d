import * as z from 'zod'
import { mergeGroupJob, pullRequestJob, type ReviewJob } from './jobs.ts'
import { subjectOf } from './post-check-run.ts'
import type { Repository } from './repository.ts'

/** What a delivery asks for. */
export type Intent =
  | { readonly kind: 'jobs'; readonly jobs: readonly ReviewJob[] }
  /** A head whose pull request the delivery does not name, as with forks. */
  | {
      readonly kind: 'find-by-head'
      readonly installation: number
      readonly repository: Repository
      readonly head: string
      readonly force: boolean
    }
  /** The policy of a base branch may have changed. */
  | {
      readonly kind: 'review-open'
      readonly installation: number
      readonly repository: Repository
      readonly base: string | null
    }
  /** An installation came or grew: its open pull requests have no run yet. */
  | { readonly kind: 'reconcile'; readonly installation: number }
  | { readonly kind: 'nothing'; readonly because: string }

const Sha = z.string().regex(/^[0-9a-f]{40,64}$/)
const Installation = z.object({ id: z.number() })
const Target = z.object({
  installation: Installation,
  repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
})
const PullRequestEvent = Target.extend({
  action: z.string(),
  pull_request: z.object({ number: z.number() }),
  changes: z.object({ base: z.unknown().optional() }).optional(),
})
const PullRequests = z.array(z.object({ number: z.number(), base: z.object({ repo: z.object({ id: z.number() }) }) }))
const WithId = z.object({ repository: z.object({ id: z.number() }) })
const CheckRunEvent = Target.extend({
  action: z.string(),
  check_run: z.object({ head_sha: Sha, external_id: z.string().nullish(), pull_requests: PullRequests }),
})
const CheckSuiteEvent = Target.extend({
  action: z.string(),
  check_suite: z.object({ head_sha: Sha, pull_requests: PullRequests }),
})
const CommentEvent = Target.extend({
  action: z.string(),
  issue: z.object({ number: z.number(), pull_request: z.unknown().optional() }),
  comment: z.object({ body: z.string(), user: z.object({ type: z.string() }).nullable() }),
})
const GroupEvent = Target.extend({
  action: z.string(),
  merge_group: z.object({ head_sha: Sha, head_ref: z.string(), base_sha: Sha, base_ref: z.string() }),
})
const Touched = z.array(z.string()).default([])
const PushEvent = Target.extend({
  ref: z.string(),
  deleted: z.boolean(),
  commits: z.array(z.object({ added: Touched, removed: Touched, modified: Touched })),
})
const InstallationEvent = z.object({ action: z.string(), installation: Installation })

const PULL_REQUEST_ACTIONS = ['opened', 'reopened', 'synchronize', 'ready_for_review', 'converted_to_draft']
/** A push lists at most this many commits; then anything may have changed. */
const LISTED_COMMITS = 2048
const RECHECK = /^\/airworthy\s+recheck\s*$/m

/** Decides what to do about a webhook. Reads ids only: the worker asks GitHub for everything else. Throws ZodError on an unknown shape. */
export function intentOf(event: string, payload: unknown, policyPath: string): Intent {
  switch (event) {
    case 'pull_request':
      return ofPullRequest(PullRequestEvent.parse(payload))
    case 'check_run':
      return ofCheckRun(payload)
    case 'check_suite':
      return ofCheckSuite(payload)
    case 'issue_comment':
      return ofComment(CommentEvent.parse(payload))
    case 'merge_group':
      return ofMergeGroup(GroupEvent.parse(payload))
    case 'push':
      return ofPush(PushEvent.parse(payload), policyPath)
    case 'installation':
    case 'installation_repositories':
      return ofInstallation(InstallationEvent.parse(payload))
    default:
      return nothing(`${event} says nothing about a change`)
  }
}

function nothing(because: string): Intent {
  return { kind: 'nothing', because }
}

function repositoryOf({ repository }: z.infer<typeof Target>): Repository {
  return { owner: repository.owner.login, repo: repository.name }
}

function ofPullRequest(event: z.infer<typeof PullRequestEvent>): Intent {
  const retargeted = event.action === 'edited' && event.changes?.base !== undefined
  if (!retargeted && !PULL_REQUEST_ACTIONS.includes(event.action))
    return nothing(`${event.action} changes nothing that is reviewed`)
  // The head keeps its run when the base moves: only a new one takes the old answer back.
  return {
    kind: 'jobs',
    jobs: [
      pullRequestJob(event.installation.id, repositoryOf(event), event.pull_request.number, { force: retargeted }),
    ],
  }
}

function ofCheckRun(payload: unknown): Intent {
  const event = CheckRunEvent.parse(payload)
  if (event.action !== 'rerequested') return nothing(`check_run.${event.action} asks for nothing`)
  const known = Number(subjectOf(event.check_run.external_id ?? null) ?? Number.NaN)
  const numbers = Number.isInteger(known) ? [known] : ownNumbers(payload, event.check_run.pull_requests)
  return byNumbers(event, numbers, event.check_run.head_sha)
}

function ofCheckSuite(payload: unknown): Intent {
  const event = CheckSuiteEvent.parse(payload)
  // `requested` comes with every push, and pull_request.synchronize says the same better.
  if (event.action !== 'rerequested') return nothing(`check_suite.${event.action} asks for nothing`)
  return byNumbers(event, ownNumbers(payload, event.check_suite.pull_requests), event.check_suite.head_sha)
}

/** A suite also lists pull requests of other repositories that have the same head. */
function ownNumbers(payload: unknown, pulls: z.infer<typeof PullRequests>): readonly number[] {
  const { id } = WithId.parse(payload).repository
  return pulls.filter(({ base }) => base.repo.id === id).map(({ number }) => number)
}

function byNumbers(event: z.infer<typeof Target>, numbers: readonly number[], head: string): Intent {
  const [installation, repository] = [event.installation.id, repositoryOf(event)]
  if (numbers.length === 0) return { kind: 'find-by-head', installation, repository, head, force: true }
  return {
    kind: 'jobs',
    jobs: numbers.map((number) => pullRequestJob(installation, repository, number, { force: true })),
  }
}

function ofComment(event: z.infer<typeof CommentEvent>): Intent {
  const asked =
    event.action === 'created' &&
    event.issue.pull_request !== undefined &&
    RECHECK.test(event.comment.body.slice(0, 2000))
  if (!asked || event.comment.user?.type === 'Bot') return nothing('not a command')
  return {
    kind: 'jobs',
    jobs: [pullRequestJob(event.installation.id, repositoryOf(event), event.issue.number, { force: true })],
  }
}

function ofMergeGroup(event: z.infer<typeof GroupEvent>): Intent {
  const { head_sha, head_ref, base_sha, base_ref } = event.merge_group
  if (event.action !== 'checks_requested') return nothing('the group is gone; its run does no harm')
  const base = { ref: base_ref.replace('refs/heads/', ''), sha: base_sha }
  return {
    kind: 'jobs',
    jobs: [mergeGroupJob(event.installation.id, repositoryOf(event), { base, head: head_sha, headRef: head_ref })],
  }
}

function ofPush(event: z.infer<typeof PushEvent>, policyPath: string): Intent {
  const branch = /^refs\/heads\/(.+)$/.exec(event.ref)?.[1]
  const touched = event.commits.some(({ added, removed, modified }) =>
    [...added, ...removed, ...modified].includes(policyPath),
  )
  if (!branch || event.deleted || (!touched && event.commits.length < LISTED_COMMITS))
    return nothing('the policy is as it was')
  return { kind: 'review-open', installation: event.installation.id, repository: repositoryOf(event), base: branch }
}

function ofInstallation(event: z.infer<typeof InstallationEvent>): Intent {
  const grown = ['created', 'added', 'unsuspend', 'new_permissions_accepted'].includes(event.action)
  return grown
    ? { kind: 'reconcile', installation: event.installation.id }
    : nothing(`${event.action}: nothing to review`)
}
