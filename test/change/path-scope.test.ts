import { describe, expect, test } from 'vitest'
import { compileScope, ScopeError } from '../../src/change/path-scope.ts'

describe('one pattern', () => {
  test.each([
    // pattern, paths it means, paths it does not mean
    ['src/a.ts', ['src/a.ts'], ['a.ts', 'lib/src/a.ts', 'src/a.tsx', 'src/aXts']],
    ['/a.ts', ['a.ts'], ['src/a.ts']],
    ['a.ts', ['a.ts', 'src/deep/a.ts'], ['ba.ts', 'a.ts.bak']],
    ['*.md', ['README.md', 'docs/deep/x.md', '.md'], ['README.mdx', 'md']],
    ['/*.md', ['README.md'], ['docs/x.md']],
    ['docs/*', ['docs/a.md'], ['docs/deep/a.md', 'a/docs/b', 'docs']],
    ['docs/**', ['docs/a.md', 'docs/deep/a.md'], ['docs', 'my/docs/a.md', 'docsy/a']],
    ['docs/', ['docs/a.md', 'docs/deep/a.md', 'my/docs/a.md'], ['docs', 'docsy/a']],
    ['/docs/', ['docs/a.md'], ['my/docs/a.md']],
    ['src/docs/', ['src/docs/a.md'], ['docs/a.md', 'my/src/docs/a.md']],
    ['vendor', ['vendor', 'vendor/x/y.go', 'src/vendor/x'], ['vendors/x', 'myvendor/x']],
    ['src/generated', ['src/generated/a.ts'], ['src/generated.ts', 'generated/a.ts']],
    ['**/generated/**', ['generated/a', 'x/y/generated/a/b'], ['generated', 'generatedx/a']],
    ['**', ['a', 'a/b/.c'], []],
    ['**/*.ts', ['a.ts', 'x/y/a.ts'], ['a.tsx']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b', 'a/x/b/c'], ['ab', 'a/xb']],
    ['db/migrate/2026*', ['db/migrate/20260101_a.rb'], ['db/migrate/2025.rb', 'db/migrate/2026/x']],
    ['?.ts', ['a.ts', 'é.ts', '😀.ts'], ['ab.ts', '.ts']],
    ['a?b', ['axb'], ['a/b']],
    ['[ab].ts', ['a.ts', 'b.ts'], ['c.ts', 'ab.ts']],
    ['[!ab].ts', ['c.ts'], ['a.ts']],
    ['a[!x]b', ['ayb'], ['a/b', 'axb']],
    ['[a-c0-9].ts', ['b.ts', '7.ts'], ['d.ts', '-.ts']],
    ['a[+-9]b', ['a0b', 'a.b'], ['a/b']],
    ['[]].ts', ['].ts'], ['a.ts']],
    ['[a-].ts', ['-.ts', 'a.ts'], ['b.ts']],
    ['*.{ts,tsx}', ['a.ts', 'x/a.tsx'], ['a.js', 'a.ts,tsx']],
    ['{src,lib}/**/*.{c,h}', ['src/a.c', 'lib/x/a.h'], ['test/a.c']],
    ['{a,b{c,d}}', ['a', 'bc', 'x/bd'], ['b', 'abc']],
    ['src/{a,b/**}', ['src/a', 'src/b/x/y'], ['src/b', 'src/c']],
    ['a\\*b', ['a*b'], ['axb']],
    ['\\!a', ['!a'], ['a']],
    ['a,b', ['a,b'], ['a']],
    ['a+(b)|c.$^', ['a+(b)|c.$^'], ['aab', 'c']],
    ['*', ['a', 'a/b'], []],
    ['a b/é', ['a b/é'], ['ab/é']],
    ['*.ts', ['new\nline.ts'], []],
    ['src/A.ts', ['src/A.ts'], ['src/a.ts']],
  ])('%s', (pattern, inside, outside) => {
    const scope = compileScope([pattern])
    expect(inside.filter((path) => !scope.matches(path))).toEqual([])
    expect(outside.filter((path) => scope.matches(path))).toEqual([])
  })
})

test('the last pattern that matches decides', () => {
  const scope = compileScope(['src/**', '!src/vendor/**', 'src/vendor/ours/**'])
  const paths = ['src/a', 'src/vendor/a', 'src/vendor/ours/a', 'test/a']
  expect(paths.map((path) => scope.matches(path))).toEqual([true, false, true, false])
})

test('no pattern means no path', () => {
  expect(compileScope([]).matches('a')).toBe(false)
})

describe('a bad pattern is said in one sentence', () => {
  test.each([
    ['', 'The pattern "" names nothing; `**` means every file.'],
    ['/', 'The pattern "/" names nothing; `**` means every file.'],
    ['./src', 'The pattern "./src" has an empty name, `.` or `..` in it; paths start at the root of the repository.'],
    ['../x', /has an empty name, `\.` or `\.\.` in it/],
    ['a//b', /has an empty name/],
    [
      'src/**.ts',
      'The pattern "src/**.ts" has `**` beside other characters; `**` stands alone between slashes, as in `src/**/*.ts`.',
    ],
    ['a***', /`\*\*` stands alone/],
    ['src\\api', /has a backslash; folders are divided by `\/`/],
    ['a\\', /has a backslash/],
    ['[ab', /has a `\[` that is never closed/],
    ['[]', /has a `\[` that is never closed/],
    ['a[/]b', /has a `\/` in brackets/],
    ['[z-a]', /has the range `z-a`, which runs backwards/],
    ['{a,b', /has a `\{` that is never closed/],
    ['a}', /has a `\}` without its `\{`/],
    ['{a,{b,{c,{d}}}}', /has too many braces/],
    ['{a,b}'.repeat(17), /has too many braces/],
    [`{${'a,'.repeat(65)}b}`, /has more than 64 alternatives/],
    ['a'.repeat(257), /^The pattern "a{79}…" is longer than 256 characters\.$/],
    ['!docs/**', /comes first, so there is nothing to take away from; put `\*\*` before it/],
  ])('%s', (pattern, message) => {
    expect(() => compileScope([pattern])).toThrow(ScopeError)
    expect(() => compileScope([pattern])).toThrow(message)
  })
  test('too many patterns', () => {
    expect(() => compileScope(Array(1_001).fill('a'))).toThrow(/is one too many; 1000 is the most/)
  })
})

describe('hostile patterns take linear time', () => {
  test.each([
    ['stars', `${'*a'.repeat(20)}b`, 'a'.repeat(4_000)],
    ['many stars', `${'*a'.repeat(127)}b`, 'a'.repeat(1_000)],
    ['question marks', `${'?*'.repeat(100)}b`, 'a'.repeat(1_000)],
    ['double stars', `${'**/a/'.repeat(50)}b`, 'a/'.repeat(1_000)],
    ['braces', `${'{a,*}'.repeat(16)}b`, 'a'.repeat(1_000)],
    ['nested braces', `${'{{a*,a*}{a*,a*},a*}'.repeat(5)}b`, 'a'.repeat(1_000)],
  ])('%s', (_what, pattern, path) => {
    const start = performance.now()
    expect(compileScope([pattern]).matches(path)).toBe(false)
    expect(performance.now() - start).toBeLessThan(1_500)
  })
})
