import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type AppProcess, startAppProcess } from '../support/github/app-process.ts'
import { fakeGitHub } from '../support/github/pull-request.ts'
import { HAS_REDIS, startRedis } from '../support/github/redis-server.ts'
import { manyBranches, randomFrom, storm, tenthCallFails, wrongAnswers } from '../support/github/storm.ts'

const branches = manyBranches()

async function idle(app: AppProcess): Promise<void> {
  while ((await app.depth()) > 0) await delay(50)
}

test('500 deliveries in any order, with every tenth call failing, end in 50 right states', async () => {
  const random = randomFrom(3)
  const github = await fakeGitHub({ git: branches.git })
  const app = await startAppProcess(github)
  github.options.fault = tenthCallFails(random)
  expect(await storm(github, branches, random, (payload) => app.deliver('pull_request', payload))).toBe(500)
  await idle(app)
  expect(wrongAnswers(github, branches)).toEqual([])
}, 180_000)

test('an App that is killed at work has every answer right after its next start', async () => {
  const random = randomFrom(5)
  const github = await fakeGitHub({ git: branches.git })
  const app = await startAppProcess(github)
  await storm(github, branches, random, (payload) => app.deliver('pull_request', payload))
  expect(await app.depth()).toBeGreaterThan(0)
  await app.end('SIGKILL')
  expect(wrongAnswers(github, branches).length).toBeGreaterThan(0)
  const next = await startAppProcess(github)
  await expect.poll(() => wrongAnswers(github, branches), { timeout: 120_000, interval: 100 }).toEqual([])
  await idle(next)
  expect(await next.end('SIGTERM')).toBe(0)
}, 180_000)

test.skipIf(!HAS_REDIS)(
  'two workers on Redis, one of them killed in the middle, end in 50 right states',
  async () => {
    const random = randomFrom(7)
    const github = await fakeGitHub({ git: branches.git })
    const environment = { REDIS_URL: await startRedis(), LOCK_SECONDS: '2' }
    const [first, second] = await Promise.all([
      startAppProcess(github, environment),
      startAppProcess(github, environment),
    ])
    github.options.fault = tenthCallFails(random)
    const sent = await storm(github, branches, random, (payload, nth) => {
      if (nth === 250) void first.end('SIGKILL')
      return (nth < 250 && nth % 2 === 0 ? first : second)
        .deliver('pull_request', payload)
        .catch(() => second.deliver('pull_request', payload))
    })
    expect(sent).toBe(500)
    await expect.poll(() => second.depth(), { timeout: 120_000, interval: 100 }).toBe(0)
    expect(wrongAnswers(github, branches)).toEqual([])
  },
  180_000,
)
if (!HAS_REDIS) process.stderr.write('redis-server is not installed: the test of the queue on Redis is skipped\n')
