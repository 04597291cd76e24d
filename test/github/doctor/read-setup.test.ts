import nock from 'nock'
import { expect, test } from 'vitest'
import { readSetup } from '../../../src/github/doctor/read-setup.ts'
import { failureOf, HOST, playGitHub, quickClient } from '../../support/github/failing-github.ts'

const WEB = { owner: 'acme', repo: 'web' }
const REPO = '/repos/acme/web'
const WORKFLOW = 'on: pull_request\njobs: { review: { steps: [{ uses: acme/airworthy@v1 }] } }\n'

playGitHub()

function base64(text: string): object {
  return { type: 'file', encoding: 'base64', content: Buffer.from(text).toString('base64') }
}

/** A repository with a ruleset, a workflow, and a head that our App reported on. */
function playRepository(protection: { readonly status: number; readonly body: object }): void {
  nock(HOST)
    .get(REPO)
    .reply(200, { default_branch: 'trunk' })
    .get(`${REPO}/rules/branches/trunk`)
    .query(true)
    .reply(200, [
      {
        type: 'required_status_checks',
        parameters: { required_status_checks: [{ context: 'airworthy', integration_id: 777 }, { context: 'ci' }] },
      },
      { type: 'merge_queue', parameters: {} },
    ])
    .get(`${REPO}/branches/trunk/protection`)
    .reply(protection.status, protection.body)
    .get(`${REPO}/contents/.github%2Fairworthy.yml`)
    .query(true)
    .reply(200, base64('version: 1\n'))
    .get(`${REPO}/pulls`)
    .query(true)
    .reply(200, [{ head: { sha: 'a' } }, { head: { sha: 'gone' } }])
    .get(`${REPO}/commits/a/check-runs`)
    .query(true)
    .reply(200, { check_runs: [{ app: { id: 777, slug: 'airworthy' } }, { app: { id: 777, slug: 'airworthy' } }] })
    .get(`${REPO}/commits/gone/check-runs`)
    .query(true)
    .reply(404)
    .get(`${REPO}/contents/.github%2Fworkflows`)
    .query(true)
    .reply(200, [
      { type: 'file', path: '.github/workflows/review.yml' },
      { type: 'file', path: '.github/workflows/README.md' },
    ])
    .get(`${REPO}/contents/.github%2Fworkflows%2Freview.yml`)
    .query(true)
    .reply(200, base64(WORKFLOW))
}

test.each([
  [
    'of classic protection too',
    200,
    { required_status_checks: { checks: [{ context: 'x', app_id: -1 }] } },
    { protected: true, required: [{ context: 'x', appId: null }] },
  ],
  ['of a branch that is not protected', 404, { message: 'Branch not protected' }, { protected: false }],
  ['but not what the token may not see', 403, { message: 'Resource not accessible' }, null],
  ['but not what is hidden as missing', 404, { message: 'Not Found' }, null],
])('reads the setup, %s', async (_, status, body, protection) => {
  playRepository({ status, body })
  expect(await readSetup(quickClient().read, WEB, null)).toEqual({
    name: 'acme/web',
    branch: 'trunk',
    rules: {
      required: [
        { context: 'airworthy', appId: 777 },
        { context: 'ci', appId: null },
      ],
      mergeQueue: true,
    },
    protection,
    hasPolicy: true,
    posters: [{ appId: 777, slug: 'airworthy' }],
    workflows: [
      {
        path: '.github/workflows/review.yml',
        job: 'review',
        checkName: 'review',
        events: ['pull_request'],
        filtered: false,
        permissions: null,
        conditional: false,
      },
    ],
  })
})

test('a repository that is not there is said to be so', async () => {
  nock(HOST).get(REPO).reply(404, { message: 'Not Found' })
  expect((await failureOf(readSetup(quickClient().read, WEB, null))).failure).toEqual({ kind: 'not-found' })
})
