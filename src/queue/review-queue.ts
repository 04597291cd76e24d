/** A piece of work. Jobs of one key never run at once, and a newer one takes the place of a waiting older one. */
export interface Job {
  /** What it is about: 'acme/web#7'. */
  readonly key: string
  /** Whose limits it uses up: the installation. */
  readonly lane: string
  /** Nobody waits for it: it goes after the others, one at a time in its lane. */
  readonly background: boolean
}

/** What to do with a job that failed. */
export type Retry =
  | { readonly kind: 'give-up' }
  | { readonly kind: 'again'; readonly afterMs: number }
  /** A limit was hit: nothing of this lane may run before. Does not count as an attempt. */
  | { readonly kind: 'lane-pause'; readonly afterMs: number }

export interface ReviewQueueOptions<J extends Job> {
  readonly work: (job: J) => Promise<void>
  /** A newer job takes the place of a waiting one; what of the older one must not be lost. */
  readonly merge: (older: J, newer: J) => J
  /** `attempt` is 1 for the first failure. */
  readonly retry: (error: unknown, attempt: number) => Retry
  /** Called once for a job that is given up. Must not reject. */
  readonly failed: (job: J, error: unknown) => Promise<void>
}

export interface QueueDepth {
  readonly waiting: number
  readonly running: number
}

/** Where deliveries become reviews. In process, or on Redis for several processes. */
export interface ReviewQueue<J extends Job> {
  /** `full`: not taken; reconciling finds it again. */
  readonly push: (job: J) => Promise<'queued' | 'merged' | 'full'>
  readonly depth: () => Promise<QueueDepth>
  /** True for one process in `ms` milliseconds: who gets it does what needs doing once. */
  readonly takeTurn: (name: string, ms: number) => Promise<boolean>
  /** Takes no more work, and finishes what it can within `graceMs`. Returns how many jobs are left undone. */
  readonly close: (graceMs: number) => Promise<number>
}
