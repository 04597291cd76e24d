import { describe, expect, test } from 'vitest'
import { applyHunks } from '../../src/change/apply-hunks.ts'
import { parsePatch } from '../../src/change/parse-patch.ts'

function apply(base: string, patch: string): string | null {
  const parsed = parsePatch(patch)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return applyHunks(base, parsed.hunks)
}

const NO_NEWLINE = '\\ No newline at end of file\n'

describe('makes the head text', () => {
  test.each([
    ['a change', 'a\nb\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n', 'a\nB\nc\n'],
    ['two hunks', 'a\nb\nc\nd\n', '@@ -1 +1,2 @@\n-a\n+A\n+x\n@@ -4 +5 @@\n-d\n+D\n', 'A\nx\nb\nc\nD\n'],
    ['lines added without context', 'a\nb\n', '@@ -1,0 +2 @@\n+x\n', 'a\nx\nb\n'],
    ['lines added at the start', 'a\n', '@@ -0,0 +1 @@\n+x\n', 'x\na\n'],
    ['an empty file filled', '', '@@ -0,0 +1 @@\n+a\n', 'a\n'],
    ['a file emptied', 'a\n', '@@ -1 +0,0 @@\n-a\n', ''],
    ['a line feed lost', 'a\nb\n', `@@ -1,2 +1,2 @@\n a\n-b\n+b\n${NO_NEWLINE}`, 'a\nb'],
    ['a line feed gained', 'a\nb', `@@ -1,2 +1,2 @@\n a\n-b\n${NO_NEWLINE}+b\n`, 'a\nb\n'],
    ['none before and after', 'a\nb', `@@ -1,2 +1,2 @@\n-a\n+A\n b\n${NO_NEWLINE}`, 'A\nb'],
    ['none in the rest of the file', 'a\nb\nc', '@@ -1 +1 @@\n-a\n+A\n', 'A\nb\nc'],
    ['the last line without a line feed removed', 'a\nb', `@@ -1,2 +1 @@\n a\n-b\n${NO_NEWLINE}`, 'a\n'],
    ['CRLF', 'a\r\nb\r\n', '@@ -1,2 +1,2 @@\n-a\r\n+A\r\n b\r\n', 'A\r\nb\r\n'],
    ['only a line feed', '\n', '@@ -1 +1,2 @@\n \n+\n', '\n\n'],
    ['nothing', 'a\n', '', 'a\n'],
  ])('%s', (_what, base, patch, head) => {
    expect(apply(base, patch)).toBe(head)
  })
})

describe('is null when the hunks do not fit', () => {
  test.each([
    ['another context line', 'a\nX\n', '@@ -1,2 +1,2 @@\n-a\n+A\n b\n'],
    ['another removed line', 'X\n', '@@ -1 +1 @@\n-a\n+A\n'],
    ['the right lines at another place', 'x\na\n', '@@ -1 +1 @@\n-a\n+A\n'],
    ['a file that is too short', 'a\n', '@@ -3 +3 @@\n-c\n+C\n'],
    ['another line end', 'a\r\n', '@@ -1 +1 @@\n-a\n+A\n'],
    ['a line feed the hunk says is not there', 'a\n', `@@ -1 +1 @@\n-a\n${NO_NEWLINE}+A\n`],
    ['no line feed where the hunk has one', 'a', '@@ -1 +1 @@\n-a\n+A\n'],
    ['a mark in the middle of the head', 'a\nb\n', `@@ -1 +1 @@\n-a\n+A\n${NO_NEWLINE}`],
    ['hunks in the wrong order', 'a\nb\n', '@@ -2 +2 @@\n-b\n+B\n@@ -1 +1 @@\n-a\n+A\n'],
  ])('%s', (_what, base, patch) => {
    expect(apply(base, patch)).toBeNull()
  })
})
