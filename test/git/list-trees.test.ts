import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTreeLister } from '../../src/git/list-trees.ts'
import { readDiff } from '../../src/git/read-diff.ts'
import { readTree } from '../../src/git/read-tree.ts'
import { createGitRepository, executable, type FileContent, symlinkTo } from '../support/git-repository.ts'
import { openForTest, refusal } from './open-for-test.ts'

const LONG = 'one\ntwo\nthree\nfour\nfive\nsix\n'
const states: readonly Readonly<Record<string, FileContent>>[] = [
  { a: LONG, 'lib/b': '1\n', 'lib/c': 'c\n' },
  { a: null, 'moved/a': LONG, 'lib/b': '2\n' },
  { 'moved/a': `${LONG}seven\n`, 'lib/b': executable('2\n'), 'lib/c': null },
  { 'lib/b': null, lib: 'a file now\n', link: symlinkTo('lib') },
  { link: 'a file\n', 'also/a': `${LONG}seven\n`, ä: 'ä\n' },
  { lib: null, 'lib/b': '1\n', 'also/a': null, 'moved/a': `${LONG}eight\n` },
]
const repository = createGitRepository()
const commits = states.map((files, at) => repository.commit(`State ${at}`, files))

test('whatever is listed after whatever, both listings are what git lists', async () => {
  const { view, objects } = await openForTest(repository.dir)
  const commit = fc.constantFrom(...commits)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(commit, commit), { minLength: 1, maxLength: 5 }), async (pairs) => {
      const listTrees = createTreeLister(view)
      const listed = pairs.map(([base, head]) => listTrees(base, head, readDiff(view, objects, base, head)))
      for (const [at, [base, head]] of pairs.entries()) {
        const trees = await listed[at]
        expect([...(trees?.baseTree.entries ?? [])]).toEqual([...(await readTree(view, base)).entries])
        expect([...(trees?.headTree.entries ?? [])]).toEqual([...(await readTree(view, head)).entries])
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)

test('one that could not be listed does not spoil the next', async () => {
  const { view, objects } = await openForTest(repository.dir)
  const [first = '', second = ''] = commits
  const listTrees = createTreeLister(view)
  const missing = 'f'.repeat(40)
  const bad = listTrees(first, missing, readDiff(view, objects, first, missing))
  const good = listTrees(first, second, readDiff(view, objects, first, second))
  expect(await refusal(bad)).not.toBe('no refusal')
  expect([...(await good).headTree.entries]).toEqual([...(await readTree(view, second)).entries])
})
