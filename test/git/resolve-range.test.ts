import { describe, expect, test } from 'vitest'
import type { Target } from '../../src/git/resolve-target.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { changeOf, refusal, show } from './open-for-test.ts'

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** main: First, Meanwhile, Merge feature · feature: First, Feature · other: a root of its own */
const repository = createGitRepository({ a: '1\n' })
const first = repository.git('rev-parse', 'HEAD')
repository.branch('feature')
const feature = repository.commit('Feature', { b: '1\n' })
repository.git('tag', '-a', 'v1', '-m', 'One', 'feature')
repository.checkout('main')
const meanwhile = repository.commit('Meanwhile', { c: '1\n' })
repository.git('update-ref', 'refs/heads/before-merge', meanwhile)
const merged = repository.merge('feature')
repository.git('checkout', '--quiet', '--orphan', 'other')
repository.commit('Other')
repository.checkout('feature')

describe('names', () => {
  test.each<[string, Target, string[], string, string]>([
    ['A...B', { kind: 'range', range: 'before-merge...feature' }, ['added b +1 -0'], meanwhile, first],
    ['A..B means the same', { kind: 'range', range: 'before-merge..feature' }, ['added b +1 -0'], meanwhile, first],
    ['A alone is against HEAD', { kind: 'range', range: 'before-merge' }, ['added b +1 -0'], meanwhile, first],
    ['A... as well', { kind: 'range', range: 'before-merge...' }, ['added b +1 -0'], meanwhile, first],
    [
      '--base and --head',
      { kind: 'range', base: 'before-merge', head: 'feature' },
      ['added b +1 -0'],
      meanwhile,
      first,
    ],
    ['--base alone', { kind: 'range', base: 'before-merge' }, ['added b +1 -0'], meanwhile, first],
    ['nothing is the default branch against HEAD', { kind: 'range' }, [], merged, feature],
    ['a parent', { kind: 'range', range: `${feature}^1...${feature}` }, ['added b +1 -0'], first, first],
    [
      'a merge, from its first parent',
      { kind: 'range', range: `${merged}^1...${merged}` },
      ['added b +1 -0'],
      meanwhile,
      meanwhile,
    ],
    [
      'a merge, from its second parent',
      { kind: 'range', range: `${merged}^2...${merged}` },
      ['added c +1 -0'],
      feature,
      feature,
    ],
    ['whole ids, one the parent', { kind: 'range', range: `${first}...${feature}` }, ['added b +1 -0'], first, first],
    [
      'whole ids, neither the parent',
      { kind: 'range', range: `${meanwhile}...${feature}` },
      ['added b +1 -0'],
      meanwhile,
      first,
    ],
    ['a parent as ~', { kind: 'range', range: `${feature}~...${feature}` }, ['added b +1 -0'], first, first],
    ['a tag with a message', { kind: 'range', range: 'before-merge...v1' }, ['added b +1 -0'], meanwhile, first],
    [
      'short ids',
      { kind: 'range', range: `${meanwhile.slice(0, 8)}...${feature.slice(0, 8)}` },
      ['added b +1 -0'],
      meanwhile,
      first,
    ],
    [
      'the empty tree, for a first commit',
      { kind: 'range', base: EMPTY_TREE, head: first },
      ['added a +1 -0'],
      EMPTY_TREE,
      EMPTY_TREE,
    ],
    [
      'a tree',
      { kind: 'range', base: `${first}^{tree}`, head: meanwhile },
      ['added c +1 -0'],
      repository.git('rev-parse', `${first}^{tree}`),
      repository.git('rev-parse', `${first}^{tree}`),
    ],
  ])('%s', async (_what, target, files, base, mergeBase) => {
    const change = await changeOf(repository.dir, target)
    expect(show(change)).toEqual(files)
    expect([change.base, change.mergeBase]).toEqual([base, mergeBase])
  })
})

describe('the default base', () => {
  const upstream = createGitRepository({ a: '1\n' })
  upstream.git('branch', 'trunk')
  upstream.git('symbolic-ref', 'HEAD', 'refs/heads/trunk')
  const clone = upstream.clone()
  clone.branch('feature')
  clone.commit('Feature', { b: '1\n' })

  test('is what the remote calls its own', async () => {
    clone.git('branch', 'main', 'feature')
    expect(show(await changeOf(clone.dir, { kind: 'range' }))).toEqual(['added b +1 -0'])
  })
  test('else main, else master', async () => {
    const local = createGitRepository({ a: '1\n' })
    local.branch('feature')
    local.commit('Feature', { b: '1\n' })
    expect(show(await changeOf(local.dir, { kind: 'range' }))).toEqual(['added b +1 -0'])
    local.git('branch', '-m', 'main', 'master')
    expect(show(await changeOf(local.dir, { kind: 'range' }))).toEqual(['added b +1 -0'])
    local.git('branch', '-m', 'master', 'trunk')
    expect(await refusal(changeOf(local.dir, { kind: 'range' }))).toBe(
      'GitError: There is no origin/HEAD, main or master to compare with. Name the base with --base.',
    )
  })
})

describe('what cannot be compared is said in one sentence', () => {
  test.each<[string, Target, string]>([
    [
      'an unknown base',
      { kind: 'range', range: 'nope...feature' },
      'There is no revision nope here. Look at `git branch --all`, or fetch it first.',
    ],
    [
      'an unknown head',
      { kind: 'range', range: 'main...nope' },
      'There is no revision nope here. Look at `git branch --all`, or fetch it first.',
    ],
    [
      'the parent of a first commit',
      { kind: 'range', range: `${first}^1...${first}` },
      `There is no revision ${first}^1: ${first} has no such parent. To review a first commit as a whole, give --base ${EMPTY_TREE}.`,
    ],
    [
      'no merge base',
      { kind: 'range', range: 'main...other' },
      'main and other have no commit in common, so there is no change to review. Give another --base.',
    ],
    [
      'a blob',
      { kind: 'range', range: 'main:a...feature' },
      'There is no revision main:a here. Look at `git branch --all`, or fetch it first.',
    ],
    [
      'a tree as the head',
      { kind: 'range', base: 'main', head: EMPTY_TREE },
      `There is no revision ${EMPTY_TREE} here. Look at \`git branch --all\`, or fetch it first.`,
    ],
    [
      'an option of git',
      { kind: 'range', base: '--upload-pack=x' },
      '"--upload-pack=x" is not the name of a revision. Write a branch, a tag or a commit.',
    ],
    [
      'a name with a line feed',
      { kind: 'range', base: 'a\nb' },
      '"a\\nb" is not the name of a revision. Write a branch, a tag or a commit.',
    ],
    [
      'what git excludes',
      { kind: 'range', range: '^main...feature' },
      '"^main" is not the name of a revision. Write a branch, a tag or a commit.',
    ],
    [
      'three revisions',
      { kind: 'range', range: 'a...b...c' },
      'The range a...b...c has more than two revisions. Write BASE...HEAD.',
    ],
    ['an empty range', { kind: 'range', range: ' ' }, 'The range is empty. Write BASE...HEAD.'],
    [
      'a range and a base',
      { kind: 'range', range: 'a...b', base: 'c' },
      'Give either a range like BASE...HEAD, or --base and --head, not both.',
    ],
    [
      'an unknown base of the index',
      { kind: 'index', base: 'nope' },
      'There is no revision nope here. Look at `git branch --all`, or fetch it first.',
    ],
  ])('%s', async (_what, target, message) => {
    expect(await refusal(changeOf(repository.dir, target))).toBe(`GitError: ${message}`)
  })
  test('a repository without commits', async () => {
    const empty = createGitRepository()
    expect(await refusal(changeOf(empty.dir, 'HEAD'))).toBe(
      'GitError: There is no commit here yet, so there is nothing to compare with.',
    )
  })
})

test('two branches that have met more than once are compared from one meeting, and that is said', async () => {
  const crossed = createGitRepository({ a: '1\n' })
  crossed.branch('left')
  crossed.commit('Left', { l: '1\n' })
  crossed.git('branch', 'left-1')
  crossed.branch('right', 'main')
  crossed.commit('Right', { r: '1\n' })
  crossed.merge('left-1')
  crossed.checkout('left')
  crossed.merge('right^1')
  const change = await changeOf(crossed.dir, 'left...right')
  expect(change.notes).toMatchObject([{ kind: 'several-merge-bases' }])
})

describe('a shallow clone', () => {
  const deep = createGitRepository({ a: '1\n' })
  deep.branch('feature')
  deep.commit('Feature', { b: '1\n' })
  deep.checkout('main')
  deep.commit('Meanwhile', { c: '1\n' })
  const shallow = deep.clone('--depth=1', '--no-single-branch')

  test('that lacks the base says what to fetch', async () => {
    expect(await refusal(changeOf(shallow.dir, 'origin/main...origin/feature'))).toBe(
      'GitError: This shallow clone does not reach back to where origin/feature left origin/main. Fetch the rest with: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).',
    )
    expect(await refusal(changeOf(shallow.dir, 'HEAD^1...HEAD'))).toBe(
      'GitError: There is no revision HEAD^1 here: this is a shallow clone. Fetch the rest with: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).',
    )
  })
  test('that has enough is reviewed', async () => {
    shallow.git('fetch', '--quiet', '--deepen=1')
    expect(show(await changeOf(shallow.dir, 'origin/main...origin/feature'))).toEqual(['added b +1 -0'])
  })
})
