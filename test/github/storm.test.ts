import { expect, test } from 'vitest'
import type { Judge } from '../../src/github/judgement.ts'
import { createGitRepository } from '../support/git-repository.ts'
import type { Fault } from '../support/github/fake-github.ts'
import { BOT } from '../support/github/fake-github.ts'
import { fakeGitHub } from '../support/github/pull-request.ts'
import { pullRequestDelivery, runApp, type TestApp } from '../support/github/running-app.ts'
import { CLEAR_ITEM, sampleExposure, sampleItem, sampleReview } from '../support/sample-review.ts'

const PULLS = 50
const PUSHES = 5

/** A change fails while its file says so; the last push of every third pull request still does. */
const judge: Judge = async (source) => {
  const { head, files } = await source.readChange()
  const contents = await source.readBlobs(files.flatMap((file) => file.head?.blob ?? []))
  const exposed = [...contents.values()].some((blob) => blob.status === 'text' && blob.text.includes('exposed'))
  const review = sampleReview([exposed ? sampleItem([sampleExposure()]) : CLEAR_ITEM], {
    verdict: exposed ? 'fail' : 'pass',
  })
  return { kind: 'review', edit: null, review: { ...review, change: { ...review.change, head } } }
}

function isExposed(number: number, push: number): boolean {
  return push < PUSHES || number % 3 === 0
}

/** Fifty branches of five commits each, in one process. Ids by number and push. */
function manyBranches() {
  const git = createGitRepository({ 'README.md': 'web\n' })
  const main = git.git('rev-parse', 'main')
  const commits = Array.from({ length: PULLS }, (_, i) => i + 1).flatMap((number) =>
    Array.from({ length: PUSHES }, (_, i) => ({ number, push: i + 1 })),
  )
  const input = commits.map(({ number, push }) => {
    const text = `push ${push} of ${number} ${isExposed(number, push) ? 'exposed' : 'fine'}\n`
    const from = push === 1 ? `from ${main}\n` : ''
    return `commit refs/heads/pr-${number}\ncommitter A <a@example.com> ${1_700_000_000 + push} +0000\ndata 1\nx\n${from}M 100644 inline src/f${number}.ts\ndata ${text.length}\n${text}\n`
  })
  git.gitWithInput(input.join(''), 'fast-import', '--quiet')
  const heads = new Map(
    Array.from(
      { length: PULLS },
      (_, i) => [i + 1, git.git('rev-list', '--reverse', `main..pr-${i + 1}`).split('\n')] as const,
    ),
  )
  return { git, heads }
}

/** The same storm every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test('500 deliveries in any order, with every tenth call failing, end in 50 right states', async () => {
  const random = randomFrom(3)
  const { git, heads } = manyBranches()
  const github = await fakeGitHub({ git })
  const app: TestApp = await runApp(github, judge)
  const faults: readonly Fault[] = [{ status: 500, body: {} }, { status: 502, body: {} }, 'broken', 'answer-lost']
  github.options.fault = () => (random() < 0.1 ? (faults[Math.floor(random() * faults.length)] ?? null) : null)

  const [, payload] = pullRequestDelivery('synchronize', 0)
  const waiting: number[] = []
  const sent: Promise<number>[] = []
  const pushes = Array.from({ length: PULLS * PUSHES }, (_, i) => (i % PULLS) + 1)
  for (const [i, number] of pushes.entries()) {
    const head = heads.get(number)?.[Math.floor(i / PULLS)] ?? ''
    github.state.pulls.set(number, {
      number,
      title: `Change ${number}`,
      author: 'alice',
      base: 'main',
      head,
      open: true,
    })
    waiting.push(number, number)
    // Some deliveries are held back, so that they come late and in any order.
    while (waiting.length > 60 || (i === pushes.length - 1 && waiting.length > 0)) {
      const [late = 0] = waiting.splice(Math.floor(random() * waiting.length), 1)
      sent.push(
        app.deliver('pull_request', {
          ...payload,
          number: late,
          pull_request: { ...Object(payload).pull_request, number: late },
        }),
      )
      if (sent.length % 20 === 0) await Promise.all(sent.slice(-20))
    }
  }
  expect(new Set(await Promise.all(sent))).toEqual(new Set([200]))
  expect(sent).toHaveLength(500)
  await app.idle()
  github.options.fault = undefined
  await app.service.reconcile(0)
  await app.idle()

  for (let number = 1; number <= PULLS; number++) {
    const head = heads.get(number)?.at(-1) ?? ''
    const comments = github.state.comments.filter(({ issue, author }) => issue === number && author === BOT)
    const runs = github.state.checkRuns.filter(({ head_sha }) => head_sha === head)
    expect([number, comments.length, runs.at(-1)?.conclusion]).toEqual([
      number,
      1,
      isExposed(number, PUSHES) ? 'failure' : 'success',
    ])
    expect(comments[0]?.body).toContain(isExposed(number, PUSHES) ? 'Airworthy: fail' : 'Airworthy: pass')
  }
}, 180_000)
