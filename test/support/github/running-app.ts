import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterEach } from 'vitest'
import { readAppConfig } from '../../../src/entrypoints/app/app-config.ts'
import { type RunningApp, startApp } from '../../../src/entrypoints/app/start-app.ts'
import type { Judge } from '../../../src/github/judgement.ts'
import { INSTALLATION } from './app-routes.ts'
import { APP_ID, type FakeGitHub } from './fake-github.ts'
import { webhookPayload } from './webhooks.ts'

export const SECRET = 'a secret of the hook'
export const { privateKey: APP_KEY } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

export interface TestApp extends RunningApp {
  readonly url: string
  /** Sends a signed delivery and returns the status of the answer. */
  readonly deliver: (event: string, payload: object) => Promise<number>
  /** Resolves when nothing waits or runs. */
  readonly idle: () => Promise<void>
  readonly get: (path: string) => Promise<{ readonly status: number; readonly text: string }>
}

const running: RunningApp[] = []
afterEach(async () => {
  for (const app of running.splice(0)) await app.stop()
})

/** The App on loopback, with the fake GitHub as its GitHub. */
export async function runApp(
  github: Pick<FakeGitHub, 'url'>,
  judge: Judge,
  environment: NodeJS.ProcessEnv = {},
): Promise<TestApp> {
  const config = readAppConfig({
    APP_ID: String(APP_ID),
    PRIVATE_KEY: APP_KEY,
    WEBHOOK_SECRET: SECRET,
    HOST: '127.0.0.1',
    PORT: '0',
    GITHUB_API_URL: github.url,
    LOG_LEVEL: 'silent',
    SHUTDOWN_SECONDS: '5',
    RETRY_MS: '2',
    THROTTLE: 'off',
    ...environment,
  })
  const app = await startApp(config, judge)
  running.push(app)
  await app.caughtUp
  const url = `http://127.0.0.1:${app.port}`
  return {
    ...app,
    url,
    deliver: (event, payload) => deliverTo(`${url}${config.webhookPath}`, event, payload),
    get: async (path) => {
      const response = await fetch(`${url}${path}`)
      return { status: response.status, text: await response.text() }
    },
    idle: async () => {
      for (;;) {
        const { waiting, running: atWork } = await app.service.depth()
        if (waiting + atWork === 0) return
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
  }
}

/** Sends a delivery as GitHub signs it. */
export async function deliverTo(url: string, event: string, payload: object): Promise<number> {
  const body = JSON.stringify(payload)
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': signature,
  }
  const response = await fetch(url, { method: 'POST', headers, body })
  await response.text()
  return response.status
}

/** What every delivery of the installation carries, laid over an official example. */
const FROM_WEB = {
  installation: { id: INSTALLATION, node_id: 'x' },
  repository: { name: 'web', full_name: 'acme/web', owner: { login: 'acme' } },
}

export function delivery(
  event: string,
  action: string | null,
  changes: object = {},
): readonly [event: string, payload: object] {
  return [event, webhookPayload(event, action, { ...FROM_WEB, ...changes })]
}

export function pullRequestDelivery(
  action: string,
  number: number,
  changes: object = {},
): readonly [event: string, payload: object] {
  return delivery('pull_request', action, { number, pull_request: { number }, ...changes })
}
