import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createGitRepository, executable, type TestRepository, temporaryFolder } from '../support/git-repository.ts'
import { changeOf, sourceOf } from './open-for-test.ts'

const SETTINGS = `
[core]
	quotePath = false
	pager = touch PWNED
	abbrev = 4
	attributesFile = ATTRIBUTES
	precomposeUnicode = true
[color]
	ui = always
	diff = always
[diff]
	noprefix = true
	mnemonicPrefix = true
	external = touch PWNED
	context = 0
	interHunkContext = 100
	algorithm = patience
	renames = false
	renameLimit = 1
	submodule = log
	ignoreSubmodules = all
	orderFile = ORDER
	wsErrorHighlight = all
	colorMoved = zebra
	suppressBlankEmpty = true
	indentHeuristic = false
	relative = true
	statGraphWidth = 1
[diff "evil"]
	command = touch PWNED
	textconv = touch PWNED; cat
	binary = true
	xfuncname = "^x"
[log]
	showSignature = true
`

const ATTRIBUTES = '*.ts diff=evil\n*.py -diff\n*.txt binary\n'

function hostileRepository(): TestRepository {
  const lines = 'a\n\nb\nc\nd\ne\nf\ng\n'
  const repository = createGitRepository({ 'src/é.ts': lines, 'src/a.py': 'a\n', 'a.txt': 'a\n', 'old.ts': lines })
  repository.branch('feature')
  repository.commit('Change', {
    'src/é.ts': lines.replace('c', 'C').replace('g', 'G'),
    'src/a.py': 'b\n',
    'a.txt': 'b\n',
    'old.ts': null,
    'new.ts': lines.replace('a', 'A'),
    '.gitattributes': ATTRIBUTES,
  })
  return repository
}

afterEach(() => {
  vi.unstubAllEnvs()
})

test('no setting of the person, the repository or the environment changes the change', async () => {
  const plain = hostileRepository()
  const expected = await changeOf(plain.dir, 'main...feature')
  expect(expected.files.map((file) => file.hunks.length)).toEqual([1, 1, 1, 1, 1])

  const hostile = hostileRepository()
  const home = temporaryFolder()
  const marker = join(home, 'pwned')
  const settings = SETTINGS.replaceAll('PWNED', marker)
    .replace('ATTRIBUTES', join(home, 'attributes'))
    .replace('ORDER', join(home, 'order'))
  hostile.write({ '.git/config': `${hostile.read('.git/config')}${settings}`, '.git/info/attributes': ATTRIBUTES })
  // Git itself hides these lines.
  expect(hostile.git('diff', '--no-color', '-O/dev/null', '--numstat', 'main', 'feature')).toContain('-\t-\tsrc/a.py')
  const repositoryAtHome = createGitRepository()
  repositoryAtHome.write({ '.gitconfig': settings, attributes: ATTRIBUTES, order: '*.txt\n' })
  vi.stubEnv('HOME', repositoryAtHome.dir)
  vi.stubEnv('GIT_EXTERNAL_DIFF', `touch ${marker}`)
  vi.stubEnv('GIT_DIFF_OPTS', '--unified=0')
  vi.stubEnv('GIT_PAGER', `touch ${marker}`)
  vi.stubEnv('GIT_DIR', '/nonexistent')
  vi.stubEnv('GIT_WORK_TREE', '/nonexistent')
  vi.stubEnv('GIT_OBJECT_DIRECTORY', '/nonexistent')
  vi.stubEnv('GIT_INDEX_FILE', '/nonexistent')
  vi.stubEnv('GIT_LITERAL_PATHSPECS', '0')
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
  vi.stubEnv('TZ', 'Asia/Tokyo')
  expect(await changeOf(hostile.dir, 'main...feature')).toEqual(expected)
  expect(existsSync(marker)).toBe(false)
})

test('no hook, monitor or filter of the change runs, and the repository stays as it was', async () => {
  const repository = createGitRepository({ a: '1\n', '.gitattributes': '* filter=evil\n' })
  const marker = join(temporaryFolder(), 'pwned')
  const hook = executable(`#!/bin/sh\ntouch ${marker}\n`)
  const names = ['post-index-change', 'post-checkout', 'pre-commit', 'reference-transaction', 'fsmonitor']
  mkdirSync(join(repository.dir, '.git/hooks'), { recursive: true })
  repository.write(Object.fromEntries(names.map((name) => [`.git/hooks/${name}`, hook])))
  repository.write({ a: '2\n', b: '3\n' })
  repository.write({ '.git/config': `${repository.read('.git/config')}[core]\n\tfsmonitor = .git/hooks/fsmonitor\n` })
  const before = [repository.read('.git/index'), objectsOf(repository)]
  const source = await sourceOf(repository.dir, { kind: 'working-tree' })
  expect((await source.readChange()).files.map((file) => file.path)).toEqual(['a', 'b'])
  expect(existsSync(marker)).toBe(false)
  expect([repository.read('.git/index'), objectsOf(repository)]).toEqual(before)
})

function objectsOf(repository: TestRepository): string {
  return repository.git('-c', 'core.fsmonitor=false', 'cat-file', '--batch-all-objects', '--batch-check')
}

test('objects replaced in this clone alone are not', async () => {
  const repository = createGitRepository({ a: '1\n' })
  repository.commit('Change', { a: '2\n' })
  const other = repository.gitWithInput('other\n', 'hash-object', '-w', '--stdin')
  const source = await sourceOf(repository.dir, 'HEAD^')
  const [file] = (await source.readChange()).files
  repository.git('replace', file?.head?.blob ?? '', other)
  const again = await sourceOf(repository.dir, 'HEAD^')
  const [same] = (await again.readChange()).files
  expect(same).toEqual(file)
  expect((await again.readBlobs([file?.head?.blob ?? ''])).get(file?.head?.blob ?? '')).toEqual({
    status: 'text',
    text: '2\n',
  })
})
