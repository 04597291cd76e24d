import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyHunks } from '../../src/change/apply-hunks.ts'
import { diffLines, replaceLines } from '../../src/change/diff-lines.ts'

/** Texts of few different lines, so that many are equal; with and without an end of line, and with carriage returns. */
const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', '\r', 'long line'), { maxLength: 40 }), fc.constantFrom('', '\n'))
  .map(([lines, end]) => lines.join('\n') + (lines.length > 0 ? end : ''))

describe('lines that differ', () => {
  test('for any two texts, the hunks make the head of the base', () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        expect(applyHunks(base, diffLines(base, head))).toBe(head)
        expect(applyHunks(base, replaceLines(base, head))).toBe(head)
      }),
    )
  })

  test('equal texts have none', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(diffLines(same, same)).toEqual([])
      }),
    )
  })

  test('a side without lines starts at the line before, 0 when there is none', () => {
    expect(diffLines('', 'x\n')).toMatchObject([{ baseStart: 0, baseLines: 0, headStart: 1, headLines: 1 }])
    expect(diffLines('x\n', '')).toMatchObject([{ baseStart: 1, baseLines: 1, headStart: 0, headLines: 0 }])
  })

  test('edits up to six lines apart share a hunk', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `${i}`)
    const edited = (...at: readonly number[]) => lines.map((line, i) => (at.includes(i) ? 'new' : line)).join('\n')
    expect(diffLines(lines.join('\n'), edited(5, 12))).toHaveLength(1)
    expect(diffLines(lines.join('\n'), edited(5, 13))).toHaveLength(2)
  })

  test('of a file that is all new are found in no time', () => {
    const many = (letter: string) => Array.from({ length: 20_000 }, (_, i) => `${letter}${i}\n`).join('')
    const hunks = diffLines(`same\n${many('a')}end\n`, `same\n${many('b')}end\n`)
    expect(hunks).toMatchObject([{ baseStart: 1, baseLines: 20_002, headLines: 20_002 }])
  }, 20_000)
})
