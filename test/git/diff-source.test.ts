import { describe, expect, test } from 'vitest'
import type { FileVersion } from '../../src/change/change.ts'
import type { ChangeSource } from '../../src/change/change-source.ts'
import { createDiffSource } from '../../src/git/diff-source.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { openForTest, refusal, show } from './open-for-test.ts'

const LINES = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n'
const repository = createGitRepository({
  'edited.ts': LINES,
  'removed.ts': 'gone\n',
  'moved.ts': 'as it was\n',
  'bin.png': Uint8Array.of(0, 1),
  '.github/airworthy.yml': 'version: 1\n',
})
const base = repository.git('rev-parse', 'HEAD')
repository.branch('feature')
repository.commit('Change', {
  'edited.ts': LINES.replace('four', 'FOUR'),
  'removed.ts': null,
  'moved.ts': null,
  'moved/away.ts': 'as it was\n',
  'bin.png': Uint8Array.of(0, 2),
  'added.test.ts': 'new',
})
const diff = `${repository.git('diff', '-M', 'main', 'feature')}\n`
repository.checkout('main')
const applied = repository.clone('--branch=feature')

const FILES = [
  'added added.test.ts +1 -0',
  'modified bin.png +0 -0 binary',
  'modified edited.ts +1 -1',
  'renamed moved.ts → moved/away.ts +0 -0',
  'removed removed.ts +0 -1',
]

/** The text of both sides of each file, as a check would read them: null where it is not known. */
async function textsOf(source: ChangeSource): Promise<(string | null)[][]> {
  const { files } = await source.readChange()
  const blobs = await source.readBlobs(
    files.flatMap(({ base, head }) => [base?.blob, head?.blob].filter((id) => id != null)),
  )
  const textOf = (version: FileVersion | null) => {
    const blob = version?.blob == null ? undefined : blobs.get(version.blob)
    return blob?.status === 'text' ? blob.text : null
  }
  return files.map((file) => [file.path, textOf(file.base), textOf(file.head)])
}

const WHOLE = [
  ['added.test.ts', null, 'new'],
  ['bin.png', null, null],
  ['edited.ts', LINES, LINES.replace('four', 'FOUR')],
  ['moved/away.ts', 'as it was\n', 'as it was\n'],
  ['removed.ts', 'gone\n', null],
]

describe('without a repository', () => {
  const source = createDiffSource(diff, null)

  test('the diff is all that is known', async () => {
    const change = await source.readChange()
    expect(show(change)).toEqual(FILES)
    const known = {
      base: 'DIFF',
      head: 'DIFF',
      mergeBase: null,
      title: null,
      baseTree: null,
      headTree: null,
      notes: [],
    }
    expect(change).toMatchObject(known)
    expect(change.files.map((file) => file.role)).toEqual(['test', 'other', 'source', 'source', 'source'])
  })
  test('but added and removed files have their text', async () => {
    expect(await textsOf(source)).toEqual(
      WHOLE.map(([path, ...texts]) =>
        path === 'edited.ts' || path === 'moved/away.ts' ? [path, null, null] : [path, ...texts],
      ),
    )
  })
  test('there is no policy', async () => {
    expect(await source.readPolicyFile('.github/airworthy.yml')).toBeNull()
  })
  test('what it does not have is missing', async () => {
    expect(await source.readBlobs([base])).toEqual(new Map([[base, { status: 'missing' }]]))
  })
})

describe('with the repository', () => {
  const withoutIds = diff.replaceAll(/^index .*\n/gm, '')
  test.each([
    ['at its base', repository, diff],
    ['where it is applied already', applied, diff],
    ['without ids, at its base', repository, withoutIds],
    ['without ids, where it is applied already', applied, withoutIds],
  ])('%s, both sides have their text', async (_what, { dir }, text) => {
    const source = createDiffSource(text, await openForTest(dir))
    expect(await textsOf(source)).toEqual(WHOLE)
    expect((await source.readChange()).notes).toEqual([])
  })

  test('as `diff -u` prints it, which tells of no rename', async () => {
    const plain = diff.replaceAll(/^(?:index|diff) .*\n/gm, '')
    const source = createDiffSource(plain, await openForTest(repository.dir))
    expect(await textsOf(source)).toEqual(WHOLE.filter(([path]) => path !== 'moved/away.ts'))
  })

  test('the listings are those of HEAD, before and after the diff', async () => {
    for (const { dir, git } of [repository, applied]) {
      const change = await createDiffSource(diff, await openForTest(dir)).readChange()
      const paths = (tree: typeof change.baseTree) => [...(tree?.entries.keys() ?? [])]
      expect(paths(change.baseTree)).toEqual([
        '.github/airworthy.yml',
        'bin.png',
        'edited.ts',
        'moved.ts',
        'removed.ts',
      ])
      expect(paths(change.headTree)).toEqual([
        '.github/airworthy.yml',
        'added.test.ts',
        'bin.png',
        'edited.ts',
        'moved/away.ts',
      ])
      expect(change.base).toBe(git('rev-parse', 'HEAD'))
    }
  })

  test('a file that the hunks do not fit has no text, and that is said', async () => {
    const other = createGitRepository({ 'edited.ts': LINES.replace('three', 'another three') })
    const source = createDiffSource(diff, await openForTest(other.dir))
    expect((await textsOf(source)).find(([path]) => path === 'edited.ts')).toEqual(['edited.ts', null, null])
    expect((await source.readChange()).notes).toEqual([
      {
        kind: 'diff-does-not-fit',
        path: 'edited.ts',
        says: 'Looked at in part: the repository has no version of it that this diff fits',
      },
      {
        kind: 'diff-does-not-fit',
        path: 'moved/away.ts',
        says: 'Looked at in part: the repository has no version of it that this diff fits',
      },
    ])
  })

  test('ids are those of git, so that what is known of a blob is known', async () => {
    const change = await createDiffSource(diff, await openForTest(repository.dir)).readChange()
    const file = change.files.find((one) => one.path === 'edited.ts')
    expect([file?.base?.blob, file?.head?.blob]).toEqual(
      ['main', 'feature'].map((at) => repository.git('rev-parse', `${at}:edited.ts`)),
    )
  })

  test('the policy is the one at HEAD', async () => {
    const source = createDiffSource(diff, await openForTest(repository.dir))
    expect(await source.readPolicyFile('.github/airworthy.yml')).toEqual({
      source: `.github/airworthy.yml at HEAD (${base.slice(0, 8)})`,
      text: 'version: 1\n',
    })
  })
  test('a repository without commits is as good as none', async () => {
    const source = createDiffSource(diff, await openForTest(createGitRepository().dir))
    expect(show(await source.readChange())).toEqual(FILES)
    expect(await source.readPolicyFile('.github/airworthy.yml')).toBeNull()
  })
})

test('a link that became a file has both its texts', async () => {
  const text =
    'diff --git a/l b/l\ndeleted file mode 120000\nindex 1234567..0000000\n--- a/l\n+++ /dev/null\n@@ -1 +0,0 @@\n-target\n\\ No newline at end of file\n' +
    'diff --git a/l b/l\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ b/l\n@@ -0,0 +1,2 @@\n+a\n+b\n'
  expect(await textsOf(createDiffSource(text, null))).toEqual([['l', 'target', 'a\nb\n']])
})

test('a removed file whose text was left out has none', async () => {
  const text =
    'diff --git a/a b/a\ndeleted file mode 100644\nindex 1234567..0000000\ndiff --git a/b b/c\nsimilarity index 100%\nrename from b\nrename to c\n'
  expect(await textsOf(createDiffSource(text, null))).toEqual([
    ['a', null, null],
    ['c', null, null],
  ])
})

test('a diff that is cut off is refused at its line', async () => {
  expect(await refusal(createDiffSource(diff.slice(0, diff.indexOf(' seven')), null).readChange())).toMatch(
    /^GitError: Line \d+ of the diff: The diff is cut off here: its hunk promises 1 more line\.$/,
  )
})
