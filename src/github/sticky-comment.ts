import type { GitHubClient } from './github-client.ts'
import { HostError } from './host-error.ts'
import { type OwnComment, type OwnCommentsOptions, readOwnComments } from './own-comments.ts'

export interface StickyCommentOptions extends OwnCommentsOptions {
  readonly client: GitHubClient
  /** Our comments as last read, oldest first. */
  readonly known: readonly OwnComment[]
  /** True when nobody else can be at work on this pull request: the queue sees to it. Else we look again after creating. */
  readonly exclusive: boolean
}

export type CommentOutcome = 'created' | 'updated' | 'unchanged'

/** Makes `body` the one comment of ours on the pull request: the oldest is kept, any other goes. Throws HostError. */
export async function stickComment(options: StickyCommentOptions, body: string): Promise<CommentOutcome> {
  const [oldest, ...extras] = options.known
  if (!oldest) return create(options, body)
  await remove(options, extras)
  if (sameText(oldest.body, body)) return 'unchanged'
  if (await update(options, oldest.id, body)) return 'updated'
  // Someone deleted it since we read it.
  return stickComment({ ...options, known: await readOwnComments(options.client.read, options) }, body)
}

/** Sent once: after a lost answer we look for the comment rather than send another. */
async function create(options: StickyCommentOptions, body: string): Promise<CommentOutcome> {
  const { client, repository, number, exclusive } = options
  try {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
    await client.write.request(route, { ...repository, issue_number: number, body, request: { retries: 0 } })
    if (exclusive) return 'created'
  } catch (error) {
    if (!(error instanceof HostError) || error.failure.kind !== 'unavailable') throw error
    const known = await readOwnComments(client.read, options)
    if (known.length === 0) throw error
    return stickComment({ ...options, known }, body)
  }
  const known = await readOwnComments(client.read, options)
  if (known.length > 1) await stickComment({ ...options, known }, body)
  return 'created'
}

/** False when the comment is gone. */
async function update(
  { client, repository }: StickyCommentOptions,
  comment_id: number,
  body: string,
): Promise<boolean> {
  return unlessGone(
    client.write.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...repository,
      comment_id,
      body,
    }),
  )
}

async function remove({ client, repository }: StickyCommentOptions, comments: readonly OwnComment[]): Promise<void> {
  for (const { id } of comments) {
    await unlessGone(
      client.write.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...repository,
        comment_id: id,
      }),
    )
  }
}

async function unlessGone(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    if (error instanceof HostError && error.failure.kind === 'not-found') return false
    throw error
  }
}

/** GitHub may hand line ends and outer blanks back in another form. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim()
}
