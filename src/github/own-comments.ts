import * as z from 'zod'
import type { Api } from './github-client.ts'
import { graphQuery } from './graph-query.ts'
import { HostError } from './host-error.ts'
import type { Repository } from './repository.ts'

/** Who we are on GitHub: the author of our comments. `login` is without `[bot]`, as GraphQL has it. */
export interface Identity {
  readonly id: number
  readonly login: string
}

/** A comment that we wrote. */
export interface OwnComment {
  readonly id: number
  readonly body: string
}

export interface OwnCommentsOptions {
  readonly repository: Repository
  readonly number: number
  readonly self: Identity
  /** What our comments contain. Anyone can paste it, so the author counts too. */
  readonly marker: string
}

/** The GraphQL fields of a page of comments, and their shape. */
export const COMMENT_FIELDS = `
  nodes { fullDatabaseId body author { login ... on Bot { databaseId } ... on User { databaseId } } }
  pageInfo { hasNextPage endCursor }`

export const CommentPage = z.object({
  nodes: z.array(
    z
      .object({
        fullDatabaseId: z.union([z.string(), z.number()]).transform(Number).nullable(),
        body: z.string(),
        author: z.object({ login: z.string(), databaseId: z.number().nullish() }).nullable(),
      })
      .nullable(),
  ),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
})
export type CommentPage = z.infer<typeof CommentPage>

const Answer = z.object({ repository: z.object({ pullRequest: z.object({ comments: CommentPage }) }) })

const QUERY = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    comments(first: 100, after: $after) { ${COMMENT_FIELDS} }
  } }
}`

/** Our comments on a pull request, oldest first, from all pages. `first` is a page that is already there. */
export async function readOwnComments(
  api: Api,
  options: OwnCommentsOptions,
  first?: CommentPage,
): Promise<readonly OwnComment[]> {
  const own: OwnComment[] = []
  let page = first ?? (await readPage(api, options, null))
  for (;;) {
    own.push(...page.nodes.flatMap((node) => ownComment(node, options)))
    if (!page.pageInfo.hasNextPage) return own
    page = await readPage(api, options, page.pageInfo.endCursor)
  }
}

async function readPage(
  api: Api,
  { repository, number }: OwnCommentsOptions,
  after: string | null,
): Promise<CommentPage> {
  const what = `comments of #${number}`
  const answer = await graphQuery(api, {
    what,
    query: QUERY,
    variables: { ...repository, number, after },
    shape: Answer,
  })
  return answer.repository.pullRequest.comments
}

function ownComment(node: CommentPage['nodes'][number], { self, marker }: OwnCommentsOptions): readonly OwnComment[] {
  if (!node?.author || node.fullDatabaseId === null || !node.body.includes(marker)) return []
  const { login, databaseId } = node.author
  const ours = databaseId === self.id && login.replace(/\[bot\]$/, '') === self.login
  return ours ? [{ id: node.fullDatabaseId, body: node.body }] : []
}

const Viewer = z.object({ viewer: z.object({ login: z.string(), databaseId: z.number() }) })
const ACTIONS: Identity = { id: 41898282, login: 'github-actions' }

/** Who a token speaks for. A workflow's own token that may not ask speaks for GitHub Actions. */
export async function identityOfToken(api: Api): Promise<Identity> {
  try {
    const answer = await graphQuery(api, {
      what: 'who we are',
      query: 'query { viewer { login databaseId } }',
      variables: {},
      shape: Viewer,
    })
    return { id: answer.viewer.databaseId, login: answer.viewer.login.replace(/\[bot\]$/, '') }
  } catch (error) {
    if (error instanceof HostError && ['forbidden', 'unavailable', 'refused'].includes(error.failure.kind))
      return ACTIONS
    throw error
  }
}
