import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll } from 'vitest'
import { temporaryFolder } from '../git-repository.ts'
import { freePort } from './free-port.ts'

/** Debian's redis-server, or any other on the path. */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A Redis of its own for a test file. Returns its URL. */
export async function startRedis(): Promise<string> {
  const port = await freePort()
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', temporaryFolder()],
    { stdio: 'ignore' },
  )
  children.push(child)
  const url = `redis://127.0.0.1:${port}`
  const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: 100 })
  probe.on('error', () => {})
  while ((await probe.ping().catch(() => '')) !== 'PONG') await delay(20)
  probe.disconnect()
  return url
}
