import { describe, expect, test } from 'vitest'
import { splitDiff } from '../../src/change/split-diff.ts'
import { filesOf, showFiles as show } from './show-files.ts'

const HUNK = '@@ -1 +1 @@\n-a\n+b\n'

describe('names', () => {
  test.each([
    [
      'git',
      `diff --git a/src/a.ts b/src/a.ts\nindex 12ab..34cd 100644\n--- a/src/a.ts\n+++ b/src/a.ts\n${HUNK}`,
      'src/a.ts',
    ],
    ['no prefix', `diff --git a/a.ts a/a.ts\n--- a/a.ts\n+++ a/a.ts\n${HUNK}`, 'a/a.ts'],
    ['mnemonic prefix', `diff --git i/a.ts w/a.ts\n--- i/a.ts\n+++ w/a.ts\n${HUNK}`, 'a.ts'],
    ['own prefixes of other length', `diff --git old/a.ts new2/a.ts\n--- old/a.ts\n+++ new2/a.ts\n${HUNK}`, 'a.ts'],
    ['a space and a tab behind it', `diff --git a/a b.ts b/a b.ts\n--- a/a b.ts\t\n+++ b/a b.ts\t\n${HUNK}`, 'a b.ts'],
    ['a space at the end', `diff --git a/a  b/a \n--- a/a \t\n+++ b/a \t\n${HUNK}`, 'a '],
    ['a quote at the end', `diff --git a/a' b/a'\n--- a/a'\n+++ b/a'\n${HUNK}`, "a'"],
    [
      'a date',
      `diff --git a/2024-01-01 00:00:00 +0000 b/2024-01-01 00:00:00 +0000\nold mode 100644\nnew mode 100755\n`,
      '2024-01-01 00:00:00 +0000',
    ],
    ['" b/" inside, header only', 'diff --git a/bin b/x b/bin b/x\nold mode 100644\nnew mode 100755\n', 'bin b/x'],
    [
      'octal escapes',
      `diff --git "a/caf\\303\\251.ts" "b/caf\\303\\251.ts"\n--- "a/caf\\303\\251.ts"\n+++ "b/caf\\303\\251.ts"\n${HUNK}`,
      'café.ts',
    ],
    [
      'escapes, header only',
      'diff --git "a/a\\t\\"b\\\\" "b/a\\t\\"b\\\\"\nold mode 100644\nnew mode 100755\n',
      'a\t"b\\',
    ],
    [
      'diff -u',
      `--- a.c\t2024-01-01 10:00:00.000000000 +0100\n+++ a.c\t2024-01-02 10:00:00.000000000 +0100\n${HUNK}`,
      'a.c',
    ],
    [
      'diff -ru',
      `diff -ru old/src/a.c new/src/a.c\n--- old/src/a.c\t2024-01-01\n+++ new/src/a.c\t2024-01-02\n${HUNK}`,
      'src/a.c',
    ],
    ['diff of absolute paths', `--- /tmp/x/src/a.c\n+++ /home/me/src/a.c\n${HUNK}`, 'src/a.c'],
    ['diff against a backup', `--- a.c.orig\n+++ a.c\n${HUNK}`, 'a.c'],
    ['a leading ./', `--- ./a.c\n+++ ./a.c\n${HUNK}`, 'a.c'],
  ])('%s', (_what, text, path) => {
    expect(filesOf(text).map((file) => file.path)).toEqual([path])
  })
})

describe('what happened to the file', () => {
  test.each([
    ['diff --git a/a b/b\nsimilarity index 100%\nrename from a\nrename to b\n', 'renamed a → b +0 -0'],
    [
      `diff --git a/a b/b\nsimilarity index 90%\nrename from a\nrename to b\nindex 1234..5678 100755\n--- a/a\n+++ b/b\n${HUNK}`,
      'renamed a → b +1 -1 executable',
    ],
    ['diff --git a/a b/b\nsimilarity index 100%\ncopy from a\ncopy to b\n', 'copied a → b +0 -0'],
    [
      'diff --git "a/\\303\\251" b/b b/c\nsimilarity index 100%\nrename from "\\303\\251"\nrename to b b/c\n',
      'renamed é → b b/c +0 -0',
    ],
    ['diff --git a/a b/a\nold mode 100644\nnew mode 100755\n', 'modified a +0 -0 executable'],
    ['diff --git a/a b/a\nnew file mode 100644\nindex 0000000..e69de29\n', 'added a +0 -0'],
    ['diff --git a/a b/a\ndeleted file mode 100644\nindex e69de29..0000000\n', 'removed a +0 -0'],
    [
      'diff --git a/a b/a\nnew file mode 100644\nindex 0000000..1234567\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n',
      'added a +1 -0',
    ],
    ['diff --git a/a b/a\nindex 1234..5678 100644\nBinary files a/a and b/a differ\n', 'modified a +0 -0 binary'],
    [
      'diff --git a/a b/a\nindex 1234..5678 100644\nGIT binary patch\ndelta 3\nKcmb-x\n\ndelta 3\nKcmb-y\n\n',
      'modified a +0 -0 binary',
    ],
    [
      'diff --git a/s b/s\nindex 1234567..89abcde 160000\n--- a/s\n+++ b/s\n@@ -1 +1 @@\n-Subproject commit 1\n+Subproject commit 2\n',
      'modified s +1 -1 submodule',
    ],
    ['--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n', 'added a +1 -0'],
    [
      '--- old/a\t2024-01-01 10:00:00 +0100\n+++ new/a\t1970-01-01 01:00:00 +0100\n@@ -1 +0,0 @@\n-x\n',
      'removed a +0 -1',
    ],
    [`--- old/a\t1970-01-01 00:00:01 +0000\n+++ new/a\t2024-01-01 10:00:00 +0000\n${HUNK}`, 'modified a +1 -1'],
    ['Binary files old/a and b.png and new/a and b.png differ\n', 'modified a and b.png +0 -0 binary'],
  ])('%j', (text, shown) => {
    expect(show(text)).toEqual([shown])
  })

  test('a file that became a link is one file, and its lines count from 1 on both sides', () => {
    const text =
      'diff --git a/l b/l\ndeleted file mode 100644\nindex 1234567..0000000\n--- a/l\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n' +
      'diff --git a/l b/l\nnew file mode 120000\nindex 0000000..89abcde\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+t\n\\ No newline at end of file\n'
    expect(show(text)).toEqual(['type-changed l +1 -2 symlink'])
    const [file] = filesOf(text)
    expect(file?.hunks).toHaveLength(1)
    expect(file?.hunks[0]).toMatchObject({ baseStart: 1, baseLines: 2, headStart: 1, headLines: 1 })
    expect([file?.base?.blob, file?.head?.blob]).toEqual(['1234567', '89abcde'])
  })
})

describe('text around the files', () => {
  const diff = `diff --git a/a b/a\nindex 1234..5678 100644\n--- a/a\n+++ b/a\n${HUNK}`
  test.each([
    [
      'mail',
      `From: Amelia\nSubject: [PATCH] x\n\n--- a thing\n+++ another\n- item\n---\n a | 2 +-\n\n${diff}-- \n2.39.5\n\n`,
    ],
    ['git log -p', `commit 1234\nAuthor: Amelia\n\n    --- a\n    +++ b\n\n${diff}\ncommit 5678\n\n    text\n`],
    ['CRLF throughout', diff.replaceAll('\n', '\r\n')],
    ['no line feed at the end', diff.slice(0, -1)],
  ])('%s', (_what, text) => {
    expect(show(text)).toEqual(['modified a +1 -1'])
    expect(filesOf(text)[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(['a', 'b'])
  })
  test('lines of a hunk that look like the start of a file', () => {
    const text =
      'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n--- a/x\n-diff --git a/y b/y\n+++ b/x\n+@@ -1 +1 @@\n'
    expect(show(text)).toEqual(['modified a +2 -2'])
  })
  test('CRLF in the files only stays in their lines', () => {
    const text = diff.replace('-a\n+b\n', '-a\r\n+b\r\n')
    expect(filesOf(text)[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(['a\r', 'b\r'])
  })
  test('an empty diff has no files', () => {
    expect(filesOf('\n')).toEqual([])
  })
})

describe('what cannot be read is a problem at its line', () => {
  const header = 'diff --git a/a b/a\nindex 1234567..5678901 100644\n'
  test.each([
    [
      'cut off in a hunk',
      `${header}--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n a\n`,
      6,
      /cut off here: its hunk promises 2 more lines/,
    ],
    ['cut off before the hunk', `${header}--- a/a\n+++ b/a\n`, 4, /cut off here: a file has no hunk/],
    ['cut off between the names', `${header}--- a/a\n`, 2, /cut off here: nothing says what changed/],
    ['cut off behind the index line', header, 2, /cut off here: nothing says what changed/],
    ['cut off behind the first line', 'diff --git a/a b/a\n', 1, /cut off here: nothing says what changed/],
    [
      'a new file without its text',
      'diff --git a/a b/a\nnew file mode 100644\nindex 0000000..1234567\n',
      3,
      /cut off here/,
    ],
    ['a plain diff cut off', '--- a.c\n+++ a.c\n', 2, /cut off here/],
    ['a hunk that is longer than it says', `${header}--- a/a\n+++ b/a\n${HUNK}+c\n`, 8, /belongs to no hunk/],
    [
      'the combined diff of a merge',
      'diff --cc a\nindex 12,34..56\n--- a/a\n+++ b/a\n@@@ -1 -1 +1 @@@\n++x\n',
      1,
      /combined diff of a merge/,
    ],
    ['a context diff', '*** a.c\n--- b.c\n***************\n*** 1 ****\n! a\n--- 1 ----\n! b\n', 1, /context diff/],
    ['a path outside', `--- a/../../etc/passwd\n+++ b/../../etc/passwd\n${HUNK}`, 1, /outside the repository/],
    ['one file in two parts', `--- a/a\n+++ b/a\n${HUNK}--- a/a\n+++ b/a\n${HUNK}`, 6, /already changed at line 1/],
    ['no diff at all', 'Dear all,\n', 1, /no diff in this text/],
  ])('%s', (_what, text, line, problem) => {
    expect(splitDiff(text)).toEqual({ problem: expect.stringMatching(problem), line })
  })
})
