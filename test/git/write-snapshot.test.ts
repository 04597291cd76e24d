import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createGitRepository, executable, symlinkTo, temporaryFolder } from '../support/git-repository.ts'
import { changeOf, refusal, show, sourceOf } from './open-for-test.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Every file has text of its own, so that none is taken for a moved or copied one. */
function repositoryInWork() {
  const paths = ['staged.ts', 'both.ts', 'loose.ts', 'gone.ts', 'folder/file.ts', 'becomes-folder', 'tracked.log']
  const repository = createGitRepository({ ...Object.fromEntries(paths.map((path) => [path, `${path}\n`])) })
  repository.commit('Ignore', { '.gitignore': '*.log\n' })
  repository.write({ 'staged.ts': 'staged\n', 'both.ts': 'staged too\n', 'staged-new.ts': 'new\n' })
  repository.git('add', 'staged.ts', 'both.ts', 'staged-new.ts')
  repository.write({
    'both.ts': 'edited again\n',
    'loose.ts': 'edited\n',
    'gone.ts': null,
    folder: null,
    'becomes-folder': null,
    'becomes-folder/a.ts': 'in the folder\n',
    'new/é x.ts': 'untracked\n',
    'run.sh': executable('#!/bin/sh\n'),
    link: symlinkTo('loose.ts'),
    'ignored.log': 'ignored\n',
    'tracked.log': 'tracked all the same\n',
  })
  return repository
}

test('the index is what a commit would hold', async () => {
  const { dir, git } = repositoryInWork()
  const change = await changeOf(dir, { kind: 'index' })
  expect(show(change)).toEqual(['modified both.ts +1 -1', 'added staged-new.ts +1 -0', 'modified staged.ts +1 -1'])
  const head = git('rev-parse', 'HEAD')
  expect(change).toMatchObject({ base: head, mergeBase: head, head: 'INDEX', title: null })
})

test('the work tree counts what is untracked, but not what is ignored', async () => {
  const change = await changeOf(repositoryInWork().dir, { kind: 'working-tree' })
  expect(change.head).toBe('WORKTREE')
  expect(show(change)).toEqual([
    'removed becomes-folder +0 -1',
    'added becomes-folder/a.ts +1 -0',
    'modified both.ts +1 -1',
    'removed folder/file.ts +0 -1',
    'removed gone.ts +0 -1',
    'added link +1 -0 symlink',
    'modified loose.ts +1 -1',
    'added new/é x.ts +1 -0',
    'added run.sh +1 -0 executable',
    'added staged-new.ts +1 -0',
    'modified staged.ts +1 -1',
    'modified tracked.log +1 -1',
  ])
})

test('contents have the ids that git gives them', async () => {
  const { dir, gitWithInput } = repositoryInWork()
  const source = await sourceOf(dir, { kind: 'working-tree' })
  const change = await source.readChange()
  const id = gitWithInput('edited again\n', 'hash-object', '--stdin')
  expect(change.headTree?.entries.get('both.ts')?.blob).toBe(id)
  expect((await source.readBlobs([id])).get(id)).toEqual({ status: 'text', text: 'edited again\n' })
  expect(change.headTree?.entries.has('ignored.log')).toBe(false)
  expect(change.baseTree?.entries.has('gone.ts')).toBe(true)
})

test('another base: from where HEAD left it', async () => {
  const repository = createGitRepository({ a: '1\n' })
  repository.branch('feature')
  repository.commit('Feature', { b: '1\n' })
  repository.checkout('main')
  repository.commit('Meanwhile', { c: '1\n' })
  repository.checkout('feature')
  repository.write({ d: '1\n' })
  expect(show(await changeOf(repository.dir, { kind: 'working-tree', base: 'main' }))).toEqual([
    'added b +1 -0',
    'added d +1 -0',
  ])
  repository.git('add', 'd')
  expect(show(await changeOf(repository.dir, { kind: 'index', base: 'main' }))).toEqual([
    'added b +1 -0',
    'added d +1 -0',
  ])
})

test('from a folder below the root it is still the whole work tree', async () => {
  const { dir } = repositoryInWork()
  mkdirSync(join(dir, 'below'))
  expect(show(await changeOf(join(dir, 'below'), { kind: 'working-tree' }))).toContain('modified loose.ts +1 -1')
})

test('a linked work tree has its own index', async () => {
  const repository = createGitRepository({ a: '1\n' })
  const linked = join(temporaryFolder(), 'linked')
  repository.git('worktree', 'add', '--quiet', '-b', 'feature', linked)
  writeFileSync(join(linked, 'b'), '1\n')
  expect(show(await changeOf(linked, { kind: 'working-tree' }))).toEqual(['added b +1 -0'])
  repository.git('-C', linked, 'add', 'b')
  expect(show(await changeOf(linked, { kind: 'index' }))).toEqual(['added b +1 -0'])
  expect(show(await changeOf(repository.dir, { kind: 'index' }))).toEqual([])
})

test('in a hook of a commit, the index is the one that git has prepared', async () => {
  const repository = createGitRepository({ a: '1\n' })
  const report = join(temporaryFolder(), 'index')
  repository.write({
    a: '2\n',
    '.git/hooks/pre-commit': executable(
      `#!/bin/sh\necho "$GIT_INDEX_FILE" > ${report}\ncp "$GIT_INDEX_FILE" .git/prepared\nexit 1\n`,
    ),
  })
  expect(() => repository.git('commit', '--all', '--message=x')).toThrow()
  // `git commit --all` prepares another file than the usual one.
  expect(readFileSync(report, 'utf8').trim()).not.toBe('.git/index')
  expect(show(await changeOf(repository.dir, { kind: 'index' }))).toEqual([])
  vi.stubEnv('GIT_INDEX_FILE', '.git/prepared')
  expect(show(await changeOf(repository.dir, { kind: 'index' }))).toEqual(['modified a +1 -1'])
  // But not one of another repository.
  vi.stubEnv('GIT_INDEX_FILE', report)
  expect(show(await changeOf(repository.dir, { kind: 'index' }))).toEqual([])
})

test('before the first commit everything is new', async () => {
  const repository = createGitRepository()
  expect(show(await changeOf(repository.dir, { kind: 'index' }))).toEqual([])
  repository.write({ 'a.ts': '1\n' })
  expect(show(await changeOf(repository.dir, { kind: 'working-tree' }))).toEqual(['added a.ts +1 -0'])
})

test('line ends are those of the commit, not of the work tree', async () => {
  const repository = createGitRepository({ '.gitattributes': '* text=auto\n', 'a.txt': 'a\nb\n' })
  repository.git('config', 'core.safecrlf', 'true')
  repository.write({ 'a.txt': 'a\r\nB\r\n' })
  const source = await sourceOf(repository.dir, { kind: 'working-tree' })
  const [file] = (await source.readChange()).files
  expect([...(await source.readBlobs([file?.head?.blob ?? ''])).values()]).toEqual([{ status: 'text', text: 'a\nB\n' }])
})

describe('what is not looked at', () => {
  test('a large file that nobody added, and a repository in the repository', async () => {
    const repository = createGitRepository({ a: '1\n' })
    repository.write({ 'dump.sql': 'x'.repeat(2 ** 21 + 1), 'b.ts': '1\n' })
    repository.git('init', '--quiet', 'inner')
    repository.write({ 'inner/x': '1\n' })
    const change = await changeOf(repository.dir, { kind: 'working-tree' })
    expect(show(change)).toEqual(['added b.ts +1 -0'])
    expect(change.notes).toEqual([
      { kind: 'untracked-not-read', path: 'dump.sql', says: 'Not looked at: an untracked file larger than 2 MiB' },
      { kind: 'untracked-not-read', path: 'inner/', says: 'Not looked at: an untracked repository in this one' },
    ])
  })
})

describe('a conflict', () => {
  const repository = createGitRepository({ a: '1\n' })
  repository.branch('feature')
  repository.commit('Feature', { a: '2\n' })
  repository.checkout('main')
  repository.commit('Meanwhile', { a: '3\n' })
  try {
    repository.merge('feature')
  } catch {
    // That is what is wanted.
  }
  test('in the index is said', async () => {
    expect(await refusal(changeOf(repository.dir, { kind: 'index' }))).toBe(
      'GitError: The index holds a conflict in a. Resolve it and `git add` it, then review again.',
    )
  })
  test('in the work tree is reviewed as it stands', async () => {
    expect(show(await changeOf(repository.dir, { kind: 'working-tree' }))).toEqual(['modified a +4 -0'])
  })
})

test.each([
  ['working-tree', 'work tree'],
  ['index', 'index'],
] as const)('a bare repository has no %s', async (kind, lacks) => {
  const bare = createGitRepository({ a: '1\n' }).clone('--bare')
  expect(await refusal(changeOf(bare.dir, { kind }))).toBe(
    `GitError: This is a bare repository, which has no ${lacks}. Name a range like BASE...HEAD.`,
  )
})
