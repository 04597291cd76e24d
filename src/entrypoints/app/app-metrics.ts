import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Telemetry } from '../../github/app-service.ts'
import type { ApiCall } from '../../github/github-client.ts'
import type { QueueDepth } from '../../queue/review-queue.ts'

export interface AppMetrics extends Telemetry {
  readonly called: (call: ApiCall) => void
  /** Prometheus text. */
  readonly render: () => Promise<string>
  readonly contentType: string
}

export function createAppMetrics(depth: () => Promise<QueueDepth>): AppMetrics {
  const registry = new Registry()
  const registers = [registry]
  const reviews = new Counter({
    name: 'airworthy_reviews_total',
    help: 'Work done, by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'airworthy_review_seconds',
    help: 'From the start of a job to its end.',
    buckets: [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64],
    registers,
  })
  const stages = new Histogram({
    name: 'airworthy_stage_seconds',
    help: 'Time of each stage of a review.',
    labelNames: ['stage'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
    registers,
  })
  const failures = new Counter({
    name: 'airworthy_failures_total',
    help: 'What went wrong, by kind.',
    labelNames: ['kind'],
    registers,
  })
  const calls = new Counter({
    name: 'airworthy_api_calls_total',
    help: 'Requests to GitHub, by limit and status.',
    labelNames: ['resource', 'status'],
    registers,
  })
  const remaining = new Gauge({
    name: 'airworthy_rate_limit_remaining',
    help: 'What the last answer left of a limit.',
    labelNames: ['resource'],
    registers,
  })
  new Gauge({
    name: 'airworthy_queue_jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const { waiting, running } = await depth()
      this.set({ state: 'waiting' }, waiting)
      this.set({ state: 'running' }, running)
    },
  })
  return {
    reviewed: (outcome, took) => {
      reviews.inc({ outcome })
      seconds.observe(took)
    },
    failed: (kind) => failures.inc({ kind }),
    stage: (stage, ms) => stages.observe({ stage }, ms / 1000),
    called: ({ resource, status, remaining: left }) => {
      calls.inc({ resource: resource ?? 'none', status: String(status) })
      if (left !== null) remaining.set({ resource: resource ?? 'none' }, left)
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
