import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { syncLabels } from '../../src/github/sync-labels.ts'
import { failureOf, HOST, playGitHub, quickClient } from '../support/github/failing-github.ts'

const LABELS = '/repos/acme/web/issues/7/labels'
const NAMED = { wanted: 'ready', managed: ['ready', 'needs evidence'] }

playGitHub()

function sync(present: readonly string[], choice: Parameters<typeof syncLabels>[1] = NAMED) {
  return syncLabels({ client: quickClient(), repository: { owner: 'acme', repo: 'web' }, number: 7, present }, choice)
}

describe('labels', () => {
  test.each([
    ['the right one is there', ['ready', 'bug'], NAMED],
    ['the right one is there in another case', ['Ready'], NAMED],
    ['none belongs there and none is there', ['bug'], { ...NAMED, wanted: null }],
    ['the policy names none', ['bug', 'ready'], { wanted: null, managed: [] }],
    ['two verdicts share a name', ['ready'], { wanted: 'ready', managed: ['ready', 'Ready'] }],
  ])('cost no call when %s', async (_, present, choice) => {
    // Any request would fail: nothing answers.
    expect(await sync(present, choice)).toEqual({ kind: 'unchanged' })
  })

  test('one goes, whatever stands in its name, and the other comes', async () => {
    const managed = ['ready', 'needs: a/b #1?']
    const scope = nock(HOST)
      .delete(`${LABELS}/needs%3A%20a%2Fb%20%231%3F`)
      .reply(200, [])
      .post(LABELS, { labels: ['ready'] })
      .reply(200, [])
    expect(await sync(['Needs: A/B #1?', 'bug'], { wanted: 'ready', managed })).toEqual({ kind: 'changed' })
    scope.done()
  })

  test('one that someone took away meanwhile is away', async () => {
    const scope = nock(HOST)
      .delete(`${LABELS}/needs%20evidence`)
      .reply(404, { message: 'Label does not exist' })
      .post(LABELS)
      .reply(200, [])
    expect(await sync(['needs evidence'])).toEqual({ kind: 'changed' })
    scope.done()
  })

  test.each([
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
    [422, 'Validation Failed'],
  ])('that GitHub refuses with %i are told and no failure', async (status, message) => {
    nock(HOST).post(LABELS).reply(status, { message })
    const why = expect.stringContaining(`${status}: ${message}`)
    expect(await sync([])).toEqual({ kind: 'refused', why })
  })

  test.each([
    [429, { 'retry-after': '9' }, 'rate-limited'],
    [403, { 'retry-after': '9' }, 'rate-limited'],
    [500, {}, 'unavailable'],
  ])('that meet %i are tried again later', async (status, headers, kind) => {
    nock(HOST).post(LABELS).times(9).reply(status, { message: 'no' }, headers)
    expect((await failureOf(sync([]))).failure.kind).toBe(kind)
  })
})
