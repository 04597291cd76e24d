import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/change/change.ts'
import { readTree } from '../../src/git/read-tree.ts'
import { createGitRepository, executable, symlinkTo, type TestRepository } from '../support/git-repository.ts'
import { changeOf, openForTest, show, sourceOf } from './open-for-test.ts'

const LINES = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n'

/** One change with everything in it that git can tell. */
function everything(): TestRepository {
  const repository = createGitRepository({
    'src/edited.ts': LINES,
    'removed.ts': 'gone\n',
    'moved/as-it-was.ts': LINES.replace('one', '1'),
    'moved/and-edited.ts': LINES.replace('two', '2'),
    'copied-from.ts': LINES.replace('three', '3'),
    'becomes-run': '#!/bin/sh\n',
    'becomes-link': 'text\n',
    'link-moves': symlinkTo('here'),
    'bin.png': Uint8Array.of(1, 0, 2),
    'crlf.txt': 'a\r\nb\r\n',
    'no-newline.txt': 'a\nb',
    'emptied.txt': 'a\n',
    'filled.txt': '',
    'sp ace/é "quoted" b/x.ts': 'a\n',
    'tab\tand\nline.ts': 'a\n',
    'latin1.txt': Uint8Array.of(0x63, 0xe9, 0x0a),
    'big.json': `${'x'.repeat(80)}\n`.repeat(30_000),
    untouched: 'same\n',
  })
  repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lib/sub`)
  repository.git('commit', '--quiet', '-m', 'Add a submodule')
  repository.branch('feature')
  repository.write({
    'src/edited.ts': LINES.replace('four', 'FOUR').replace('eight', 'eight\nnine'),
    'src/added.ts': 'new\n',
    'removed.ts': null,
    'moved/as-it-was.ts': null,
    'moved/away.ts': LINES.replace('one', '1'),
    'moved/and-edited.ts': null,
    'moved/and-changed.ts': LINES.replace('two', '2').replace('eight', '8'),
    'copied-from.ts': `${LINES.replace('three', '3')}more\n`,
    'copied-to.ts': LINES.replace('three', '3'),
    'becomes-run': executable('#!/bin/sh\n'),
    'becomes-link': symlinkTo('untouched'),
    'link-moves': symlinkTo('there'),
    'bin.png': Uint8Array.of(1, 0, 3),
    'crlf.txt': 'a\r\nB\r\n',
    'no-newline.txt': 'a\nB',
    'emptied.txt': '',
    'filled.txt': 'a\n',
    'sp ace/é "quoted" b/x.ts': 'b\n',
    'tab\tand\nline.ts': 'b\n',
    'latin1.txt': Uint8Array.of(0x63, 0xea, 0x0a),
    'big.json': `${'y'.repeat(80)}\n`.repeat(30_000),
    'pointer.psd': 'version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n',
    'added-empty': '',
  })
  repository.git('add', '--all', '--', '.', ':!lib')
  repository.git('update-index', '--cacheinfo', `160000,${'2'.repeat(40)},lib/sub`)
  repository.git('commit', '--quiet', '-m', 'Change\neverything\n\nAnd more.')
  return repository
}

describe('a change with everything in it', () => {
  const repository = everything()
  const { dir, git } = repository

  test('is listed in path order, with what happened to each file', async () => {
    expect(show(await changeOf(dir, 'main...feature'))).toEqual([
      'added added-empty +0 -0',
      'type-changed becomes-link +1 -1 symlink',
      'modified becomes-run +0 -0 executable',
      'modified big.json +0 -0',
      'modified bin.png +0 -0 binary',
      'modified copied-from.ts +1 -0',
      'added copied-to.ts +8 -0',
      'modified crlf.txt +1 -1',
      'modified emptied.txt +0 -1',
      'modified filled.txt +1 -0',
      'modified latin1.txt +1 -1',
      'modified lib/sub +1 -1 submodule',
      'modified link-moves +1 -1 symlink',
      'renamed moved/and-edited.ts → moved/and-changed.ts +1 -1',
      'renamed moved/as-it-was.ts → moved/away.ts +0 -0',
      'modified no-newline.txt +1 -1',
      'added pointer.psd +0 -0 binary',
      'removed removed.ts +0 -1',
      'modified sp ace/é "quoted" b/x.ts +1 -1',
      'added src/added.ts +1 -0',
      'modified src/edited.ts +2 -1',
      'modified tab\tand\nline.ts +1 -1',
    ])
  })

  test('has hunks with lines as they stand in the files', async () => {
    const change = await changeOf(dir, 'main...feature')
    const linesOf = (path: string) =>
      change.files.find((file) => file.path === path)?.hunks.flatMap((hunk) => hunk.lines)
    expect(linesOf('crlf.txt')?.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'context a\r',
      'del b\r',
      'add B\r',
    ])
    expect(linesOf('no-newline.txt')?.map((line) => line.noNewline)).toEqual([false, true, true])
    expect(linesOf('latin1.txt')?.map((line) => line.text)).toEqual(['c\ufffd', 'c\ufffd'])
    expect(
      linesOf('src/edited.ts')
        ?.filter((line) => line.kind === 'add')
        .map((line) => line.head),
    ).toEqual([4, 9])
  })

  test('says which lines it did not compare', async () => {
    expect((await changeOf(dir, 'main...feature')).notes).toEqual([
      { kind: 'lines-not-compared', path: 'big.json', says: 'Lines not compared: larger than 2 MiB' },
    ])
  })

  test('has both listings, as git lists them', async () => {
    const change = await changeOf(dir, 'main...feature')
    const { view } = await openForTest(dir)
    expect(change.baseTree).toEqual(await readTree(view, change.base))
    expect([...(change.baseTree?.entries.keys() ?? [])]).toEqual([...(change.baseTree?.entries.keys() ?? [])].sort())
    expect(change.headTree?.entries.get('becomes-link')?.kind).toBe('symlink')
    expect(change.headTree?.entries.get('lib/sub')).toEqual({
      path: 'lib/sub',
      blob: '2'.repeat(40),
      kind: 'submodule',
    })
    expect(change.headTree?.entries.has('removed.ts')).toBe(false)
  })

  test('reads contents, each with its status', async () => {
    const source = await sourceOf(dir, 'main...feature')
    const change = await source.readChange()
    const idOf = (path: string) => change.files.find((file) => file.path === path)?.head?.blob ?? ''
    const paths = ['crlf.txt', 'bin.png', 'big.json', 'pointer.psd', 'added-empty', 'lib/sub', 'latin1.txt']
    const ids = [...paths.map(idOf), 'f'.repeat(40), 'no id']
    const blobs = await source.readBlobs([...ids, ...ids])
    expect(ids.map((id) => blobs.get(id))).toEqual([
      { status: 'text', text: 'a\r\nB\r\n' },
      { status: 'binary' },
      { status: 'too-large', bytes: 81 * 30_000 },
      { status: 'binary' },
      { status: 'text', text: '' },
      { status: 'missing' },
      { status: 'text', text: 'c\ufffd\n' },
      { status: 'missing' },
      { status: 'missing' },
    ])
  })

  test('says what it is called and where it starts', async () => {
    const change = await changeOf(dir, 'main...feature')
    const ids: Partial<Change> = {
      base: git('rev-parse', 'main'),
      mergeBase: git('rev-parse', 'main'),
      head: git('rev-parse', 'feature'),
    }
    expect(change).toMatchObject({ ...ids, title: 'Change everything' })
  })

  test('is the same from a folder deep down, a bare clone and a linked work tree', async () => {
    const expected = JSON.stringify(await changeOf(repository.dir, 'main...feature'))
    const bare = repository.clone('--bare')
    const linked = `${bare.dir}/linked`
    bare.git('worktree', 'add', '--quiet', '--detach', linked, 'main')
    for (const from of [`${repository.dir}/src`, `${repository.dir}/.git`, bare.dir, linked]) {
      expect(JSON.stringify(await changeOf(from, 'main...feature'))).toBe(expected)
    }
  })
})

test('roles come from the path, and links and submodules have none', async () => {
  const repository = createGitRepository({ a: '' })
  repository.commit('Add', { 'a.ts': '1\n', 'a.test.ts': '1\n', 'vendor/b.ts': '1\n', 'link.ts': symlinkTo('a.ts') })
  const change = await changeOf(repository.dir, 'HEAD^')
  expect(change.files.map((file) => [file.path, file.role])).toEqual([
    ['a.test.ts', 'test'],
    ['a.ts', 'source'],
    ['link.ts', 'other'],
    ['vendor/b.ts', 'vendored'],
  ])
})

describe('.gitattributes', () => {
  const attributes = (...names: string[]) => names.map((name) => `${name} linguist-generated\n`).join('')

  test('of the base decide, those of folders as well', async () => {
    const repository = createGitRepository({
      '.gitattributes': attributes('*.gen'),
      'api/deep/.gitattributes': attributes('*.ts'),
    })
    repository.commit('Add', { 'a.gen': '1\n', 'api/deep/x/a.ts': '1\n', 'api/a.ts': '1\n' })
    const change = await changeOf(repository.dir, 'HEAD^')
    expect(change.files.map((file) => file.role)).toEqual(['generated', 'source', 'generated'])
    expect(change.notes).toEqual([])
  })
  test('of the change itself cannot set its code aside, and that is said', async () => {
    const repository = createGitRepository({ '.gitattributes': attributes('*.gen') })
    repository.commit('Hide', { '.gitattributes': attributes('*.gen', '*.ts'), 'a.ts': '1\n' })
    const change = await changeOf(repository.dir, 'HEAD^')
    expect(change.files.map((file) => file.role)).toEqual(['config', 'source'])
    expect(change.notes).toMatchObject([{ kind: 'attributes-changed', path: '.gitattributes' }])
  })
  test('hold in a first commit, which has none before it', async () => {
    const repository = createGitRepository({ '.gitattributes': attributes('*.ts'), 'a.ts': '1\n' })
    const change = await changeOf(repository.dir, { kind: 'range', base: '4b825dc642cb6eb9a060e54bf8d69288fbee4904' })
    expect(change.files.map((file) => file.role)).toEqual(['config', 'generated'])
    expect(change.notes).toEqual([])
  })
})
