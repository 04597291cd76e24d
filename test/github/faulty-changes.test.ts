import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { BlobCache } from '../../src/github/blob-cache.ts'
import { createGitHubChangeSource } from '../../src/github/github-change-source.ts'
import { failureOf, HOST, playGitHub, quickClient } from '../support/github/failing-github.ts'

const WEB = { owner: 'acme', repo: 'web' }
const [BASE, HEAD, MERGE] = ['a', 'b', 'c'].map((digit) => digit.repeat(40))
const [OLD, NEW] = ['d', 'e'].map((digit) => digit.repeat(40))

playGitHub()

describe('a change', () => {
  function source(changedFiles = 1) {
    return createGitHubChangeSource({
      api: quickClient().read,
      repository: WEB,
      base: { ref: 'main', sha: BASE ?? '' },
      head: HEAD ?? '',
      title: null,
      body: '',
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
