import { afterEach, describe, expect, test } from 'vitest'
import { BlobCache } from '../../src/github/blob-cache.ts'
import { createGitHubChangeSource } from '../../src/github/github-change-source.ts'
import { createGitHubClient } from '../../src/github/github-client.ts'
import { readPullRequest } from '../../src/github/read-pull-request.ts'
import { createGitRepository, executable, symlinkTo, type TestRepository } from '../support/git-repository.ts'
import {
  APP_ID,
  BOT,
  BOT_TOKEN,
  type FakeGitHub,
  type FakeGitHubOptions,
  startFakeGitHub,
} from '../support/github/fake-github.ts'

const open: FakeGitHub[] = []
afterEach(async () => {
  for (const github of open.splice(0)) {
    await github.close()
    expect(github.problems).toEqual([])
  }
})

async function readAll(git: TestRepository, options: Partial<FakeGitHubOptions> = {}) {
  const github = await startFakeGitHub({ git, ...options })
  open.push(github)
  github.state.pulls.set(7, {
    number: 7,
    title: 'Refund',
    author: 'alice',
    base: 'main',
    head: git.git('rev-parse', 'feature'),
    open: true,
  })
  const clock = { now: () => 0 }
  const { read } = createGitHubClient({ auth: BOT_TOKEN, baseUrl: github.url, lane: 'test', clock, retryBase: 1 })
  const repository = { owner: 'acme', repo: 'web' }
  const pull = await readPullRequest(read, {
    repository,
    number: 7,
    self: { id: BOT.id, login: 'airworthy' },
    marker: '<!-- airworthy',
    check: { name: 'airworthy', appId: APP_ID },
    policyPaths: ['.github/airworthy.yml'],
  })
  const source = createGitHubChangeSource({
    api: read,
    repository,
    ...pull,
    pullRequest: pull,
    blobs: new BlobCache(1e6),
    watch: null,
  })
  const change = await source.readChange()
  return { github, pull, source, change }
}

describe('a change from the API', () => {
  test('has what real git says about every kind of file', async () => {
    const git = createGitRepository({
      'src/a.ts': 'one\ntwo\nthree\n',
      'src/old-name.ts': 'export function same() {\n  return 1\n}\n',
      'run.sh': '#!/bin/sh\n',
      'gone.txt': 'bye',
      'dots/crlf.txt': 'a\r\nb\r\n',
      'ünï côde/q"uote.txt': 'x\n',
      '.github/airworthy.yml': 'version: 1\n',
    })
    git.branch('feature')
    git.commit('Change', {
      'src/a.ts': 'one\n2\nthree\n',
      'src/old-name.ts': null,
      'src/new-name.ts': 'export function same() {\n  return 1\n}\n',
      'run.sh': executable('#!/bin/sh\n'),
      'gone.txt': null,
      link: symlinkTo('src/a.ts'),
      'empty.txt': '',
      'logo.png': new Uint8Array([137, 80, 78, 71, 0, 1]),
      'dots/crlf.txt': 'a\r\nB\r\n',
      'ünï côde/q"uote.txt': 'y',
    })
    const { change, pull } = await readAll(git)
    expect(pull.policyFiles.get('.github/airworthy.yml')?.text).toBe('version: 1\n')
    expect(
      change.files.map(({ path, status, base, head, binary, additions, deletions }) => [
        path,
        status,
        base?.kind,
        head?.kind,
        binary,
        additions,
        deletions,
      ]),
    ).toMatchInlineSnapshot(`
      [
        [
          "dots/crlf.txt",
          "modified",
          "file",
          "file",
          false,
          1,
          1,
        ],
        [
          "empty.txt",
          "added",
          undefined,
          "file",
          false,
          0,
          0,
        ],
        [
          "gone.txt",
          "removed",
          "file",
          undefined,
          false,
          0,
          1,
        ],
        [
          "link",
          "added",
          undefined,
          "symlink",
          false,
          1,
          0,
        ],
        [
          "logo.png",
          "added",
          undefined,
          "file",
          true,
          0,
          0,
        ],
        [
          "run.sh",
          "modified",
          "file",
          "executable",
          false,
          0,
          0,
        ],
        [
          "src/a.ts",
          "modified",
          "file",
          "file",
          false,
          1,
          1,
        ],
        [
          "src/new-name.ts",
          "renamed",
          "file",
          "file",
          false,
          0,
          0,
        ],
        [
          "ünï côde/q"uote.txt",
          "modified",
          "file",
          "file",
          false,
          1,
          1,
        ],
      ]
    `)
  })
})
