import { describe, expect, test } from 'vitest'
import { createGitRepository, symlinkTo } from '../support/git-repository.ts'
import { refusal, sourceOf } from './open-for-test.ts'

const PATH = '.github/airworthy.yml'
const repository = createGitRepository({ a: '1\n' })
repository.branch('feature')
repository.commit('Feature', { [PATH]: 'of the feature\n', 'b.ts': '1\n' })
repository.checkout('main')
const main = repository.commit('Meanwhile', {
  [PATH]: 'of main\n',
  link: symlinkTo(PATH),
  'binary.yml': Uint8Array.of(0),
  'large.yml': 'x'.repeat(2 ** 21 + 1),
  'sp ace/é*.yml': 'odd name\n',
})
repository.checkout('feature')
repository.write({ [PATH]: 'of the work tree\n' })

test.each([
  ['range', { kind: 'range', range: 'main...feature' }, `main (${main.slice(0, 8)})`],
  ['range by id', { kind: 'range', base: main, head: 'feature' }, main.slice(0, 8)],
  ['range by short id', { kind: 'range', base: main.slice(0, 10), head: 'feature' }, main.slice(0, 8)],
  ['index', { kind: 'index', base: 'main' }, `main (${main.slice(0, 8)})`],
  ['work tree', { kind: 'working-tree', base: 'main' }, `main (${main.slice(0, 8)})`],
] as const)('of a %s is read at the tip of the base', async (_what, target, at) => {
  const source = await sourceOf(repository.dir, target)
  expect(await source.readPolicyFile(PATH)).toEqual({ source: `${PATH} at ${at}`, text: 'of main\n' })
})

test('of the work tree without a base is the committed one', async () => {
  const source = await sourceOf(repository.dir, { kind: 'working-tree' })
  expect((await source.readPolicyFile(PATH))?.text).toBe('of the feature\n')
})

describe('of main', () => {
  const read = async (path: string) => (await sourceOf(repository.dir, 'main...feature')).readPolicyFile(path)

  test('is null where there is none', async () => {
    expect(await read('nowhere.yml')).toBeNull()
    expect(await read('.github')).toBeNull()
    expect(await read('b.ts')).toBeNull()
  })
  test('may have an odd name, and is no pattern', async () => {
    expect((await read('./sp ace/é*.yml'))?.text).toBe('odd name\n')
    expect(await read('*.yml')).toBeNull()
  })
  test.each([
    ['../outside.yml', '../outside.yml is outside the repository. Give a path from its root.'],
    ['/etc/passwd', '/etc/passwd is outside the repository. Give a path from its root.'],
    ['a/../../x', 'a/../../x is outside the repository. Give a path from its root.'],
    ['link', `link at main (${main.slice(0, 8)}) is a symlink. Put the file itself there.`],
    ['binary.yml', `binary.yml at main (${main.slice(0, 8)}) is no text.`],
    ['large.yml', `large.yml at main (${main.slice(0, 8)}) is larger than 2 MiB.`],
  ])('%s is refused', async (path, message) => {
    expect(await refusal(read(path))).toBe(`GitError: ${message}`)
  })
})
