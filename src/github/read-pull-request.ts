import * as z from 'zod'
import type { BlobId } from '../change/change.ts'
import type { PolicyFile } from '../change/change-source.ts'
import { laterDate } from '../change/later-date.ts'
import type { Api } from './github-client.ts'
import { graphQuery } from './graph-query.ts'
import { HostError } from './host-error.ts'
import { HEAD_RUNS, HeadRuns, type LastRun, lastRunOn } from './last-run.ts'
import {
  COMMENT_FIELDS,
  CommentPage,
  type OwnComment,
  type OwnCommentsOptions,
  readOwnComments,
} from './own-comments.ts'
import { policySource, unreadablePolicy } from './read-policy-file.ts'

/** A pull request as it stood when it was read: what a review and its publication need to know, in one call. */
export interface PullRequest {
  readonly number: number
  readonly title: string
  /** As it was written; '' where nothing was. */
  readonly body: string
  readonly author: string | null
  readonly open: boolean
  readonly changedFiles: number
  /** `sha` is the tip of the base branch now, not when the pull request last moved. */
  readonly base: { readonly ref: string; readonly sha: string }
  readonly head: string
  /** The later of the commit dates of the head and of the base's tip, ISO 8601. */
  readonly asOf: string | null
  /** The asked-for files at the tip of the base branch; null for one that is not there. */
  readonly policyFiles: ReadonlyMap<string, PolicyFile | null>
  /** The base branch's `.gitattributes`, which the change's own is most often the same as. */
  readonly attributes: { readonly blob: BlobId; readonly text: string } | null
  /** Oldest first. */
  readonly comments: readonly OwnComment[]
  /** Names. */
  readonly labels: readonly string[]
  readonly lastRun: LastRun | null
}

export interface ReadPullRequestOptions extends OwnCommentsOptions {
  /** Name of our check run, and the App that posts it; null when it is the token of a workflow. */
  readonly check: { readonly name: string; readonly appId: number | null }
  /** Paths to read at the base branch along with it. */
  readonly policyPaths: readonly string[]
}

const File = z.object({ text: z.string().nullable(), isTruncated: z.boolean() })

const Answer = z.object({
  repository: z.object({
    pullRequest: z.object({
      title: z.string(),
      body: z.string(),
      state: z.string(),
      changedFiles: z.number(),
      author: z.object({ login: z.string() }).nullable(),
      baseRefName: z.string(),
      baseRef: z
        .object({ target: z.looseObject({ oid: z.string(), committedDate: z.string().optional() }) })
        .nullable(),
      headRefOid: z.string(),
      comments: CommentPage,
      labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()) }).nullable(),
      commits: HeadRuns,
    }),
  }),
})

function question(policyPaths: readonly string[]): string {
  const files = policyPaths.map(
    (path, i) => `p${i}: file(path: ${JSON.stringify(path)}) { object { ... on Blob { text isTruncated } } }`,
  )
  const attributes = 'attributes: file(path: ".gitattributes") { oid object { ... on Blob { text isTruncated } } }'
  return `query($owner: String!, $repo: String!, $number: Int!, $check: String!, $app: Int) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
      title body state changedFiles author { login } baseRefName headRefOid
      baseRef { target { oid ... on Commit { committedDate ${[attributes, ...files].join(' ')} } } }
      comments(first: 100) { ${COMMENT_FIELDS} }
      labels(first: 100) { nodes { name } }
      ${HEAD_RUNS}
    } }
  }`
}

/** Throws HostError; also when the base branch is gone, for nothing can be said without it. */
export async function readPullRequest(api: Api, options: ReadPullRequestOptions): Promise<PullRequest> {
  const { repository, number, check, policyPaths } = options
  const variables = { ...repository, number, check: check.name, app: check.appId }
  const answer = await graphQuery(api, {
    what: `pull request #${number}`,
    query: question(policyPaths),
    variables,
    shape: Answer,
    // A token that may not read checks can still review; it only cannot see that nothing changed.
    bears: ['checkSuites'],
  })
  const pull = answer.repository.pullRequest
  if (pull.baseRef === null) {
    throw new HostError(
      `GitHub: the base branch ${pull.baseRefName} of #${number} does not exist any more. Retarget or close the pull request.`,
      { kind: 'not-found' },
    )
  }
  const base = { ref: pull.baseRefName, sha: pull.baseRef.target.oid }
  const target = pull.baseRef.target
  return {
    number,
    title: pull.title,
    body: pull.body,
    author: pull.author?.login ?? null,
    open: pull.state === 'OPEN',
    changedFiles: pull.changedFiles,
    base,
    head: pull.headRefOid,
    asOf: laterDate([
      target.committedDate,
      pull.commits.nodes.find((node) => node?.commit.oid === pull.headRefOid)?.commit.committedDate,
    ]),
    policyFiles: new Map(policyPaths.map((path, i) => [path, policyFile(path, base, target[`p${i}`])])),
    attributes: attributesFile(target.attributes),
    comments: await readOwnComments(api, options, pull.comments),
    labels: pull.labels?.nodes.flatMap((node) => node?.name ?? []) ?? [],
    lastRun: lastRunOn(pull.headRefOid, pull.commits),
  }
}

const Attributes = z.object({ oid: z.string(), object: File })

function attributesFile(answered: unknown): PullRequest['attributes'] {
  const file = Attributes.safeParse(answered)
  if (!file.success || file.data.object.text === null || file.data.object.isTruncated) return null
  return { blob: file.data.oid, text: file.data.object.text }
}

function policyFile(path: string, base: PullRequest['base'], answered: unknown): PolicyFile | null {
  const entry = z.object({ object: z.unknown() }).nullish().parse(answered)
  if (entry === null || entry === undefined) return null
  const file = File.safeParse(entry.object)
  if (!file.success || file.data.text === null || file.data.isTruncated) {
    throw unreadablePolicy(path, base)
  }
  return { source: policySource(path, base), text: file.data.text }
}
