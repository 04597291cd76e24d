import * as z from 'zod'
import type { Job } from '../queue/review-queue.ts'
import type { Repository } from './repository.ts'

interface Work extends Job {
  readonly installation: number
  readonly repository: Repository
}

/**
 * Work names what to look at, never what was there: the worker reads the newest state itself, so that deliveries may come
 * late, twice and in any order.
 */
export interface PullRequestJob extends Work {
  readonly kind: 'pull-request'
  readonly number: number
  /** Someone asked for a new run: it is posted though nothing changed. */
  readonly force: boolean
}

/** A group of the merge queue: its head is a commit of its own, which needs a run of the same name. */
export interface MergeGroupJob extends Work {
  readonly kind: 'merge-group'
  readonly base: { readonly ref: string; readonly sha: string }
  readonly head: string
  /** `refs/heads/gh-readonly-queue/main/pr-7-…` */
  readonly headRef: string
}

export type ReviewJob = PullRequestJob | MergeGroupJob

export function pullRequestJob(
  installation: number,
  repository: Repository,
  number: number,
  wish: { readonly force?: boolean; readonly background?: boolean } = {},
): PullRequestJob {
  const key = `${repository.owner}/${repository.repo}#${number}`
  const { force = false, background = false } = wish
  return { kind: 'pull-request', key, lane: `${installation}`, installation, repository, number, force, background }
}

export function mergeGroupJob(
  installation: number,
  repository: Repository,
  group: Pick<MergeGroupJob, 'base' | 'head' | 'headRef'>,
): MergeGroupJob {
  const key = `${repository.owner}/${repository.repo}@${group.head}`
  return { kind: 'merge-group', key, lane: `${installation}`, installation, repository, background: false, ...group }
}

/** A newer job replaces an older one, but not somebody's wish for a new run. */
export function mergeJobs(older: ReviewJob, newer: ReviewJob): ReviewJob {
  if (older.kind !== 'pull-request' || newer.kind !== 'pull-request') return newer
  return { ...newer, force: older.force || newer.force, background: older.background && newer.background }
}

const Place = z.object({ owner: z.string(), repo: z.string() })
const Common = {
  key: z.string(),
  lane: z.string(),
  background: z.boolean(),
  installation: z.number(),
  repository: Place,
}
const StoredJob = z.discriminatedUnion('kind', [
  z.object({ ...Common, kind: z.literal('pull-request'), number: z.number(), force: z.boolean() }),
  z.object({
    ...Common,
    kind: z.literal('merge-group'),
    base: z.object({ ref: z.string(), sha: z.string() }),
    head: z.string(),
    headRef: z.string(),
  }),
])

/** A job as a queue outside of this process holds it. Throws on anything else. */
export function parseJob(text: string): ReviewJob {
  return StoredJob.parse(JSON.parse(text))
}
