import { expect, test } from 'vitest'
import type { Judge } from '../../src/github/judgement.ts'
import { reviewPullRequest } from '../../src/github/review-pull-request.ts'
import type { Labels } from '../../src/policy/policy.ts'
import type { Verdict } from '../../src/review/review-types.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { fakeGitHub, hostOf, setPull, smallChange } from '../support/github/pull-request.ts'
import { CLEAR_ITEM, sampleReview } from '../support/sample-review.ts'

const TASK = { repository: { owner: 'acme', repo: 'web' }, number: 7, force: false }
const LABELS: Labels = { pass: 'airworthy', fail: 'needs evidence' }

function judgeWith(verdict: Verdict, labels: Labels = LABELS): Judge {
  return async () => ({ kind: 'review', edit: null, labels, review: sampleReview([CLEAR_ITEM], { verdict }) })
}

async function labelled(...names: readonly string[]) {
  const git = createGitRepository({ 'src/a.ts': 'export const a = 1\n' })
  smallChange(git)
  const github = await fakeGitHub({ git })
  setPull(github, 7, 'feature')
  github.state.labels.set(7, [...names])
  return github
}

test('follow the verdict, and leave other labels alone', async () => {
  const github = await labelled('bug')
  const seen = []
  for (const verdict of ['fail', 'fail', 'pass', 'advise'] as const) {
    const published = await reviewPullRequest(hostOf(github, judgeWith(verdict)), TASK)
    seen.push([published.kind === 'published' && published.labels.kind, github.state.labels.get(7)])
  }
  expect(seen).toEqual([
    ['changed', ['bug', 'needs evidence']],
    ['unchanged', ['bug', 'needs evidence']],
    ['changed', ['bug', 'airworthy']],
    ['changed', ['bug']],
  ])
})

test('are not touched where the policy names none, nor where it cannot be read', async () => {
  const github = await labelled('airworthy')
  const broken: Judge = async () => ({ kind: 'policy-problems', problems: ['x'], edit: null, onlyPolicy: false })
  for (const judge of [judgeWith('fail', {}), broken]) await reviewPullRequest(hostOf(github, judge), TASK)
  expect(github.calls.filter((call) => call.includes('/labels'))).toEqual([])
})

test('that the App may not set do not keep the run away', async () => {
  const github = await labelled()
  const refused = { status: 403, body: { message: 'Resource not accessible by integration' } }
  github.options.fault = ({ path }) => (path.endsWith('/labels') ? refused : null)
  expect(await reviewPullRequest(hostOf(github, judgeWith('pass')), TASK)).toMatchObject({
    labels: { kind: 'refused' },
    comment: 'created',
    run: 'posted',
  })
})

test('come before the run, so that work that was cut off is found again', async () => {
  const github = await labelled()
  await reviewPullRequest(hostOf(github, judgeWith('pass')), TASK)
  const writes = github.calls.filter((call) => call.startsWith('POST /repos'))
  expect(writes.map((call) => call.split('/').at(-1))).toEqual(['comments', 'labels', 'check-runs'])
})
