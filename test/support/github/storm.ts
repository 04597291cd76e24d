import { expect } from 'vitest'
import { COVERED, EXPOSED, SERVICE } from '../../../scripts/demo-service.ts'
import { createGitRepository, type TestRepository } from '../git-repository.ts'
import { BOT, type FakeGitHub, type Fault } from './fake-github.ts'
import { pullRequestDelivery } from './running-app.ts'

export const PULLS = 50
export const PUSHES = 5

/** Branches of the payments service: every push but the last is exposed; the last one covers it, but for every third. */
export interface ManyBranches {
  readonly git: TestRepository
  /** Heads in order of the pushes, by number of the pull request. */
  readonly heads: ReadonlyMap<number, readonly string[]>
}

export function isExposed(number: number, push: number): boolean {
  return push < PUSHES || number % 3 === 0
}

/** Fifty branches of five commits each, written by one process. */
export function manyBranches(): ManyBranches {
  const git = createGitRepository(SERVICE)
  const main = git.git('rev-parse', 'main')
  const numbers = Array.from({ length: PULLS }, (_, i) => i + 1)
  const pushes = Array.from({ length: PUSHES }, (_, i) => i + 1)
  const input = numbers.flatMap((number) => pushes.map((push) => commit(number, push, main)))
  git.gitWithInput(input.join(''), 'fast-import', '--quiet')
  const headsOf = (number: number) => git.git('rev-list', '--reverse', `main..pr-${number}`).split('\n')
  return { git, heads: new Map(numbers.map((number) => [number, headsOf(number)])) }
}

function commit(number: number, push: number, main: string): string {
  const files = { ...(isExposed(number, push) ? EXPOSED : COVERED), 'NOTES.md': `push ${push} of ${number}\n` }
  const from = push === 1 ? `from ${main}\n` : ''
  const changes = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  )
  return `commit refs/heads/pr-${number}\ncommitter A <a@example.com> ${1_700_000_000 + push} +0000\ndata 1\nx\n${from}${changes.join('')}\n`
}

/** The same storm every time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Every tenth call fails, in one of the ways that GitHub fails. */
export function tenthCallFails(random: () => number): () => Fault | null {
  const faults: readonly Fault[] = [{ status: 500, body: {} }, { status: 502, body: {} }, 'broken', 'answer-lost']
  return () => (random() < 0.1 ? (faults[Math.floor(random() * faults.length)] ?? null) : null)
}

/**
 * Pushes to all pull requests in turn, and delivers each push twice, late and in any order.
 * @param deliver returns the status of the answer; `nth` counts the deliveries
 */
export async function storm(
  { state }: FakeGitHub,
  { heads }: ManyBranches,
  random: () => number,
  deliver: (payload: object, nth: number) => Promise<number>,
): Promise<number> {
  const [, payload] = pullRequestDelivery('synchronize', 0)
  const waiting: number[] = []
  const sent: Promise<number>[] = []
  for (let i = 0; i < PULLS * PUSHES; i++) {
    const number = (i % PULLS) + 1
    const head = heads.get(number)?.[Math.floor(i / PULLS)] ?? ''
    state.pulls.set(number, { number, title: `Change ${number}`, author: 'alice', base: 'main', head, open: true })
    waiting.push(number, number)
    while (waiting.length > 60 || (i === PULLS * PUSHES - 1 && waiting.length > 0)) {
      const [late = 0] = waiting.splice(Math.floor(random() * waiting.length), 1)
      const pull_request = { ...Object(payload).pull_request, number: late }
      sent.push(deliver({ ...payload, number: late, pull_request }, sent.length))
      if (sent.length % 20 === 0) await Promise.all(sent.slice(-20))
    }
  }
  expect(new Set(await Promise.all(sent))).toEqual(new Set([200]))
  return sent.length
}

/** Pull requests whose newest head has not its one right answer, a line each. */
export function wrongAnswers({ state }: FakeGitHub, { heads }: ManyBranches): readonly string[] {
  return [...heads].flatMap(([number, pushes]) => {
    const comments = state.comments.filter(({ issue, author }) => issue === number && author === BOT)
    const run = state.checkRuns.filter(({ head_sha }) => head_sha === pushes.at(-1)).at(-1)
    const verdict = isExposed(number, PUSHES) ? 'fail' : 'pass'
    const right = run?.conclusion === (verdict === 'fail' ? 'failure' : 'success') && comments.length === 1
    const says = comments[0]?.body.includes(`Airworthy: ${verdict}`) === true
    return right && says ? [] : [`#${number}: ${run?.conclusion} ${run?.output.title}, ${comments.length} comments`]
  })
}
