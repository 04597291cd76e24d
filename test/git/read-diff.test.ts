import { expect, test } from 'vitest'
import { describeDifferences } from '../../src/git/describe-differences.ts'
import { readDiff, type TreeDifference } from '../../src/git/read-diff.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { openForTest } from './open-for-test.ts'

test('a change that is larger than what is read of it is listed whole, and the rest is said to be cut', async () => {
  const repository = createGitRepository({ a: '' })
  const paths = Array.from({ length: 20 }, (_, at) => `file-${String(at).padStart(2, '0')}`)
  repository.commit('Add', Object.fromEntries(paths.map((path) => [path, `${path}\n`.repeat(100)])))
  const { view, objects } = await openForTest(repository.dir)
  const differences = await readDiff(
    view,
    objects,
    repository.git('rev-parse', 'HEAD^'),
    repository.git('rev-parse', 'HEAD'),
    10_000,
  )
  const isCut = differences.map(({ patch }) => patch === 'cut')
  expect(differences.map(({ head }) => head?.path)).toEqual(paths)
  expect([isCut[0], isCut.at(-1)]).toEqual([false, true])
  const { files, notes } = await describeDifferences(objects, differences, () => ({}))
  expect(files.map((file) => file.additions)).toEqual(isCut.map((cut) => (cut ? 0 : 100)))
  expect(notes).toHaveLength(isCut.filter((cut) => cut).length)
  expect(notes.at(-1)).toEqual({
    kind: 'lines-not-compared',
    path: 'file-19',
    says: 'Lines not compared: the change is larger than what is read of it',
  })
})

test('too many files to look for renamed ones is said', async () => {
  const { objects } = await openForTest(createGitRepository({ a: '' }).dir)
  const side = (path: string) => ({ path, blob: 'f'.repeat(40), kind: 'file' }) as const
  const many = (count: number): TreeDifference[] =>
    Array.from({ length: count }, (_, at) => [
      { status: 'added', base: null, head: side(`a${at}`), patch: 'cut' } as const,
      { status: 'removed', base: side(`r${at}`), head: null, patch: 'cut' } as const,
    ]).flat()
  const kinds = async (count: number) => {
    const { notes } = await describeDifferences(objects, many(count), () => ({}))
    return new Set(notes.map((note) => note.kind))
  }
  expect(await kinds(1_000)).toEqual(new Set(['lines-not-compared']))
  expect(await kinds(1_001)).toEqual(new Set(['lines-not-compared', 'renames-not-compared']))
})

test('a copy is a new file: GitHub tells no copies, and a change is the same from both', async () => {
  const text = 'one\ntwo\nthree\n'
  const repository = createGitRepository({ 'a.ts': text, 'old/__init__.py': '' })
  repository.commit('Copy and move', {
    'a.ts': `${text}four\n`,
    'b.ts': text,
    'old/__init__.py': null,
    'new/__init__.py': '',
  })
  const { view, objects } = await openForTest(repository.dir)
  const ids = ['HEAD^', 'HEAD'].map((name) => repository.git('rev-parse', name))
  const differences = await readDiff(view, objects, ids[0] ?? '', ids[1] ?? '')
  expect(differences.map(({ status, head }) => `${status} ${head?.path}`)).toEqual([
    'modified a.ts',
    'added b.ts',
    'renamed new/__init__.py',
  ])
})
