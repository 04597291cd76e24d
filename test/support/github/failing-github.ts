import nock from 'nock'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type ApiCall, createGitHubClient, type GitHubClient } from '../../../src/github/github-client.ts'
import { HostError } from '../../../src/github/host-error.ts'

/** GitHub as nock plays it: for what a server that works cannot do. */
export const HOST = 'https://api.github.com'

/** Answers nothing but what the test says, and forgets it afterwards. */
export function playGitHub(): void {
  beforeAll(() => nock.disableNetConnect())
  afterEach(() => nock.cleanAll())
  afterAll(() => nock.restore())
}

/** A client whose clock stands at 1000 seconds. */
export function quickClient(calls: ApiCall[] = []): GitHubClient {
  return createGitHubClient({
    auth: 'ghs_x',
    lane: 'x',
    clock: { now: () => 1_000_000 },
    retryBase: 1,
    throttle: false,
    onCall: (call) => calls.push(call),
  })
}

export async function failureOf(asked: Promise<unknown>): Promise<HostError> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof HostError) return error
  throw new Error(`expected a HostError, got ${error}`)
}
