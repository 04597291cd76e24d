import type { ChangeSource } from '../change/change-source.ts'
import { POLICY_PATH } from '../policy/policy.ts'
import { type Memory, readMemory } from '../report/since-last.ts'
import type { BlobCache } from './blob-cache.ts'
import { createGitHubChangeSource } from './github-change-source.ts'
import type { GitHubClient } from './github-client.ts'
import { createHeadWatch, type HeadWatch, isCurrent } from './head-watch.ts'
import { HostError } from './host-error.ts'
import type { Judge, Judgement } from './judgement.ts'
import type { Identity } from './own-comments.ts'
import { postCheckRun } from './post-check-run.ts'
import { type PullRequest, readPullRequest } from './read-pull-request.ts'
import { MARKER, type Rendered, renderJudgement } from './render-judgement.ts'
import type { Repository } from './repository.ts'
import { type CommentOutcome, type StickyCommentOptions, stickComment } from './sticky-comment.ts'
import { type LabelsOutcome, type LabelTarget, syncLabels } from './sync-labels.ts'

/** Name of the check run, as branch protection knows it. */
export const CHECK_NAME = 'airworthy'

/** A source that holds something open. */
export interface LocalSource {
  readonly source: ChangeSource
  readonly close: () => Promise<void>
}

export interface Host {
  readonly client: GitHubClient
  readonly self: Identity
  /** The App; null when a workflow's token is at work. */
  readonly appId: number | null
  /** 'https://github.com' */
  readonly webUrl: string
  readonly judge: Judge
  readonly blobs: BlobCache
  readonly clock: { readonly now: () => number }
  /** Nobody else can be at work on the same pull request. */
  readonly exclusive: boolean
  /** False where the job itself is the check: a run made with a workflow's token would land in any workflow's suite. */
  readonly postsRun: boolean
  /** Reads the change elsewhere, from a checkout that has it all; null when it has not. */
  readonly localSource?: (pull: PullRequest) => Promise<LocalSource | null>
  /** Told how long each stage took. */
  readonly stage?: (name: 'open' | 'review' | 'publish', ms: number) => void
}

export interface PullRequestTask {
  readonly repository: Repository
  readonly number: number
  readonly force: boolean
}

export type Publication =
  | {
      readonly kind: 'published'
      readonly judgement: Judgement
      readonly rendered: Rendered
      /** `refused`: the conversation is locked, or the token may only read, as on a pull request from a fork. */
      readonly comment: CommentOutcome | 'refused'
      readonly labels: LabelsOutcome
      readonly run: 'posted' | 'unchanged' | 'none'
    }
  /** The head moved or the pull request closed while we looked: the newer state gets its own review. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'closed' }

/** Reads a pull request as it is now, reviews it, and writes comment and check run if it is still so. Throws HostError. */
export async function reviewPullRequest(host: Host, task: PullRequestTask): Promise<Publication> {
  const { client, clock, self, appId } = host
  const { repository, number } = task
  const comments = { repository, number, self, marker: `<!-- ${MARKER} -->` }
  const check = { name: CHECK_NAME, appId }
  const started = clock.now()
  const pull = await readPullRequest(client.read, { ...comments, check, policyPaths: [POLICY_PATH] })
  if (!pull.open) return { kind: 'closed' }
  const opened = clock.now()
  host.stage?.('open', opened - started)
  const watch = createHeadWatch(number, { head: pull.head, open: true, at: started })
  const judgement = await judgePull(host, pull, () => sourceOf(host, repository, pull, watch))
  const rendered = renderJudgement(judgement, host.webUrl, repository, memoryOf(pull))
  const judged = clock.now()
  host.stage?.('review', judged - opened)
  if (!(await isCurrent(client.read, repository, watch, pull.head, judged))) return { kind: 'superseded' }
  const subject = `${number}`
  const target = {
    client,
    repository,
    name: CHECK_NAME,
    head: pull.head,
    subject,
    last: pull.lastRun,
    force: task.force,
  }
  const sticky = { ...comments, client, known: pull.comments, exclusive: host.exclusive }
  // The run comes last: while it is missing, reconciling knows that the work is not done.
  const comment = await commentIfAllowed(sticky, rendered.comment)
  const labels = await labelAs(judgement, { client, repository, number, present: pull.labels })
  const run = host.postsRun ? await postCheckRun(target, rendered.run) : 'none'
  host.stage?.('publish', clock.now() - judged)
  return { kind: 'published', judgement, rendered, run, labels, comment }
}

/** `comments` holds only what we wrote ourselves; the oldest is the one that stays. */
function memoryOf({ comments: [oldest] }: PullRequest): Memory | null {
  return oldest ? readMemory(oldest.body, MARKER) : null
}

async function judgePull(host: Host, pull: PullRequest, remote: () => ChangeSource): Promise<Judgement> {
  const local = (await host.localSource?.(pull)) ?? null
  if (local === null) return host.judge(remote())
  try {
    return await host.judge(local.source)
  } finally {
    await local.close()
  }
}

/** The run or the job's result is the answer. A locked conversation or a token that may only read must not stop it. */
async function commentIfAllowed(sticky: StickyCommentOptions, body: string): Promise<CommentOutcome | 'refused'> {
  try {
    return await stickComment(sticky, body)
  } catch (error) {
    if (error instanceof HostError && error.failure.kind === 'forbidden') return 'refused'
    throw error
  }
}

/** Without a verdict nobody knows which label is right: then none is touched. */
async function labelAs(judgement: Judgement, target: LabelTarget): Promise<LabelsOutcome> {
  if (judgement.kind !== 'review') return { kind: 'unchanged' }
  const { labels, review } = judgement
  const managed = [labels.pass, labels.fail, labels.advise].flatMap((name) => name ?? [])
  return syncLabels(target, { wanted: labels[review.verdict] ?? null, managed })
}

function sourceOf(host: Host, repository: Repository, pull: PullRequest, head: HeadWatch): ChangeSource {
  if (pull.attributes) host.blobs.set(pull.attributes.blob, { status: 'text', text: pull.attributes.text })
  return createGitHubChangeSource({
    api: host.client.read,
    repository,
    base: pull.base,
    head: pull.head,
    title: pull.title,
    body: pull.body,
    asOf: pull.asOf,
    pullRequest: pull,
    policyFiles: pull.policyFiles,
    blobs: host.blobs,
    watch: { head, now: host.clock.now },
  })
}
