import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visible } from '../../src/report/escape.ts'
import { cutToWidth, displayWidth, wrapText } from '../../src/report/text-width.ts'
import { anyText } from './arbitrary-review.ts'

describe('displayWidth', () => {
  test.each([
    ['abc', 3],
    ['漢字', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['🚀✅', 4],
    ['e\u0301', 1],
    ['Ω→é·│›', 6],
    ['', 0],
  ])('%j takes %d columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns)
  })
})

describe('wrapText', () => {
  test.each([
    ['breaks at spaces', 'the quick brown fox', 10, ['the quick', 'brown fox']],
    ['fills a line to its last column', 'abcde fghij', 11, ['abcde fghij']],
    ['breaks inside a word that is too long', 'x abcdefghij y', 4, ['x', 'abcd', 'efgh', 'ij y']],
    ['counts wide characters twice', '漢字漢字', 5, ['漢字', '漢字']],
    ['does not split a wide character', '漢', 1, ['漢']],
    ['folds runs of spaces', ' a \n\t b ', 9, ['a b']],
    ['gives one line for nothing', '', 9, ['']],
  ])('%s', (_, text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines)
  })
  test('loses no word and never exceeds the width', () => {
    fc.assert(
      fc.property(anyText.map(visible), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrapText(text, width)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
      }),
    )
  })
})

describe('cutToWidth', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['漢字漢字', 6, '漢字…'],
    ['', 5, ''],
  ])('%j in %d columns', (text, width, expected) => {
    expect(cutToWidth(text, width, '…')).toBe(expected)
  })
})
