import { type Job as BullJob, DelayedError, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { createLaneGate } from './lane-gate.ts'
import type { Job, Retry, ReviewQueue, ReviewQueueOptions } from './review-queue.ts'

export interface RedisQueueLimits<J> {
  readonly url: string
  /** Jobs at work at once in this process; 0 for a process that only takes deliveries. */
  readonly concurrency: number
  /** Jobs of one lane at work at once, in all processes. */
  readonly perLane: number
  readonly capacity: number
  /** A job whose worker has not been heard of for so long goes to another. Milliseconds. */
  readonly lockMs: number
  /** Reads back what `push` wrote. Throws on anything else. */
  readonly parse: (text: string) => J
}

const NAME = 'airworthy'
const BACKGROUND_PRIORITY = 10

interface Ticket {
  readonly key: string
  readonly failures: number
}

/**
 * The queue on Redis, for several processes. What is wanted of a key stands in a list; a ticket in BullMQ, one per key, says
 * that someone has to look at it. A ticket is never worked on twice at once, and a killed worker's goes to another: the
 * list is only shortened by what was done.
 */
export function createRedisQueue<J extends Job>(
  options: ReviewQueueOptions<J>,
  limits: RedisQueueLimits<J>,
): ReviewQueue<J> {
  const redis = new Redis(limits.url, { maxRetriesPerRequest: null })
  const connection = { url: limits.url, maxRetriesPerRequest: null }
  const queue = new Queue<Ticket>(NAME, { connection })
  const gate = createLaneGate(redis, limits.perLane)
  const worker =
    limits.concurrency > 0
      ? new Worker<Ticket>(NAME, work, {
          connection,
          concurrency: limits.concurrency,
          lockDuration: limits.lockMs,
          stalledInterval: limits.lockMs,
          maxStalledCount: 5,
        })
      : null
  // A lost connection comes back by itself; without a listener it would end the process.
  redis.on('error', () => {})
  queue.on('error', () => {})
  worker?.on('error', () => {})
  worker?.on('completed', ({ data }) => void reissue(data.key).catch(() => {}))

  async function issue(key: string, background: boolean): Promise<void> {
    const ticket = {
      jobId: key,
      removeOnComplete: true,
      removeOnFail: true,
      ...(background ? { priority: BACKGROUND_PRIORITY } : {}),
    }
    await queue.add('review', { key, failures: 0 }, ticket)
  }

  /** What came while the ticket was worked on found it taken. */
  async function reissue(key: string): Promise<void> {
    const [wish] = await redis.lrange(wishes(key), -1, -1)
    if (wish !== undefined) await issue(key, limits.parse(wish).background)
  }

  async function work(ticket: BullJob<Ticket>, token?: string): Promise<void> {
    const { key } = ticket.data
    const texts = await redis.lrange(wishes(key), 0, -1)
    const [first, ...more] = texts.map(limits.parse)
    if (!first) return
    const job = more.reduce(options.merge, first)
    const wait = await gate.enter(job, `${ticket.id}`)
    if (wait > 0) return postpone(ticket, token, wait)
    try {
      await options.work(job)
    } catch (error) {
      const retry = options.retry(error, ticket.data.failures + 1)
      if (retry.kind !== 'give-up') return await again(ticket, token, job, retry)
      await options.failed(job, error)
    } finally {
      await gate.leave(job, `${ticket.id}`)
    }
    await redis.ltrim(wishes(key), texts.length, -1)
  }

  async function again(
    ticket: BullJob<Ticket>,
    token: string | undefined,
    job: J,
    retry: Exclude<Retry, { kind: 'give-up' }>,
  ): Promise<void> {
    if (retry.kind === 'lane-pause') await gate.pause(job, retry.afterMs)
    else await ticket.updateData({ ...ticket.data, failures: ticket.data.failures + 1 })
    return postpone(ticket, token, retry.afterMs)
  }

  return {
    push: async (job) => {
      const { waiting, prioritized } = await queue.getJobCounts('waiting', 'prioritized')
      if ((waiting ?? 0) + (prioritized ?? 0) >= limits.capacity) return 'full'
      const length = await redis.rpush(wishes(job.key), JSON.stringify(job))
      await issue(job.key, job.background)
      if (length > 1 && !job.background) await hasten(queue, job.key)
      return length > 1 ? 'merged' : 'queued'
    },
    depth: async () => {
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active')
      return {
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0) + (counts.delayed ?? 0),
        running: counts.active ?? 0,
      }
    },
    takeTurn: async (name, ms) => (await redis.set(`${NAME}:turn:${name}`, '1', 'PX', ms, 'NX')) === 'OK',
    close: async (graceMs) => {
      const timer = setTimeout(() => void worker?.close(true), graceMs)
      await worker?.close()
      clearTimeout(timer)
      const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = await queue.getJobCounts()
      await queue.close()
      redis.disconnect()
      return waiting + prioritized + delayed + active
    },
  }
}

function wishes(key: string): string {
  return `${NAME}:wishes:${key}`
}

async function postpone(ticket: BullJob<Ticket>, token: string | undefined, ms: number): Promise<never> {
  await ticket.moveToDelayed(Date.now() + ms, token)
  throw new DelayedError()
}

/** Somebody waits for it now: it stands behind no others, and waits for no second try of what is out of date. */
async function hasten(queue: Queue<Ticket>, key: string): Promise<void> {
  const ticket = await queue.getJob(key)
  if (await ticket?.isDelayed()) await ticket?.promote().catch(() => undefined)
  if (ticket?.priority) await ticket.changePriority({ priority: 0 })
}
