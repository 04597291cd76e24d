import type { Redis } from 'ioredis'
import type { Job } from './review-queue.ts'

/** Keeps the limits of a lane in all processes. */
export interface LaneGate {
  /** 0 when the job may start, else milliseconds to wait. `ticket` names the job. */
  readonly enter: (job: Job, ticket: string) => Promise<number>
  readonly leave: (job: Job, ticket: string) => Promise<void>
  /** Lets nothing of the lane start for so long. Milliseconds. */
  readonly pause: (job: Job, ms: number) => Promise<void>
}

/** A place whose holder died is free again after so long. Milliseconds. */
const HELD = 120_000
/** When all places are taken, look again after so long. Milliseconds. */
const FULL = 250

export function createLaneGate(redis: Redis, perLane: number): LaneGate {
  return {
    enter: async ({ lane, background }, ticket) => {
      const paused = await redis.pttl(pauseOf(lane))
      if (paused > 0) return paused
      if (!(await takePlace(redis, placesOf(lane, false), ticket, perLane))) return FULL
      if (!background || (await takePlace(redis, placesOf(lane, true), ticket, 1))) return 0
      await redis.zrem(placesOf(lane, false), ticket)
      return FULL
    },
    leave: async ({ lane }, ticket) => {
      await redis.zrem(placesOf(lane, false), ticket)
      await redis.zrem(placesOf(lane, true), ticket)
    },
    pause: async ({ lane }, ms) => {
      await redis.set(pauseOf(lane), '1', 'PX', Math.max(1, Math.ceil(ms)))
    },
  }
}

/** First come, first served: the rank by time of arrival says who has a place. */
async function takePlace(redis: Redis, places: string, ticket: string, most: number): Promise<boolean> {
  const now = Date.now()
  const results = await redis
    .multi()
    .zremrangebyscore(places, '-inf', now - HELD)
    .zadd(places, 'NX', now, ticket)
    .zrank(places, ticket)
    .pexpire(places, HELD)
    .exec()
  const rank = Number(results?.[2]?.[1] ?? 0)
  if (rank < most) return true
  await redis.zrem(places, ticket)
  return false
}

function placesOf(lane: string, background: boolean): string {
  return `airworthy:lane:${lane}${background ? ':background' : ''}`
}

function pauseOf(lane: string): string {
  return `airworthy:pause:${lane}`
}
