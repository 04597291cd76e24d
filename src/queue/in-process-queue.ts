import { setTimeout as delay } from 'node:timers/promises'
import type { Job, QueueDepth, ReviewQueue, ReviewQueueOptions } from './review-queue.ts'

export interface InProcessLimits {
  /** Jobs at work at once, in all and for one lane. */
  readonly concurrency: number
  readonly perLane: number
  /** Waiting jobs; one more is refused. */
  readonly capacity: number
}

interface Entry<J> {
  readonly job: J
  readonly failures: number
  /** Milliseconds. */
  readonly notBefore: number
}

interface Lane {
  active: number
  /** How many of the active ones. */
  background: number
  /** Milliseconds. */
  pausedUntil: number
}

/** A queue in memory: nothing to install, and lost with the process. What is lost is found again by reconciling. */
export function createInProcessQueue<J extends Job>(
  options: ReviewQueueOptions<J>,
  limits: InProcessLimits,
): ReviewQueue<J> {
  const waiting = new Map<string, Entry<J>>()
  const running = new Map<string, Promise<void>>()
  const lanes = new Map<string, Lane>()
  let closed = false
  let timer: NodeJS.Timeout | undefined

  function lane(name: string): Lane {
    const known = lanes.get(name) ?? { active: 0, background: 0, pausedUntil: 0 }
    lanes.set(name, known)
    return known
  }

  function startsAt({ job, notBefore }: Entry<J>): number {
    const { active, background, pausedUntil } = lane(job.lane)
    const full = active >= limits.perLane || (job.background && background > 0)
    if (running.has(job.key) || full) return Number.POSITIVE_INFINITY
    return Math.max(notBefore, pausedUntil)
  }

  function pump(): void {
    clearTimeout(timer)
    let next = Number.POSITIVE_INFINITY
    for (const [key, entry] of inOrder(waiting)) {
      if (running.size >= limits.concurrency) return
      const at = startsAt(entry)
      if (at <= Date.now()) start(key, entry)
      else next = Math.min(next, at)
    }
    if (Number.isFinite(next) && !closed) timer = setTimeout(pump, next - Date.now())
  }

  function start(key: string, entry: Entry<J>): void {
    waiting.delete(key)
    const own = lane(entry.job.lane)
    own.active++
    if (entry.job.background) own.background++
    const done = run(entry).finally(() => {
      own.active--
      if (entry.job.background) own.background--
      running.delete(key)
      if (own.active === 0 && own.pausedUntil <= Date.now()) lanes.delete(entry.job.lane)
      pump()
    })
    running.set(key, done)
  }

  async function run(entry: Entry<J>): Promise<void> {
    const { job } = entry
    try {
      await options.work(job)
    } catch (error) {
      const failures = entry.failures + 1
      const retry = options.retry(error, failures)
      if (retry.kind === 'give-up') return options.failed(job, error)
      const notBefore = Date.now() + retry.afterMs
      if (retry.kind === 'lane-pause') lane(job.lane).pausedUntil = notBefore
      // A newer job came meanwhile: it does this one's work.
      if (!waiting.has(job.key))
        waiting.set(job.key, { job, failures: retry.kind === 'again' ? failures : entry.failures, notBefore })
    }
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.race(running.values())
  }

  return {
    push: async (job) => {
      const older = waiting.get(job.key)
      if (closed || (older === undefined && waiting.size >= limits.capacity)) return 'full'
      waiting.set(job.key, {
        job: older ? options.merge(older.job, job) : job,
        failures: 0,
        notBefore: 0,
      })
      pump()
      return older ? 'merged' : 'queued'
    },
    depth: async (): Promise<QueueDepth> => ({ waiting: waiting.size, running: running.size }),
    takeTurn: async () => true,
    close: async (graceMs) => {
      closed = true
      clearTimeout(timer)
      const stop = new AbortController()
      await Promise.race([idle(), delay(graceMs, undefined, { signal: stop.signal }).catch(() => undefined)])
      stop.abort()
      return waiting.size + running.size
    },
  }
}

function inOrder<J extends Job>(waiting: ReadonlyMap<string, Entry<J>>): readonly (readonly [string, Entry<J>])[] {
  const all = [...waiting]
  return [...all.filter(([, { job }]) => !job.background), ...all.filter(([, { job }]) => job.background)]
}
