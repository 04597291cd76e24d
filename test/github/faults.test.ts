import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { BlobCache } from '../../src/github/blob-cache.ts'
import { createGitHubChangeSource } from '../../src/github/github-change-source.ts'
import { type ApiCall, createGitHubClient } from '../../src/github/github-client.ts'
import { HostError } from '../../src/github/host-error.ts'
import { postCheckRun } from '../../src/github/post-check-run.ts'
import { readBlobs } from '../../src/github/read-blobs.ts'
import { readPolicyFile } from '../../src/github/read-policy-file.ts'

const HOST = 'https://api.github.com'
const WEB = { owner: 'acme', repo: 'web' }
const [BASE, HEAD, MERGE] = ['a', 'b', 'c'].map((digit) => digit.repeat(40))
const [OLD, NEW] = ['d', 'e'].map((digit) => digit.repeat(40))

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

function client(calls: ApiCall[] = []) {
  return createGitHubClient({
    auth: 'ghs_x',
    lane: 'x',
    clock: { now: () => 1_000_000 },
    retryBase: 1,
    throttle: false,
    onCall: (call) => calls.push(call),
  })
}

async function failureOf(asked: Promise<unknown>): Promise<HostError> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof HostError) return error
  throw new Error(`expected a HostError, got ${error}`)
}

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
    const error = await failureOf(client(calls).read.request(`GET ${GET}`))
    expect(error.failure).toEqual(failure)
    expect(calls).toHaveLength(requests)
    expect(error.message).not.toContain('ghs_x')
  })

  test('a fault of GitHub that passes is not noticed', async () => {
    nock(HOST).get(GET).reply(500).get(GET).reply(502).get(GET).reply(200, { fine: true })
    expect((await client().read.request(`GET ${GET}`)).data).toEqual({ fine: true })
  })

  test('a broken connection', async () => {
    nock(HOST).get(GET).times(9).replyWithError('socket hang up')
    expect((await failureOf(client().read.request(`GET ${GET}`))).failure).toEqual({ kind: 'unavailable' })
  })

  test('a limit that GraphQL tells in an answer of 200', async () => {
    nock(HOST)
      .post('/graphql')
      .reply(200, { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] })
    const asked = readBlobs({ api: client().read, repository: WEB, sizes: new Map(), watch: null }, [OLD ?? ''])
    expect((await failureOf(asked)).failure).toEqual({ kind: 'rate-limited', retryAfter: 60 })
  })
})

describe('contents', () => {
  const reader = () => ({ api: client().read, repository: WEB, sizes: new Map(), watch: null })
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

describe('a change', () => {
  function source(changedFiles = 1) {
    return createGitHubChangeSource({
      api: client().read,
      repository: WEB,
      base: { ref: 'main', sha: BASE ?? '' },
      head: HEAD ?? '',
      title: null,
      asOf: null,
      pullRequest: { number: 7, changedFiles },
      policyFiles: new Map(),
      blobs: new BlobCache(1e6),
      watch: null,
    })
  }
  const file = (sha: string | undefined) => ({
    sha,
    filename: 'src/a.ts',
    status: 'modified',
    additions: 1,
    deletions: 1,
    changes: 2,
    patch: '@@ -1 +1 @@\n-a\n+b',
  })
  const tree = (sha: string | undefined, truncated: boolean) => ({
    truncated,
    tree: truncated ? [] : [{ path: 'src/a.ts', mode: '100644', type: 'blob', sha, size: 2 }],
  })

  test('with listings that GitHub cuts has the versions of its files all the same, and says what it lacks', async () => {
    nock(HOST)
      .get(/\/compare\//)
      .query(true)
      .reply(200, { merge_base_commit: { sha: MERGE }, files: [file(NEW)] })
      .get(/\/git\/trees\//)
      .times(2)
      .query(true)
      .reply(200, tree(NEW, true))
      .post('/graphql', ({ query }) => query.includes(MERGE))
      .reply(200, { data: { repository: { f0: { entries: [{ name: 'a.ts', mode: 0o100755, oid: OLD }] } } } })
      .post('/graphql', ({ query }) => query.includes(HEAD))
      .reply(200, { data: { repository: { f0: { entries: [{ name: 'a.ts', mode: 0o100644, oid: NEW }] } } } })
    const change = await source().readChange()
    expect(change.files[0]).toMatchObject({
      base: { blob: OLD, kind: 'executable' },
      head: { blob: NEW, kind: 'file' },
    })
    expect([change.headTree?.truncated, change.notes.map(({ kind }) => kind)]).toEqual([true, ['listing-truncated']])
  })

  test('of a head that is gone is refused with a sentence', async () => {
    nock(HOST)
      .get(/\/compare\//)
      .query(true)
      .reply(404, { message: 'Not Found' })
      .get(/\/git\/trees\//)
      .query(true)
      .reply(404)
    const error = await failureOf(source().readChange())
    expect(error.message).toBe(
      'GitHub cannot compare aaaaaaa with bbbbbbb: one of them is gone, or they share no history. Push again, or rebase onto the base branch.',
    )
  })

  test('whose head moves on while it is read is not a mixture', async () => {
    nock(HOST)
      .get(/\/compare\//)
      .query(true)
      .reply(200, { merge_base_commit: { sha: MERGE }, files: [file('f'.repeat(40))] })
      .get(/\/git\/trees\//)
      .times(2)
      .query(true)
      .reply(200, tree(NEW, false))
    expect((await failureOf(source().readChange())).failure).toEqual({ kind: 'unavailable' })
  })

  test('of 3,100 files lists 3,000, and says so', async () => {
    const files = Array.from({ length: 3000 }, (_, i) => ({ ...file(NEW), filename: `f${i}.ts`, status: 'added' }))
    const page = (n: number) => files.slice((n - 1) * 100, n * 100)
    nock(HOST)
      .get(/\/compare\//)
      .query(true)
      .reply(200, { merge_base_commit: { sha: MERGE }, files: files.slice(0, 300) })
      .get(/\/git\/trees\//)
      .times(2)
      .query(true)
      .reply(200, {
        truncated: false,
        tree: files.map(({ filename, sha }) => ({ path: filename, mode: '100644', type: 'blob', sha, size: 2 })),
      })
      .get('/repos/acme/web/pulls/7/files')
      .times(30)
      .query(true)
      .reply((uri) => {
        const n = Number(new URL(uri, HOST).searchParams.get('page'))
        return [200, page(n), n < 30 ? { link: `<${HOST}/x?page=${n + 1}>; rel="next"` } : {}]
      })
    const change = await source(3100).readChange()
    expect([change.files.length, change.notes.map(({ says }) => says)]).toEqual([
      3000,
      ['GitHub lists only the first 3000 changed files; the rest was not looked at.'],
    ])
  })
})

describe('the policy', () => {
  const read = () =>
    readPolicyFile(
      { api: client().read, repository: WEB, base: { ref: 'main', sha: BASE ?? '' } },
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
    client: client(calls),
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
