import * as z from 'zod'
import type { Api } from './github-client.ts'
import { graphQuery } from './graph-query.ts'
import { HEAD_RUNS, HeadRuns, type LastRun, lastRunOn } from './last-run.ts'
import type { Repository } from './repository.ts'

export interface OpenPullRequest {
  readonly number: number
  readonly head: string
  readonly lastRun: LastRun | null
}

export interface OpenPullRequestsOptions {
  readonly repository: Repository
  readonly check: { readonly name: string; readonly appId: number | null }
  /** Name of a base branch; null for any. */
  readonly base: string | null
}

const Answer = z.object({
  repository: z.object({
    pullRequests: z.object({
      nodes: z.array(z.object({ number: z.number(), headRefOid: z.string(), commits: HeadRuns }).nullable()),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
})

const QUERY = `query($owner: String!, $repo: String!, $base: String, $after: String, $check: String!, $app: Int) {
  repository(owner: $owner, name: $repo) { pullRequests(states: OPEN, first: 50, after: $after, baseRefName: $base) {
    nodes { number headRefOid ${HEAD_RUNS} }
    pageInfo { hasNextPage endCursor }
  } }
}`

/** All open pull requests of a repository with our last run on each head: one call per 50. */
export async function readOpenPullRequests(
  api: Api,
  options: OpenPullRequestsOptions,
): Promise<readonly OpenPullRequest[]> {
  const { repository, check, base } = options
  const found: OpenPullRequest[] = []
  let after: string | null = null
  do {
    const answer: z.infer<typeof Answer> = await graphQuery(api, {
      what: 'open pull requests',
      query: QUERY,
      variables: { ...repository, base, after, check: check.name, app: check.appId },
      shape: Answer,
      bears: ['checkSuites'],
    })
    const { nodes, pageInfo } = answer.repository.pullRequests
    for (const node of nodes) {
      if (node)
        found.push({ number: node.number, head: node.headRefOid, lastRun: lastRunOn(node.headRefOid, node.commits) })
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return found
}
