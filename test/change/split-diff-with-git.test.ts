import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitDiff } from '../../src/change/split-diff.ts'
import { createGitRepository, executable, symlinkTo } from '../support/git-repository.ts'
import { filesOf, showFiles as show } from './show-files.ts'

test('agrees with git on a change of everything', () => {
  const paths = [
    'plain.ts',
    'sp ace.ts',
    'é.ts',
    'q"uote',
    'tab\tx',
    'new\nline',
    'a b/c',
    "it's",
    ' lead',
    'trail ',
    'b/b',
    'a -> b',
    'x => y',
  ]
  const repository = createGitRepository(Object.fromEntries(paths.map((path) => [path, `1\n2\n3\n4\n5\n${path}`])))
  const renamed = paths.flatMap((path): [string, string | null][] => [
    [path, null],
    [`moved/${path}`, `1\n2\n3\n4\n5\n6${path}`],
  ])
  repository.commit('More', {
    ...Object.fromEntries(renamed),
    link: symlinkTo('x'),
    run: executable(''),
    bin: Uint8Array.of(0),
  })
  repository.commit('Link to file', { link: 'x\n', run: 'now with text\n' })
  const options = ['diff', '-M', '-C', 'HEAD~2', 'HEAD']
  const raw = repository.git(...options, '--raw', '-z').split('\0')
  const fromRaw = raw.flatMap((part, at) => (/^:.* R\d+$/.test(part) ? [`${raw[at + 1]} → ${raw[at + 2]}`] : []))
  const shown = filesOf(repository.git(...options)).map(({ base, head }) => `${base?.path} → ${head?.path}`)
  expect(fromRaw).toHaveLength(paths.length)
  expect(shown).toEqual(expect.arrayContaining(fromRaw))
  expect(show(repository.git('diff', 'HEAD~1', 'HEAD'))).toEqual([
    'type-changed link +1 -1 symlink',
    'modified run +1 -0 executable',
  ])
})

test('hostile headers cost linear time', () => {
  const names = `a/${'a '.repeat(100_000)}`
  const start = performance.now()
  splitDiff(`diff --git ${names} ${names}x\nold mode 100644\nnew mode 100755\n`)
  splitDiff('--- x\r\n+++ y\r\n@@ -1 +1 @@\r\n-a\r\r\r\r\n+b\r\r\r\n'.repeat(5_000))
  splitDiff(`diff --git ${'"a/\\303'.repeat(50_000)}`)
  expect(performance.now() - start).toBeLessThan(2_000)
})

test('a diff cut at any line is a problem, or whole up to there', () => {
  const repository = createGitRepository({ a: '1\n2\n3\n', b: '1\n2\n3\n', c: 'x\n', d: '1\n', l: 'x\n' })
  repository.commit('Change', {
    a: '1\n2\n4\n',
    b: null,
    'b b': '1\n2\n3\n',
    c: Uint8Array.of(0),
    e: 'new',
    d: executable('1\n'),
    l: symlinkTo('c'),
  })
  const lines = `${repository.git('diff', '-M', 'HEAD^', 'HEAD')}\n`.split(/(?<=\n)/)
  const whole = filesOf(lines.join(''))
  expect(whole).toHaveLength(6)
  for (let end = 1; end <= lines.length; end++) {
    const split = splitDiff(lines.slice(0, end).join(''))
    // A cut before the mark of a missing line feed, like one between two files, cannot be seen.
    if (lines[end]?.startsWith('\\')) continue
    if ('problem' in split) expect(split.line).toBeLessThanOrEqual(end + 1)
    // Nothing can tell that a link was to follow the file that it replaces.
    else
      expect(split.files.filter((file) => file.path !== 'l')).toEqual(
        whole.slice(0, split.files.length).filter((file) => file.path !== 'l'),
      )
  }
})

test('no text makes it throw', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'diff --git a/a b/a',
      'diff --cc a',
      '--- a/a',
      '+++ b/a',
      '--- /dev/null',
      '@@ -1 +1 @@',
      '@@ -0,0 +1 @@',
      '-x',
      '+y',
      ' z',
    ),
    fc.constantFrom(
      'index 12..34 100644',
      'rename from a',
      'rename to "b\\',
      'new file mode 100644',
      'GIT binary patch',
      'Binary files a and b differ',
      '*** a',
      '\\ No',
      '"',
      '',
      '\r',
    ),
    fc.string({ maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const split = splitDiff(pieces.join('\n'))
      if ('problem' in split) expect(split.line).toBeGreaterThan(0)
      else for (const file of split.files) expect(file.path).not.toMatch(/^\/|(?:^|\/)\.\.?(?:\/|$)|^$/)
    }),
    { numRuns: 1_000 },
  )
})
