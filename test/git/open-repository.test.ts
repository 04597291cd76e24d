import { chownSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openRepository } from '../../src/git/open-repository.ts'
import { createGitRepository, temporaryFolder } from '../support/git-repository.ts'
import { openForTest, refusal } from './open-for-test.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const repository = createGitRepository({ 'deep/down/a': '1\n' })

test('opens a work tree, a folder in it and a bare repository', async () => {
  const { dir } = repository
  const bare = repository.clone('--bare').dir
  const opened = await Promise.all([dir, join(dir, 'deep/down'), join(dir, '.git'), bare].map(openForTest))
  expect(opened.map(({ gitDir, workTree }) => [gitDir, workTree])).toEqual([
    [join(dir, '.git'), dir],
    [join(dir, '.git'), dir],
    [join(dir, '.git'), null],
    [bare, null],
  ])
})

describe('says what is wrong', () => {
  test('with a folder that is in no repository', async () => {
    const folder = temporaryFolder()
    expect(await refusal(openRepository(folder))).toBe(
      `GitError: ${folder} is not in a git repository. Run this in one, or name one with --repo.`,
    )
  })
  test('with a folder that is not there', async () => {
    expect(await refusal(openRepository('/no/such/folder'))).toBe(
      'GitError: There is no folder /no/such/folder that can be read. Name a repository with --repo.',
    )
  })
  test('with a file', async () => {
    const file = join(repository.dir, 'deep/down/a')
    expect(await refusal(openRepository(file))).toBe(
      `GitError: There is no folder ${file} that can be read. Name a repository with --repo.`,
    )
  })
  test('without git', async () => {
    vi.stubEnv('PATH', '/nonexistent')
    expect(await refusal(openRepository(repository.dir))).toMatch(/^GitError: Git could not be started/)
  })
  test('without a temporary folder', async () => {
    vi.stubEnv('TMPDIR', '/nonexistent')
    expect(await refusal(openRepository(repository.dir))).toMatch(
      /^GitError: There is no writable temporary folder \(.+\)\. Name one with TMPDIR\.$/,
    )
  })
  test.skipIf(process.getuid?.() !== 0)('with a repository that git does not trust, unless it is told to', async () => {
    const foreign = createGitRepository({ a: '1\n' }).dir
    for (const path of ['', '.git']) chownSync(join(foreign, path), 12_345, 12_345)
    expect(await refusal(openRepository(foreign))).toBe(
      `GitError: Git does not trust ${foreign}, because another user owns it. If you do, run: git config --global --add safe.directory ${foreign}`,
    )
    vi.stubEnv('GIT_CONFIG_COUNT', '1')
    vi.stubEnv('GIT_CONFIG_KEY_0', 'safe.directory')
    vi.stubEnv('GIT_CONFIG_VALUE_0', foreign)
    await openForTest(foreign)
  })
})

test('leaves nothing behind when closed', async () => {
  const opened = await openRepository(repository.dir)
  await opened.objects.sizes([repository.git('rev-parse', 'HEAD')])
  expect(existsSync(opened.view.gitDir)).toBe(true)
  await opened.close()
  expect(existsSync(opened.view.gitDir)).toBe(false)
})

test('reads a repository of SHA-256', async () => {
  const other = createGitRepository()
  other.git('init', '--quiet', '--object-format=sha256', 'inner')
  const { objects, emptyTree } = await openForTest(join(other.dir, 'inner'))
  const [tree] = await objects.sizes([emptyTree])
  expect(tree).toMatchObject({ type: 'tree', bytes: 0 })
})
