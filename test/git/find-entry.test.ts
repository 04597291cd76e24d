import { describe, expect, test } from 'vitest'
import { findEntry } from '../../src/git/find-entry.ts'
import { readTree } from '../../src/git/read-tree.ts'
import { createGitRepository, executable, symlinkTo } from '../support/git-repository.ts'
import { openForTest } from './open-for-test.ts'

const FILES = {
  a: 'a\n',
  'a.b/c': 'between a and a/\n',
  'folder/deep/deeper/file.yml': 'deep\n',
  'folder/deep.yml': 'beside\n',
  'folder/run.sh': executable('echo\n'),
  'folder/link': symlinkTo('../a'),
  'sp ace/é\u{1F600}*.yml': 'odd\n',
  'line\nfeed/tab\t.yml': 'odder\n',
  ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`many/file-${at}`, `${at}\n`])),
}
const NOWHERE = [
  'b',
  'a/b',
  'folder',
  'folder/',
  'folder/deep/file.yml',
  'A',
  'many/file-',
  'folder/link/a',
  'module/x',
]

describe.each(['sha1', 'sha256'] as const)('in a repository of %s', (format) => {
  const repository = createGitRepository(FILES, format)
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},module`)
  const tree = repository.git('write-tree')
  const commit = repository.git('commit-tree', '-m', 'With a module', tree)

  test.each([
    ['a commit', commit],
    ['a tree', tree],
  ])('finds in %s what git lists, and nothing else', async (_what, treeish) => {
    const { view, objects } = await openForTest(repository.dir)
    const listed = [...(await readTree(view, treeish)).entries.values()]
    expect(listed.length).toBe(Object.keys(FILES).length + 1)
    for (const entry of listed) expect(await findEntry(objects, treeish, entry.path)).toEqual(entry)
    for (const path of NOWHERE) expect(await findEntry(objects, treeish, path)).toBeNull()
  })
})

describe('trees that git would not write', () => {
  const repository = createGitRepository({ a: 'a\n' })
  const blob = repository.git('rev-parse', 'HEAD:a')
  function treeOf(start: string, id: string): string {
    const bytes = Buffer.concat([Buffer.from(`${start}\0`), Buffer.from(id, 'hex')])
    return repository.gitWithInput(bytes, 'hash-object', '-t', 'tree', '-w', '--literally', '--stdin')
  }

  test.each([
    ['zeros in front', treeOf('040000 f', treeOf('100664 x', blob)), 'f/x'],
    ['other permissions', treeOf('100664 f', blob), 'f'],
    ['another executable', treeOf('100711 f', blob), 'f'],
  ])('%s: as git takes them', async (_what, tree, path) => {
    const { view, objects } = await openForTest(repository.dir)
    const listed = (await readTree(view, tree)).entries.get(path)
    expect(listed).toBeDefined()
    expect(await findEntry(objects, tree, path)).toEqual(listed)
  })

  test.each([
    ['cut in an id', treeOf('100644 f', blob.slice(2)), 'f'],
    ['a folder that is a commit', treeOf('40000 f', repository.git('rev-parse', 'HEAD')), 'f/a'],
    ['a folder that is a blob', treeOf('40000 f', blob), 'f/a'],
    ['a folder that is not there', treeOf('40000 f', 'f'.repeat(40)), 'f/a'],
    ['a blob', blob, 'a'],
    ['nothing', 'f'.repeat(40), 'a'],
  ])('%s: unread', async (_what, treeish, path) => {
    const { objects } = await openForTest(repository.dir)
    expect(await findEntry(objects, treeish, path)).toBe('unread')
  })
})
