import { afterEach, expect } from 'vitest'
import { BlobCache } from '../../../src/github/blob-cache.ts'
import { createGitHubClient } from '../../../src/github/github-client.ts'
import type { Judge } from '../../../src/github/judgement.ts'
import type { Host } from '../../../src/github/review-pull-request.ts'
import type { TestRepository } from '../git-repository.ts'
import { APP_ID, BOT, BOT_TOKEN, type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from './fake-github.ts'
import type { PullState } from './state.ts'

export const WEB = { owner: 'acme', repo: 'web' }

const open: FakeGitHub[] = []
afterEach(async () => {
  for (const github of open.splice(0)) {
    await github.close()
    expect(github.problems).toEqual([])
  }
})

/** A fake GitHub that goes away after the test, which fails when GitHub's descriptions found fault with a request. */
export async function fakeGitHub(options: FakeGitHubOptions): Promise<FakeGitHub> {
  const github = await startFakeGitHub(options)
  open.push(github)
  return github
}

/** Opens or moves a pull request from `branch` to `main`. */
export function setPull(
  { state }: FakeGitHub,
  number: number,
  branch: string,
  changes: Partial<PullState> = {},
): PullState {
  const head = state.git.git('rev-parse', branch)
  const pull = { number, title: `Change ${number}`, author: 'alice', base: 'main', head, open: true, ...changes }
  state.pulls.set(number, pull)
  return pull
}

export function clientOf(github: FakeGitHub, token = BOT_TOKEN) {
  return createGitHubClient({
    auth: token,
    baseUrl: github.url,
    lane: 'test',
    clock: Date,
    retryBase: 1,
    throttle: false,
  })
}

export function hostOf(github: FakeGitHub, judge: Judge, changes: Partial<Host> = {}): Host {
  return {
    client: clientOf(github),
    self: { id: BOT.id, login: 'airworthy' },
    appId: APP_ID,
    webUrl: 'https://github.com',
    judge,
    blobs: new BlobCache(10_000_000),
    clock: Date,
    exclusive: true,
    postsRun: true,
    ...changes,
  }
}

/** One branch `feature` that changes one line of `src/a.ts`. */
export function smallChange(git: TestRepository): string {
  git.branch('feature')
  return git.commit('Change', { 'src/a.ts': 'export const a = 2\n' })
}
