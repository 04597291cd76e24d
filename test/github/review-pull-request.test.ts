import { describe, expect, test } from 'vitest'
import type { Judge } from '../../src/github/judgement.ts'
import { reviewPullRequest } from '../../src/github/review-pull-request.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { BOT } from '../support/github/fake-github.ts'
import { clientOf, fakeGitHub, hostOf, setPull, smallChange, WEB } from '../support/github/pull-request.ts'
import type { Account } from '../support/github/state.ts'
import { CLEAR_ITEM, sampleExposure, sampleItem, sampleReview } from '../support/sample-review.ts'

const MARKED = '<!-- airworthy:v1 -->\nold'
const ALICE: Account = { id: 5, login: 'alice', type: 'User' }
const OTHER_BOT: Account = { id: 6, login: 'other[bot]', type: 'Bot' }
const TASK = { repository: WEB, number: 7, force: false }

/** Reads the change as the engine does, and answers with as many exposures as told. */
function judgeWith(exposures: number): Judge {
  return async (source) => {
    const { head, files } = await source.readChange()
    await source.readBlobs(files.flatMap((file) => file.head?.blob ?? []))
    const items = exposures
      ? [
          sampleItem(
            Array.from({ length: exposures }, (_, i) =>
              sampleExposure({ at: { path: 'src/a.ts', startLine: i + 1, endLine: i + 1, side: 'head' } }),
            ),
          ),
        ]
      : [CLEAR_ITEM]
    const review = sampleReview(items, { verdict: exposures ? 'fail' : 'pass' })
    return { kind: 'review', edit: null, labels: {}, review: { ...review, change: { ...review.change, head } } }
  }
}

async function webWithPull() {
  const git = createGitRepository({ 'src/a.ts': 'export const a = 1\n' })
  smallChange(git)
  const github = await fakeGitHub({ git })
  setPull(github, 7, 'feature')
  return { git, github }
}

describe('publishing a review', () => {
  test('makes one comment and one finished run on the head, in seven calls', async () => {
    const { github } = await webWithPull()
    expect(await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)).toMatchObject({
      kind: 'published',
      comment: 'created',
      run: 'posted',
    })
    const head = github.state.pulls.get(7)?.head
    expect(github.state.comments).toMatchObject([{ issue: 7, author: BOT }])
    expect(github.state.checkRuns).toMatchObject([
      { name: 'airworthy', head_sha: head, status: 'completed', conclusion: 'success' },
    ])
    expect(github.state.checkRuns[0]?.external_id).toMatch(/^7\/[0-9a-f]{16}$/)
    expect(github.calls).toHaveLength(7)
  })

  test('writes nothing when nothing changed, and a new run when someone asks for it', async () => {
    const { github } = await webWithPull()
    const host = hostOf(github, judgeWith(1))
    await reviewPullRequest(host, TASK)
    expect(await reviewPullRequest(host, TASK)).toMatchObject({ comment: 'unchanged', run: 'unchanged' })
    expect(await reviewPullRequest(host, { ...TASK, force: true })).toMatchObject({
      comment: 'unchanged',
      run: 'posted',
    })
    expect(github.state.checkRuns).toHaveLength(2)
  })

  test('a new head gets its run, and the comment is changed in place', async () => {
    const { git, github } = await webWithPull()
    await reviewPullRequest(hostOf(github, judgeWith(1)), TASK)
    const head = git.commit('Mend', { 'src/a.ts': 'export const a = 3\n' })
    setPull(github, 7, 'feature')
    expect(await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)).toMatchObject({
      comment: 'updated',
      run: 'posted',
    })
    expect(github.state.comments).toHaveLength(1)
    expect(github.state.checkRuns.map(({ head_sha, conclusion }) => [head_sha === head, conclusion])).toEqual([
      [false, 'failure'],
      [true, 'success'],
    ])
  })

  test('says what changed since the last push, from its own comment and from no other', async () => {
    const { git, github } = await webWithPull()
    const old = github.state.pulls.get(7)?.head.slice(0, 7)
    await reviewPullRequest(hostOf(github, judgeWith(1)), TASK)
    const [ours] = github.state.comments
    const forged = ours?.body.replaceAll(/error-paths-\w+/g, 'error-paths-ffffffffffff') ?? ''
    github.state.comments.unshift({ id: 1, issue: 7, author: ALICE, body: forged })
    git.commit('Mend', { 'src/a.ts': 'export const a = 3\n' })
    setPull(github, 7, 'feature')
    await reviewPullRequest(hostOf(github, judgeWith(1)), TASK)
    expect(github.state.comments[1]?.body).toContain(`\n\nSince \`${old}\`: 1 still open\n`)
    expect(await reviewPullRequest(hostOf(github, judgeWith(1)), TASK)).toMatchObject({
      comment: 'unchanged',
      run: 'unchanged',
    })
  })

  test.each([
    ['moves', () => ({ head: 'f'.repeat(40) })],
    ['closes', () => ({ open: false })],
  ])('writes nothing when the pull request %s while it is reviewed', async (_, change) => {
    const { github } = await webWithPull()
    const judge: Judge = async (source) => {
      const pull = github.state.pulls.get(7)
      const judgement = await judgeWith(1)(source)
      if (pull) github.state.pulls.set(7, { ...pull, ...change() })
      return judgement
    }
    // The last look along the way was before the move; it has to look again.
    let now = 0
    const clock = { now: () => (now += 4000) }
    expect(await reviewPullRequest(hostOf(github, judge, { clock }), TASK)).toEqual({ kind: 'superseded' })
    expect([github.state.comments, github.state.checkRuns]).toEqual([[], []])
  })

  test('a closed pull request costs one call', async () => {
    const { github } = await webWithPull()
    setPull(github, 7, 'feature', { open: false })
    expect(await reviewPullRequest(hostOf(github, judgeWith(1)), TASK)).toEqual({ kind: 'closed' })
    expect(github.calls).toHaveLength(1)
  })

  test('annotations go in batches of fifty, at most two hundred', async () => {
    const { github } = await webWithPull()
    await reviewPullRequest(hostOf(github, judgeWith(230)), TASK)
    expect(github.state.checkRuns[0]?.annotations).toHaveLength(200)
    expect(github.state.checkRuns[0]?.output.summary).toContain('30 more exposures without a mark at the lines')
    expect(github.calls.filter((call) => call.includes('/check-runs'))).toHaveLength(4)
  })
})

describe('the sticky comment', () => {
  test('is not one that someone else pasted the marker into', async () => {
    const { github } = await webWithPull()
    github.state.comments.push(
      { id: 1, issue: 7, author: ALICE, body: MARKED },
      { id: 2, issue: 7, author: OTHER_BOT, body: MARKED },
      { id: 3, issue: 7, author: BOT, body: 'no marker' },
    )
    await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)
    expect(github.state.comments.map(({ body }) => body).slice(0, 3)).toEqual([MARKED, MARKED, 'no marker'])
    expect(github.state.comments).toHaveLength(4)
  })

  test('is found on any page', async () => {
    const { github } = await webWithPull()
    const chatter = (id: number) => ({ id, issue: 7, author: ALICE, body: `comment ${id}` })
    github.state.comments.push(...Array.from({ length: 230 }, (_, i) => chatter(i + 1)), {
      id: 900,
      issue: 7,
      author: BOT,
      body: MARKED,
    })
    expect(await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)).toMatchObject({ comment: 'updated' })
    expect(github.state.comments.filter(({ author }) => author === BOT)).toMatchObject([{ id: 900 }])
  })

  test('extras go, the oldest stays', async () => {
    const { github } = await webWithPull()
    github.state.comments.push(...[11, 12, 13].map((id) => ({ id, issue: 7, author: BOT, body: MARKED })))
    await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)
    expect(github.state.comments.map(({ id }) => id)).toEqual([11])
    expect(github.state.comments[0]?.body).not.toBe(MARKED)
  })

  test('two runs at once leave one', async () => {
    const { github } = await webWithPull()
    const hosts = [1, 2, 3].map(() => hostOf(github, judgeWith(0), { exclusive: false }))
    await Promise.all(hosts.map((host) => reviewPullRequest(host, TASK)))
    expect(github.state.comments).toHaveLength(1)
  })

  test('is not made again when the answer to its creation is lost', async () => {
    const { github } = await webWithPull()
    github.options.fault = ({ method, path }) =>
      method === 'POST' && path.endsWith('/comments') ? 'answer-lost' : null
    expect(await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)).toMatchObject({ comment: 'unchanged' })
    expect(github.state.comments).toHaveLength(1)
  })

  test('comes back when someone deletes it in between', async () => {
    const { github } = await webWithPull()
    github.state.comments.push({ id: 11, issue: 7, author: BOT, body: MARKED })
    github.options.fault = ({ method }) => {
      if (method === 'PATCH') github.state.comments.length = 0
      return null
    }
    expect(await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)).toMatchObject({ comment: 'created' })
  })
})

test('a token that may only read publishes nothing and says so', async () => {
  const git = createGitRepository({ 'src/a.ts': 'export const a = 1\n' })
  smallChange(git)
  const github = await fakeGitHub({ git, tokens: { ghs_fork: { account: BOT, app: 15368, mayWrite: false } } })
  setPull(github, 7, 'feature')
  const host = hostOf(github, judgeWith(1), { client: clientOf(github, 'ghs_fork') })
  const error = { name: 'HostError', failure: { kind: 'forbidden' } }
  await expect(reviewPullRequest(host, TASK)).rejects.toMatchObject(error)
  expect(await reviewPullRequest({ ...host, postsRun: false }, TASK)).toMatchObject({ comment: 'refused', run: 'none' })
})

test('a locked conversation does not keep the run away', async () => {
  const { github } = await webWithPull()
  const locked = { status: 403, body: { message: 'Unable to create comment because issue is locked.' } }
  github.options.fault = ({ method, path }) => (method === 'POST' && path.endsWith('/comments') ? locked : null)
  expect(await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)).toMatchObject({
    comment: 'refused',
    run: 'posted',
  })
})

test('the run comes last, so that work that was cut off is found again', async () => {
  const { github } = await webWithPull()
  await reviewPullRequest(hostOf(github, judgeWith(0)), TASK)
  const writes = github.calls.filter((call) => call.startsWith('POST /repos'))
  expect(writes.map((call) => call.split('/').at(-1))).toEqual(['comments', 'check-runs'])
})
