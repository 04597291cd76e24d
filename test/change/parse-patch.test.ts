import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hunk } from '../../src/change/change.ts'
import { parsePatch } from '../../src/change/parse-patch.ts'

function hunksOf(patch: string): readonly Hunk[] {
  const parsed = parsePatch(patch)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.hunks
}

/** A hunk as rows of `base head text`, with `~` behind a line that has no line feed. */
function show(hunks: readonly Hunk[]): string[] {
  return hunks.flatMap((hunk) => [
    `@ ${hunk.baseStart},${hunk.baseLines} ${hunk.headStart},${hunk.headLines}`,
    ...hunk.lines.map(({ kind, base, head, text, noNewline }) => {
      return `${base ?? '-'} ${head ?? '-'} ${kind} ${text}${noNewline ? '~' : ''}`
    }),
  ])
}

function problemOf(patch: string): string {
  const parsed = parsePatch(patch)
  return 'problem' in parsed ? parsed.problem : 'no problem'
}

test('gives every line its kind and its number on both sides', () => {
  expect(show(hunksOf('@@ -1,3 +1,3 @@ function f() {\n a\n-b\n+B\n c\n@@ -9 +9,2 @@\n i\n+j\n'))).toEqual([
    '@ 1,3 1,3',
    '1 1 context a',
    '2 - del b',
    '- 2 add B',
    '3 3 context c',
    '@ 9,1 9,2',
    '9 9 context i',
    '- 10 add j',
  ])
})

test('an empty patch has no hunks', () => {
  expect(hunksOf('')).toEqual([])
})

describe('works around faults of parse-diff', () => {
  test('the mark "No newline at end of file" is no line of the change', () => {
    const patch = '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file'
    expect(show(hunksOf(patch))).toEqual(['@ 1,1 1,1', '1 - del a~', '- 1 add b~'])
  })
  test('nor is it in another language', () => {
    const patch = '@@ -1 +1 @@\n-a\n\\ Kein Zeilenumbruch am Dateiende.\n+b\n'
    expect(show(hunksOf(patch))).toEqual(['@ 1,1 1,1', '1 - del a~', '- 1 add b'])
  })
  test('nor in the middle of a hunk, where only one side lost its line feed', () => {
    const patch = '@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n'
    expect(show(hunksOf(patch)).at(-1)).toBe('- 2 add b~')
  })
  test('text that looks like the mark, but is a line of the file', () => {
    const patch = '@@ -0,0 +1 @@\n+\\ No newline at end of file\n'
    expect(show(hunksOf(patch))).toEqual(['@ 0,0 1,1', '- 1 add \\ No newline at end of file'])
  })
  test('the mark alone is a problem, not a TypeError', () => {
    expect(problemOf('@@ -1 +1 @@\n\\ No newline at end of file')).toMatch(/^Line 2 of the patch: .* follows no line/)
  })
  test('a hunk of zero lines does not swallow the next one', () => {
    expect(show(hunksOf('@@ -1,0 +1,0 @@\n@@ -5 +5 @@\n-e\n+E\n'))).toEqual(['@ 5,1 5,1', '5 - del e', '- 5 add E'])
  })
  test('hunks without context have zero lines on one side', () => {
    expect(show(hunksOf('@@ -5,0 +6,2 @@\n+x\n+y\n@@ -8,2 +10,0 @@\n-h\n-i\n'))).toEqual([
      '@ 5,0 6,2',
      '- 6 add x',
      '- 7 add y',
      '@ 8,2 10,0',
      '8 - del h',
      '9 - del i',
    ])
  })
  test('a hunk that is cut off is a problem', () => {
    expect(problemOf('@@ -1,9 +1,9 @@\n a\n-b\n+B\n')).toBe(
      'Line 4 of the patch: The diff is cut off here: its hunk promises 7 more lines.',
    )
  })
  test('and swallows no other file', () => {
    const patch = '@@ -1,9 +1,9 @@\n a\ndiff --git a/b b/b\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-x\n+y\n'
    expect(problemOf(patch)).toMatch(/^Line 3 of the patch: The diff is cut off here/)
  })
  test('a combined diff is a problem, not an empty change', () => {
    expect(problemOf('@@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n')).toMatch(/combined diff of a merge/)
  })
  test('CRLF stays in the text of a line', () => {
    expect(show(hunksOf('@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n'))).toEqual([
      '@ 1,2 1,2',
      '1 1 context a\r',
      '2 - del b\r',
      '- 2 add c\r',
    ])
  })
  test('an empty context line that lost its space, and one that kept only its CR', () => {
    expect(show(hunksOf('@@ -1,3 +1,2 @@\n\n\r\n-x\n'))).toEqual([
      '@ 1,3 1,2',
      '1 1 context ',
      '2 2 context \r',
      '3 - del x',
    ])
  })
  test.each([
    ['names in a heading', `@@ -1 +1 @@ ${'a/'.repeat(200_000)}\n-a\n+b\n`],
    ['digits in a header', `@@ -${'1'.repeat(200_000)} +1 @@\n-a\n+b\n`],
    ['spaces in a line', `@@ -1 +1 @@\n-${' '.repeat(200_000)}x\n+b\n`],
  ])('hostile %s cost linear time', (_what, patch) => {
    const start = performance.now()
    parsePatch(patch)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

test.each([
  ['more lines than promised', '@@ -1 +1 @@\n-a\n+b\n+c\n', 'Line 4 of the patch belongs to no hunk.'],
  ['more of one side', '@@ -1 +1,2 @@\n-a\n-b\n', 'Line 3 of the patch: The hunk has more lines than its header says.'],
  ['no hunk at all', 'Binary files differ\n', 'The patch has no hunk.'],
  ['a broken header', '@@ -1 @@\n a\n', 'Line 1 of the patch: A hunk header like `@@ -1,2 +1,3 @@` was expected here.'],
])('%s is a problem', (_what, patch, problem) => {
  expect(problemOf(patch)).toBe(problem)
})

test('no text makes it throw', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '@@ -1 +1 @@',
      '@@ -0,0 +1,2 @@',
      '@@ -1,0 +1,0 @@',
      '\\ No newline at end of file',
      '---',
      '@@@',
      '',
    ),
    fc.string({ maxLength: 6 }).map((text) => ` ${text}`),
    fc.string({ maxLength: 6 }).map((text) => `+${text}`),
    fc.string({ maxLength: 6 }).map((text) => `-${text}`),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const parsed = parsePatch(lines.join('\n'))
      if ('problem' in parsed) return
      for (const hunk of parsed.hunks) {
        expect(hunk.lines.filter((line) => line.kind !== 'add')).toHaveLength(hunk.baseLines)
        expect(hunk.lines.filter((line) => line.kind !== 'del')).toHaveLength(hunk.headLines)
      }
    }),
    { numRuns: 500 },
  )
})
