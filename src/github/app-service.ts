import { POLICY_PATH } from '../policy/policy.ts'
import type { QueueDepth, Retry, ReviewQueue, ReviewQueueOptions } from '../queue/review-queue.ts'
import { failureNotice, noticeRun } from '../report/notice.ts'
import type { AppAccess } from './app-access.ts'
import { HostError } from './host-error.ts'
import { mergeJobs, type PullRequestJob, pullRequestJob, type ReviewJob } from './jobs.ts'
import type { FailureMeans } from './judgement.ts'
import { readOpenPullRequests } from './open-pull-requests.ts'
import { postCheckRun } from './post-check-run.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { readPullRequest } from './read-pull-request.ts'
import { missingReviews, readInstallations, redeliverFailed } from './reconcile.ts'
import { MARKER } from './render-judgement.ts'
import { reviewMergeGroup } from './review-merge-group.ts'
import { CHECK_NAME, type Host, reviewPullRequest } from './review-pull-request.ts'
import { type Intent, intentOf } from './webhook-events.ts'

export interface Log {
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

/** What the App counts. */
export interface Telemetry {
  readonly reviewed: (outcome: string, seconds: number) => void
  readonly failed: (kind: string) => void
  readonly stage: (name: string, ms: number) => void
}

export interface AppServiceOptions extends Pick<Host, 'webUrl' | 'judge' | 'blobs' | 'clock'> {
  readonly access: AppAccess
  readonly appId: number
  readonly log: Log
  readonly telemetry: Telemetry
  readonly createQueue: (options: ReviewQueueOptions<ReviewJob>) => ReviewQueue<ReviewJob>
  readonly failureMeans: FailureMeans
  /** Milliseconds that the waits between the tries of a job are built on. */
  readonly backoffMs: number
}

export interface AppService {
  /** Takes a delivery and returns at once. Throws when nobody can tell what it says: GitHub then knows that it failed. */
  readonly take: (event: string, payload: unknown) => Promise<void>
  /** Finds what was missed since `since` (milliseconds). Never throws. */
  readonly reconcile: (since: number) => Promise<void>
  readonly depth: () => Promise<QueueDepth>
  /** True for one of all processes in `ms` milliseconds. */
  readonly takeTurn: (name: string, ms: number) => Promise<boolean>
  /** Finishes what it can; returns how many jobs are left for the next start to find. */
  readonly close: (graceMs: number) => Promise<number>
}

/** The App without its web server: deliveries in, reviews out. */
export function createAppService(options: AppServiceOptions): AppService {
  const { access, log, clock } = options
  const check = { name: CHECK_NAME, appId: options.appId }
  const queue = options.createQueue({
    work: (job) => work(options, job),
    merge: mergeJobs,
    retry: (error, attempt) => retryOf(error, attempt, options.backoffMs),
    failed: (job, error) => reportFailure(options, job, error),
  })

  async function push(jobs: readonly ReviewJob[]): Promise<void> {
    for (const job of jobs) {
      const taken = await queue.push(job)
      if (taken === 'full') log.warn({ job: job.key }, 'the queue is full; reconciling finds this one again')
    }
  }

  async function carryOut(intent: Intent): Promise<void> {
    switch (intent.kind) {
      case 'jobs':
        return push(intent.jobs)
      case 'find-by-head': {
        const { installation, repository, head, force } = intent
        const open = await readOpenPullRequests(access.installation(installation).read, {
          repository,
          check,
          base: null,
        })
        const found = open.filter((pull) => pull.head === head)
        return push(found.map(({ number }) => pullRequestJob(installation, repository, number, { force })))
      }
      case 'review-open': {
        const { installation, repository, base } = intent
        const open = await readOpenPullRequests(access.installation(installation).read, { repository, check, base })
        return push(open.map(({ number }) => pullRequestJob(installation, repository, number, { background: true })))
      }
      case 'reconcile':
        return push(await missingReviews(access, intent.installation, check))
      case 'nothing':
        return
    }
  }

  async function attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      options.telemetry.failed(`${what}`)
      log.error({ err: error }, `${what} failed; the next round tries again`)
    }
  }

  return {
    take: async (event, payload) => {
      const intent = intentOf(event, payload, POLICY_PATH)
      log.info({ event, intent: intent.kind }, 'delivery')
      if (intent.kind === 'jobs') return push(intent.jobs)
      // These ask GitHub first; the delivery is answered without waiting for it.
      void attempt('delivery', () => carryOut(intent))
    },
    reconcile: async (since) => {
      const started = clock.now()
      await attempt('redelivery', async () => {
        const count = await redeliverFailed(access.app.read, since)
        if (count > 0) log.info({ count }, 'asked GitHub to deliver again')
      })
      await attempt('reconcile', async () => {
        for (const installation of await readInstallations(access.app.read)) {
          await attempt('reconcile', () => carryOut({ kind: 'reconcile', installation }))
        }
      })
      log.info({ ms: clock.now() - started }, 'reconciled')
    },
    depth: queue.depth,
    takeTurn: queue.takeTurn,
    close: queue.close,
  }
}

async function hostOf(options: AppServiceOptions, job: ReviewJob): Promise<Host> {
  const client = options.access.installation(job.installation)
  return {
    ...options,
    client,
    self: await options.access.identity(client),
    exclusive: true,
    postsRun: true,
    stage: options.telemetry.stage,
  }
}

async function work(options: AppServiceOptions, job: ReviewJob): Promise<void> {
  const { clock, log, telemetry } = options
  const started = clock.now()
  const host = await hostOf(options, job)
  const outcome = job.kind === 'merge-group' ? await reviewMergeGroup(host, job) : await publish(host, job, log)
  const ms = clock.now() - started
  telemetry.reviewed(outcome, ms / 1000)
  log.info({ job: job.key, outcome, ms }, 'reviewed')
}

async function publish(host: Host, job: PullRequestJob, log: Log): Promise<string> {
  const publication = await reviewPullRequest(host, job)
  if (publication.kind === 'published' && publication.labels.kind === 'refused')
    log.warn({ job: job.key, why: publication.labels.why }, 'the labels of the policy could not be set')
  return publication.kind
}

/** Tries of a job when GitHub fails, a little later each time: 2 seconds, 4, 8 and so on, about two minutes in all. */
const MOST_ATTEMPTS = 7

function retryOf(error: unknown, attempt: number, backoffMs: number): Retry {
  if (!(error instanceof HostError)) return { kind: 'give-up' }
  const { failure } = error
  if (failure.kind === 'rate-limited') return { kind: 'lane-pause', afterMs: failure.retryAfter * 1000 }
  if (failure.kind === 'unavailable' && attempt < MOST_ATTEMPTS)
    return { kind: 'again', afterMs: 2 ** attempt * backoffMs }
  return { kind: 'give-up' }
}

/** Says on the head that we failed, so that nobody waits for a run that never comes. Never throws. */
async function reportFailure(options: AppServiceOptions, job: ReviewJob, error: unknown): Promise<void> {
  const { log, telemetry } = options
  telemetry.failed(error instanceof HostError ? error.failure.kind : 'bug')
  log.error({ job: job.key, err: error }, 'gave up')
  try {
    const host = await hostOf(options, job)
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    const { blocks, ...target } = await failedHead(options, host, job)
    const run = noticeRun(failureNotice(message, blocks), blocks ? 'failure' : 'neutral')
    const posted = { client: host.client, repository: job.repository, name: CHECK_NAME, force: false, failed: true }
    await postCheckRun({ ...posted, ...target }, run)
  } catch (second) {
    log.error({ job: job.key, err: second }, 'could not even say so; reconciling tries again')
  }
}

async function failedHead({ failureMeans }: AppServiceOptions, host: Host, job: ReviewJob) {
  const { repository } = job
  const api = host.client.read
  if (job.kind === 'merge-group') {
    const source = { readPolicyFile: (path: string) => readPolicyFile({ api, repository, base: job.base }, path) }
    return { head: job.head, subject: 'merge-group', last: null, blocks: (await failureMeans(source)) === 'block' }
  }
  const { number } = job
  const check = { name: CHECK_NAME, appId: host.appId }
  const pull = await readPullRequest(api, {
    repository,
    number,
    self: host.self,
    marker: MARKER,
    check,
    policyPaths: [],
  })
  const source = { readPolicyFile: (path: string) => readPolicyFile({ api, repository, base: pull.base }, path) }
  const blocks = (await failureMeans(source)) === 'block'
  return { head: pull.head, subject: `${number}`, last: pull.lastRun, blocks }
}
