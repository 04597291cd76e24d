import { describe, expect, test } from 'vitest'
import { EVENTS } from '../../src/entrypoints/app/start-app.ts'
import { intentOf } from '../../src/github/webhook-events.ts'
import { officialExamples } from '../support/github/webhooks.ts'

const POLICY = '.github/airworthy.yml'
const WEB = { repository: { id: 1, name: 'web', owner: { login: 'acme' } }, installation: { id: 9 } }
const SHA = 'a'.repeat(40)

function jobsOf(event: string, payload: object): readonly string[] {
  const intent = intentOf(event, { ...WEB, ...payload }, POLICY)
  return intent.kind === 'jobs'
    ? intent.jobs.map((job) => `${job.key}${job.kind === 'pull-request' && job.force ? ' again' : ''}`)
    : [intent.kind]
}

function pulls(...numbers: readonly number[]) {
  return numbers.map((number) => ({ number, base: { repo: { id: 1 } } }))
}

describe('a delivery asks for', () => {
  test.each<[string, string, object, readonly string[]]>([
    ['a new pull request', 'pull_request', { action: 'opened', pull_request: { number: 7 } }, ['acme/web#7']],
    ['a push to it', 'pull_request', { action: 'synchronize', pull_request: { number: 7 } }, ['acme/web#7']],
    ['a draft made ready', 'pull_request', { action: 'ready_for_review', pull_request: { number: 7 } }, ['acme/web#7']],
    [
      'another base',
      'pull_request',
      { action: 'edited', pull_request: { number: 7 }, changes: { base: { ref: { from: 'old' } } } },
      ['acme/web#7 again'],
    ],
    [
      'another title',
      'pull_request',
      { action: 'edited', pull_request: { number: 7 }, changes: { title: { from: 'old' } } },
      ['nothing'],
    ],
    ['a label', 'pull_request', { action: 'labeled', pull_request: { number: 7 } }, ['nothing']],
    ['its end', 'pull_request', { action: 'closed', pull_request: { number: 7 } }, ['nothing']],
    [
      'a run once more',
      'check_run',
      { action: 'rerequested', check_run: { head_sha: SHA, external_id: `7/${'0'.repeat(16)}`, pull_requests: [] } },
      ['acme/web#7 again'],
    ],
    [
      'a run of a fork without our id',
      'check_run',
      { action: 'rerequested', check_run: { head_sha: SHA, external_id: '', pull_requests: [] } },
      ['find-by-head'],
    ],
    [
      'a run that we made',
      'check_run',
      { action: 'created', check_run: { head_sha: SHA, pull_requests: [] } },
      ['nothing'],
    ],
    [
      'all runs once more',
      'check_suite',
      { action: 'rerequested', check_suite: { head_sha: SHA, pull_requests: pulls(7, 8) } },
      ['acme/web#7 again', 'acme/web#8 again'],
    ],
    [
      'runs of another repository with this head',
      'check_suite',
      {
        action: 'rerequested',
        check_suite: { head_sha: SHA, pull_requests: [{ number: 7, base: { repo: { id: 2 } } }] },
      },
      ['find-by-head'],
    ],
    [
      'a group of the merge queue',
      'merge_group',
      {
        action: 'checks_requested',
        merge_group: {
          head_sha: SHA,
          head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-x',
          base_sha: SHA,
          base_ref: 'refs/heads/main',
        },
      },
      [`acme/web@${SHA}`],
    ],
    [
      'the end of a group',
      'merge_group',
      { action: 'destroyed', merge_group: { head_sha: SHA, head_ref: 'x', base_sha: SHA, base_ref: 'x' } },
      ['nothing'],
    ],
    ['the command', 'issue_comment', comment('please\n/airworthy recheck\r\n'), ['acme/web#7 again']],
    ['the command of a bot', 'issue_comment', comment('/airworthy recheck', { user: { type: 'Bot' } }), ['nothing']],
    [
      'the command on an issue',
      'issue_comment',
      { ...comment('/airworthy recheck'), issue: { number: 7 } },
      ['nothing'],
    ],
    ['talk about the command', 'issue_comment', comment('use `/airworthy recheck` to retry'), ['nothing']],
    ['an edited comment', 'issue_comment', { ...comment('/airworthy recheck'), action: 'edited' }, ['nothing']],
    ['a new policy on a branch', 'push', push({ modified: [POLICY] }), ['review-open']],
    ['other code on a branch', 'push', push({ modified: ['src/a.ts'] }), ['nothing']],
    ['a deleted branch', 'push', { ...push({ removed: [POLICY] }), deleted: true }, ['nothing']],
    ['a tag', 'push', { ...push({ added: [POLICY] }), ref: 'refs/tags/v1' }, ['nothing']],
    ['an installation', 'installation', { action: 'created' }, ['reconcile']],
    ['the end of an installation', 'installation', { action: 'deleted' }, ['nothing']],
    ['more repositories', 'installation_repositories', { action: 'added' }, ['reconcile']],
  ])('%s', (_, event, payload, jobs) => {
    expect(jobsOf(event, payload)).toEqual(jobs)
  })

  function comment(body: string, more: object = {}) {
    return {
      action: 'created',
      issue: { number: 7, pull_request: {} },
      comment: { body, user: { type: 'User' }, ...more },
    }
  }

  function push(touched: object) {
    return { ref: 'refs/heads/main', deleted: false, commits: [{ added: [], removed: [], modified: [], ...touched }] }
  }
})

const official = officialExamples
  .filter(({ name }) => EVENTS.some((event) => event === name))
  .flatMap(({ name, examples }) =>
    examples.map((payload, i) => ({ title: `${name} ${payload.action ?? ''} ${i}`, name, payload })),
  )

describe('the official examples', () => {
  test('cover every event we subscribe to', () => {
    expect(EVENTS.filter((event) => !official.some(({ name }) => name === event))).toEqual([])
  })

  test.each(official)('$title is understood', ({ name, payload }) => {
    // Examples of events that come without an installation get one, as GitHub adds it for Apps.
    expect(() => intentOf(name, { installation: { id: 1 }, ...payload }, POLICY)).not.toThrow()
  })
})
