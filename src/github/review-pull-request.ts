import type { ChangeSource, PolicyFile } from '../change/change-source.ts'
import { type CheckRun, checkRunOf } from '../report/check-run.ts'
import { uriPath } from '../report/escape.ts'
import { formatMarkdown } from '../report/markdown.ts'
import type { MarkdownLinks } from '../report/markdown-entry.ts'
import { type Notice, noticeComment, noticeRun, policyNotice } from '../report/notice.ts'
import type { Review } from '../review/review-types.ts'
import type { BlobCache } from './blob-cache.ts'
import { createGitHubChangeSource } from './github-change-source.ts'
import type { GitHubClient } from './github-client.ts'
import { createHeadWatch, type HeadWatch, isCurrent } from './head-watch.ts'
import type { Identity } from './own-comments.ts'
import { postCheckRun } from './post-check-run.ts'
import { type PullRequest, readPullRequest } from './read-pull-request.ts'
import type { Repository } from './repository.ts'
import { stickComment } from './sticky-comment.ts'

/** Where the team's rules stand in its repository. */
export const POLICY_PATH = '.github/airworthy.yml'
/** Name of the check run, as branch protection knows it. */
export const CHECK_NAME = 'airworthy'
/** Marks our comment, together with its author. */
export const MARKER = 'airworthy:v1'

/** A review, or why there is none: the team's policy is not valid. */
export type Judgement =
  | { readonly kind: 'review'; readonly review: Review }
  | { readonly kind: 'policy-problems'; readonly source: string; readonly problems: readonly string[] }

/** The engine as the adapters see it. `policyFile` is null when the base branch has none. */
export type Judge = (source: ChangeSource, policyFile: PolicyFile | null) => Promise<Judgement>

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
  /** Told how long each stage took. */
  readonly stage?: (name: 'open' | 'review' | 'publish', ms: number) => void
}

export interface PullRequestTask {
  readonly repository: Repository
  readonly number: number
  readonly force: boolean
}

export type Publication =
  | { readonly kind: 'published'; readonly comment: string; readonly run: string; readonly judgement: Judgement }
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
  const judgement = await host.judge(sourceOf(host, repository, pull, watch), pull.policyFiles.get(POLICY_PATH) ?? null)
  const { comment, run } = render(host, repository, judgement)
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
  const posted = await postCheckRun(target, run)
  const sticky = { ...comments, client, known: pull.comments, exclusive: host.exclusive }
  const stuck = await stickComment(sticky, comment)
  host.stage?.('publish', clock.now() - judged)
  return { kind: 'published', judgement, run: posted, comment: stuck }
}

function sourceOf(host: Host, repository: Repository, pull: PullRequest, head: HeadWatch): ChangeSource {
  if (pull.attributes) host.blobs.set(pull.attributes.blob, { status: 'text', text: pull.attributes.text })
  return createGitHubChangeSource({
    api: host.client.read,
    repository,
    base: pull.base,
    head: pull.head,
    title: pull.title,
    pullRequest: pull,
    policyFiles: pull.policyFiles,
    blobs: host.blobs,
    watch: { head, now: host.clock.now },
  })
}

interface Rendered {
  readonly comment: string
  readonly run: CheckRun
}

function render(host: Host, repository: Repository, judgement: Judgement): Rendered {
  if (judgement.kind === 'policy-problems') return rendered(policyNotice(judgement.source, judgement.problems))
  const links = linksOf(host.webUrl, repository)
  return {
    comment: formatMarkdown(judgement.review, { links, marker: MARKER }),
    run: checkRunOf(judgement.review, { links }),
  }
}

function rendered(notice: Notice): Rendered {
  return { comment: noticeComment(notice, MARKER), run: noticeRun(notice, 'failure') }
}

export function linksOf(webUrl: string, { owner, repo }: Repository): MarkdownLinks {
  return {
    blob: (path, sha, startLine, endLine) => {
      const lines = endLine > startLine ? `L${startLine}-L${endLine}` : `L${startLine}`
      return `${webUrl}/${owner}/${repo}/blob/${sha}/${uriPath(path)}#${lines}`
    },
  }
}
