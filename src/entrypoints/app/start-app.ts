import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { Probot } from 'probot'
import { createAppAccess } from '../../github/app-access.ts'
import { type AppService, createAppService } from '../../github/app-service.ts'
import { BlobCache } from '../../github/blob-cache.ts'
import { parseJob } from '../../github/jobs.ts'
import type { Judge } from '../../github/judgement.ts'
import { createInProcessQueue } from '../../queue/in-process-queue.ts'
import { failureMeans } from '../base-policy.ts'
import type { AppConfig } from './app-config.ts'
import { createAppMetrics } from './app-metrics.ts'
import { createAppServer } from './app-server.ts'

export interface RunningApp {
  /** Where it listens. */
  readonly port: number
  readonly service: AppService
  /** Resolves when what was missed before the start is in the queue. */
  readonly caughtUp: Promise<void>
  /** Stops taking webhooks, finishes what it can, and returns how many jobs are left. */
  readonly stop: () => Promise<number>
}

/** Events of `app.yml`, and those that GitHub always sends. */
export const EVENTS = [
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'issue_comment',
  'merge_group',
  'pull_request',
  'push',
] as const

/** Characters of text kept between reviews. */
const BLOB_CACHE = 64 * 1024 * 1024
/** Work of one installation at once: it all uses up one limit. */
const PER_LANE = 4
const CAPACITY = 5000
/** What GitHub keeps of deliveries. Milliseconds. */
const DELIVERIES_KEPT = 3 * 24 * 3600 * 1000
/** Never in a log: whatever carries a key or a token. */
const SECRET_PATHS = [
  'headers.authorization',
  '*.headers.authorization',
  'err.request',
  'err.cause',
  'err.response',
  '*.token',
]

export async function startApp(config: AppConfig, judge: Judge): Promise<RunningApp> {
  const log = pino({ level: config.logLevel, redact: { paths: SECRET_PATHS, remove: true } })
  const metrics = createAppMetrics(() => service.depth())
  const { appId, privateKey, apiUrl: baseUrl } = config
  const service = createAppService({
    ...config,
    judge,
    failureMeans,
    log,
    telemetry: metrics,
    access: createAppAccess({
      appId,
      privateKey,
      baseUrl,
      clock: Date,
      onCall: metrics.called,
      retryBase: config.retryMs,
      throttle: config.throttle,
    }),
    blobs: new BlobCache(BLOB_CACHE),
    clock: Date,
    backoffMs: config.retryMs,
    createQueue: await queueMaker(config),
  })
  const probot = new Probot({ appId, privateKey, baseUrl, secret: config.webhookSecret, log })
  await probot.ready()
  probot.on([...EVENTS], async ({ name, payload }) => service.take(name, payload))

  let ready = false
  const server = createAppServer({
    webhooks: await probot.getNodeMiddleware({ path: config.webhookPath }),
    webhookPath: config.webhookPath,
    ready: () => ready,
    metrics,
    failed: (error) => log.error({ err: error }, 'request failed'),
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.port, config.host, resolve))
  const { port } = addressOf(server.address())
  log.info({ port, version: process.version }, 'listening')
  ready = true

  let since = Date.now() - DELIVERIES_KEPT
  const reconcile = async () => {
    // Of several processes one is enough, and a little early is better than never.
    if (!(await service.takeTurn('reconcile', config.reconcileMs / 2))) return
    const started = Date.now()
    await service.reconcile(since)
    since = started
  }
  const caughtUp = reconcile()
  const timer = setInterval(reconcile, config.reconcileMs)

  return {
    port,
    service,
    caughtUp,
    stop: async () => {
      ready = false
      clearInterval(timer)
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const left = await service.close(config.shutdownMs)
      server.closeAllConnections()
      await closed
      log.info({ left }, 'stopped')
      return left
    },
  }
}

type QueueMaker = Parameters<typeof createAppService>[0]['createQueue']

/** In this process, or on Redis where there is one; its packages are only loaded then. */
async function queueMaker({ redisUrl, concurrency, lockMs }: AppConfig): Promise<QueueMaker> {
  const limits = { concurrency, perLane: PER_LANE, capacity: CAPACITY }
  if (redisUrl === null) return (options) => createInProcessQueue(options, limits)
  const { createRedisQueue } = await import('../../queue/redis-queue.ts')
  return (options) => createRedisQueue(options, { ...limits, url: redisUrl, lockMs, parse: parseJob })
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address
}
