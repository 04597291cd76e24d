import { expect, test } from 'vitest'
import { applyHunks } from '../../src/change/apply-hunks.ts'
import { invertHunks } from '../../src/change/invert-hunks.ts'
import { parsePatch } from '../../src/change/parse-patch.ts'

const NO_NEWLINE = '\\ No newline at end of file\n'

test.each([
  ['a change', 'a\nb\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n'],
  ['lines added', 'a\nb\n', '@@ -1,0 +2 @@\n+x\n'],
  ['lines removed', 'a\nb\n', '@@ -2 +1,0 @@\n-b\n'],
  ['a line feed lost', 'a\nb\n', `@@ -1,2 +1,2 @@\n a\n-b\n+b\n${NO_NEWLINE}`],
  ['a file emptied', 'a\n', '@@ -1 +0,0 @@\n-a\n'],
])('%s: there and back', (_what, base, patch) => {
  const parsed = parsePatch(patch)
  const hunks = 'hunks' in parsed ? parsed.hunks : []
  const head = applyHunks(base, hunks)
  expect(head).not.toBe(base)
  expect(applyHunks(head ?? '', invertHunks(hunks))).toBe(base)
})
