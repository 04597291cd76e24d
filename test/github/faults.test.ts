import nock from 'nock'
import { describe, expect, test } from 'vitest'
import type { ApiCall } from '../../src/github/github-client.ts'
import { postCheckRun } from '../../src/github/post-check-run.ts'
import { readBlobs } from '../../src/github/read-blobs.ts'
import { readPolicyFile } from '../../src/github/read-policy-file.ts'
import { failureOf, HOST, playGitHub, quickClient } from '../support/github/failing-github.ts'

const WEB = { owner: 'acme', repo: 'web' }
const [BASE, HEAD, OLD, NEW] = ['a', 'b', 'd', 'e'].map((digit) => digit.repeat(40))

playGitHub()

const GET = '/repos/acme/web/git/blobs/x'

describe('an answer that is none', () => {
  test.each<[string, number, Record<string, string>, string, object, number]>([
    [
      'a secondary limit',
      403,
      { 'retry-after': '30' },
      'You have exceeded a secondary rate limit',
      { kind: 'rate-limited', retryAfter: 30 },
      1,
    ],
    [
      'a secondary limit that does not say how long',
      403,
      {},
      'You have exceeded a secondary rate limit',
      { kind: 'rate-limited', retryAfter: 60 },
      1,
    ],
    ['429 with a time', 429, { 'retry-after': '7' }, 'slow down', { kind: 'rate-limited', retryAfter: 7 }, 1],
    ['429 without a time', 429, {}, 'slow down', { kind: 'rate-limited', retryAfter: 60 }, 1],
    [
      'the hour used up',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1600' },
      'API rate limit exceeded',
      { kind: 'rate-limited', retryAfter: 600 },
      1,
    ],
    ['no permission', 403, {}, 'Resource not accessible by integration', { kind: 'forbidden' }, 1],
    ['a token that ended', 401, {}, 'Bad credentials', { kind: 'forbidden' }, 1],
    ['nothing there', 404, {}, 'Not Found', { kind: 'not-found' }, 1],
    ['too large', 406, {}, 'the diff exceeded the maximum', { kind: 'refused' }, 1],
    ['what GitHub does not take', 422, {}, 'Validation Failed', { kind: 'refused' }, 1],
    ['a fault of GitHub that stays', 500, {}, 'oops', { kind: 'unavailable' }, 3],
    ['a bad gateway that stays', 502, {}, '<html>', { kind: 'unavailable' }, 3],
  ])('%s', async (_, status, headers, message, failure, requests) => {
    nock(HOST).get(GET).times(9).reply(status, { message }, headers)
    const calls: ApiCall[] = []
    const error = await failureOf(quickClient(calls).read.request(`GET ${GET}`))
    expect(error.failure).toEqual(failure)
    expect(calls).toHaveLength(requests)
    expect(error.message).not.toContain('ghs_x')
  })

  test('a fault of GitHub that passes is not noticed', async () => {
    nock(HOST).get(GET).reply(500).get(GET).reply(502).get(GET).reply(200, { fine: true })
    expect((await quickClient().read.request(`GET ${GET}`)).data).toEqual({ fine: true })
  })

  test('a broken connection', async () => {
    nock(HOST).get(GET).times(9).replyWithError('socket hang up')
    expect((await failureOf(quickClient().read.request(`GET ${GET}`))).failure).toEqual({ kind: 'unavailable' })
  })

  test('a limit that GraphQL tells in an answer of 200', async () => {
    nock(HOST)
      .post('/graphql')
      .reply(200, { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] })
    const asked = readBlobs({ api: quickClient().read, repository: WEB, sizes: new Map(), watch: null }, [OLD ?? ''])
    expect((await failureOf(asked)).failure).toEqual({ kind: 'rate-limited', retryAfter: 60 })
  })
})

describe('contents', () => {
  const reader = () => ({ api: quickClient().read, repository: WEB, sizes: new Map(), watch: null })
  const single = (id: string | undefined, text: string) =>
    nock(HOST)
      .get(`/repos/acme/web/git/blobs/${id}`)
      .reply(200, { encoding: 'base64', size: text.length, content: Buffer.from(text).toString('base64') })

  test.each<[string, object]>([
    ['cut', { byteSize: 9, isBinary: false, isTruncated: true, text: 'who' }],
    ['recoded', { byteSize: 9, isBinary: false, isTruncated: false, text: 'other' }],
    ['said to be binary', { byteSize: 9, isBinary: true, isTruncated: false, text: null }],
    ['not answered', {}],
  ])('that GraphQL has %s are read one by one', async (_, answered) => {
    nock(HOST)
      .post('/graphql')
      .reply(200, { data: { repository: { b0: answered } } })
    single(OLD, 'all of it')
    expect(await readBlobs(reader(), [OLD ?? ''])).toEqual(new Map([[OLD, { status: 'text', text: 'all of it' }]]))
  })

  test('half an answer is completed', async () => {
    const whole = { byteSize: 1, isBinary: false, isTruncated: false, text: 'x' }
    const errors = [{ message: 'Resource limits for this query exceeded', path: ['repository', 'b1'] }]
    nock(HOST)
      .post('/graphql')
      .reply(200, { data: { repository: { b0: whole, b1: null } }, errors })
    single(NEW, 'y')
    const read = await readBlobs(reader(), [OLD ?? '', NEW ?? ''])
    expect([...read.values()]).toEqual([
      { status: 'text', text: 'x' },
      { status: 'text', text: 'y' },
    ])
  })

  test('a question that is too heavy is asked in halves', async () => {
    const bodies: number[] = []
    nock(HOST)
      .post('/graphql', ({ query }) => bodies.push(query.match(/object\(oid/g).length) > 0)
      .times(9)
      .reply(() =>
        bodies.at(-1) === 2
          ? [502, 'timeout']
          : [200, { data: { repository: { b0: { byteSize: 1, isBinary: false, isTruncated: false, text: 'x' } } } }],
      )
    expect((await readBlobs(reader(), [OLD ?? '', NEW ?? ''])).size).toBe(2)
    expect(bodies.filter((count) => count === 1)).toHaveLength(2)
  })

  test('what is gone is missing, and not an error', async () => {
    nock(HOST)
      .post('/graphql')
      .reply(200, { data: { repository: { b0: null } } })
    nock(HOST).get(`/repos/acme/web/git/blobs/${OLD}`).reply(404, { message: 'Not Found' })
    expect(await readBlobs(reader(), [OLD ?? ''])).toEqual(new Map([[OLD, { status: 'missing' }]]))
  })
})

describe('the policy', () => {
  const read = () =>
    readPolicyFile(
      { api: quickClient().read, repository: WEB, base: { ref: 'main', sha: BASE ?? '' } },
      '.github/airworthy.yml',
    )
  const answer = (status: number, body: object | object[]) =>
    nock(HOST)
      .get(/\/contents\//)
      .times(3)
      .query({ ref: BASE })
      .reply(status, body)

  test('that is not there is none', async () => {
    answer(404, { message: 'Not Found' })
    expect(await read()).toBeNull()
  })
  test('that GitHub does not give is not "none"', async () => {
    answer(503, { message: 'Unavailable' })
    expect((await failureOf(read())).failure).toEqual({ kind: 'unavailable' })
  })
  test('that is a folder says so', async () => {
    answer(200, [{ type: 'file', path: 'x' }])
    expect((await failureOf(read())).message).toContain(
      '.github/airworthy.yml at main (aaaaaaaa) is not a readable text file',
    )
  })
})

test('a permission that was taken away is told, once', async () => {
  const calls: ApiCall[] = []
  nock(HOST)
    .post('/repos/acme/web/check-runs')
    .times(9)
    .reply(403, { message: 'Resource not accessible by integration' })
  const run = { conclusion: 'success', title: 't', summary: 's', annotations: [] } as const
  const target = {
    client: quickClient(calls),
    repository: WEB,
    name: 'airworthy',
    head: HEAD ?? '',
    subject: '7',
    last: null,
    force: false,
  }
  const error = await failureOf(postCheckRun(target, run))
  expect([error.failure.kind, calls.length]).toEqual(['forbidden', 1])
  expect(error.message).toContain('airworthy doctor')
})
