import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createInProcessQueue, type InProcessLimits } from '../../src/queue/in-process-queue.ts'
import type { Job, Retry, ReviewQueue } from '../../src/queue/review-queue.ts'

interface TestJob extends Job {
  readonly text: string
}

interface Bench {
  readonly queue: ReviewQueue<TestJob>
  /** What happened, in order: `start`, `end`, `failed`. */
  readonly events: string[]
  /** Lets one job at work go on. */
  readonly finish: (key: string, error?: unknown) => Promise<void>
}

function bench(
  limits: Partial<InProcessLimits> = {},
  retry: (attempt: number) => Retry = () => ({ kind: 'give-up' }),
): Bench {
  const events: string[] = []
  const doors = new Map<string, (error?: unknown) => void>()
  const queue = createInProcessQueue<TestJob>(
    {
      work: ({ key, text }) => {
        events.push(`start ${key} ${text}`)
        return new Promise((resolve, reject) => {
          doors.set(key, (error) => (error === undefined ? resolve() : reject(error)))
        })
      },
      merge: (older, newer) => ({ ...newer, text: `${older.text}${newer.text}` }),
      retry: (_, attempt) => retry(attempt),
      failed: async ({ key }) => void events.push(`failed ${key}`),
    },
    { concurrency: 2, perLane: 2, capacity: 3, ...limits },
  )
  async function finish(key: string, error?: unknown): Promise<void> {
    doors.get(key)?.(error)
    await delay(1)
  }
  return { queue, events, finish }
}

function job(key: string, text = '', more: Partial<TestJob> = {}): TestJob {
  return { key, text, lane: 'one', background: false, ...more }
}

describe('the queue in process', () => {
  test('never works on one key twice at once, and the newest takes the place of what waits', async () => {
    const { queue, events, finish } = bench()
    expect([await queue.push(job('a', '1')), await queue.push(job('a', '2')), await queue.push(job('a', '3'))]).toEqual(
      ['queued', 'queued', 'merged'],
    )
    expect(events).toEqual(['start a 1'])
    await finish('a')
    expect(events).toEqual(['start a 1', 'start a 23'])
  })

  test('is bounded, but takes what replaces something', async () => {
    const { queue } = bench({ concurrency: 1, capacity: 1 })
    const pushed = [
      await queue.push(job('a')),
      await queue.push(job('b')),
      await queue.push(job('c')),
      await queue.push(job('b')),
    ]
    expect(pushed).toEqual(['queued', 'queued', 'full', 'merged'])
  })

  test('keeps the limit of a lane, and lets others by', async () => {
    const { queue, events } = bench({ concurrency: 3, perLane: 1 })
    await queue.push(job('a'))
    await queue.push(job('b'))
    await queue.push(job('c', '', { lane: 'two' }))
    expect(events).toEqual(['start a ', 'start c '])
  })

  test('lets what someone waits for go before what nobody waits for, one of which runs at a time', async () => {
    const { queue, events, finish } = bench({ concurrency: 2 })
    for (const key of ['x', 'y', 'z']) await queue.push(job(key, '', { background: true }))
    await queue.push(job('a'))
    expect(events).toEqual(['start x ', 'start a '])
    await finish('x')
    await finish('a')
    expect(events).toEqual(['start x ', 'start a ', 'start y '])
  })

  test('tries again as it is told, then gives up once', async () => {
    const { queue, events, finish } = bench({}, (attempt) =>
      attempt < 2 ? { kind: 'again', afterMs: 1 } : { kind: 'give-up' },
    )
    await queue.push(job('a'))
    await finish('a', new Error('x'))
    await expect.poll(() => events.length).toBe(2)
    await finish('a', new Error('x'))
    await expect.poll(() => events).toEqual(['start a ', 'start a ', 'failed a'])
  })

  test('holds a whole lane back when a limit is hit, and no other', async () => {
    const { queue, events, finish } = bench({}, () => ({ kind: 'lane-pause', afterMs: 60_000 }))
    await queue.push(job('a'))
    await finish('a', new Error('limit'))
    await queue.push(job('b'))
    await queue.push(job('c', '', { lane: 'two' }))
    expect(events).toEqual(['start a ', 'start c '])
    expect(await queue.depth()).toEqual({ waiting: 2, running: 1 })
    expect(await queue.close(1)).toBe(3)
  })

  test('a job that failed makes way for a newer one', async () => {
    const { queue, events, finish } = bench({}, () => ({ kind: 'again', afterMs: 60_000 }))
    await queue.push(job('a', 'old'))
    await queue.push(job('a', 'new'))
    await finish('a', new Error('x'))
    expect(events).toEqual(['start a old', 'start a new'])
  })

  test('finishes what waits when it closes, takes nothing more, and says what is left', async () => {
    const { queue, events, finish } = bench({ concurrency: 1 })
    await queue.push(job('a'))
    await queue.push(job('b'))
    const closed = queue.close(5000)
    expect(await queue.push(job('c'))).toBe('full')
    await finish('a')
    await finish('b')
    expect([await closed, events]).toEqual([0, ['start a ', 'start b ']])
  })
})
