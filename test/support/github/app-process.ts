import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach } from 'vitest'
import { buildAssets } from '../../../scripts/build-command-line.ts'
import { buildApp } from '../../../scripts/build-servants.ts'
import { APP_ID, type FakeGitHub } from './fake-github.ts'
import { APP_KEY, deliverTo, SECRET } from './running-app.ts'

/** In the project, where the presets are found: the bundle that ships. */
const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url))
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'airworthy-app-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
await buildApp(folder)
await buildAssets(folder)

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** The App as a process of its own, with the real engine. */
export interface AppProcess {
  readonly deliver: (event: string, payload: object) => Promise<number>
  readonly depth: () => Promise<number>
  /** Resolves with the exit code; null when a signal ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
}

export async function startAppProcess(github: FakeGitHub, environment: NodeJS.ProcessEnv = {}): Promise<AppProcess> {
  const child = spawn(process.execPath, [join(folder, 'app.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      APP_ID: String(APP_ID),
      PRIVATE_KEY: APP_KEY,
      WEBHOOK_SECRET: SECRET,
      HOST: '127.0.0.1',
      PORT: '0',
      GITHUB_API_URL: github.url,
      RETRY_MS: '5',
      THROTTLE: 'off',
      SHUTDOWN_SECONDS: '5',
      ...environment,
    },
  })
  children.push(child)
  const port = await portIn(child)
  const url = `http://127.0.0.1:${port}`
  return {
    deliver: (event, payload) => deliverTo(`${url}/api/github/webhooks`, event, payload),
    depth: async () => {
      const metrics = await (await fetch(`${url}/metrics`)).text()
      return Array.from(metrics.matchAll(/^airworthy_queue_jobs\{.*\} (\d+)$/gm), ([, jobs]) => Number(jobs)).reduce(
        (a, b) => a + b,
        0,
      )
    },
    end: (signal) => {
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      child.kill(signal)
      return ended
    },
  }
}

function portIn(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the App ended with ${code} at its start`)))
    if (child.stdout === null) throw new Error('the App has no output')
    createInterface(child.stdout).on('line', (line) => {
      const { msg, port } = JSON.parse(line)
      if (msg === 'listening') resolve(port)
    })
  })
}
