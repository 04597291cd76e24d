import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteLength, fitBudget, type Section } from '../../src/report/fit-budget.ts'

function section(name: string, rank: number, entries: readonly string[]): Section {
  return {
    rank,
    open: `<${name}>`,
    entries,
    separator: ',',
    close: `</${name}>`,
    more: (hidden) => `and ${hidden} more`,
  }
}

describe('fitBudget', () => {
  test('leaves a text that fits as it is', () => {
    expect(fitBudget([section('a', 1, ['x', 'y']), section('b', 2, [])], 100)).toBe('<a>x,y</a>\n\n<b></b>')
  })
  test('cuts whole entries, says how many, and closes what it opened', () => {
    expect(fitBudget([section('a', 1, ['xxxx', 'yyyy', 'zzzz'])], 25)).toBe('<a>xxxx,and 2 more</a>')
  })
  test('fills by rank, whatever the order', () => {
    const text = fitBudget([section('late', 2, ['x'.repeat(30)]), section('first', 1, ['y'.repeat(30)])], 90)
    expect(text).toBe(`<late>and 1 more</late>\n\n<first>${'y'.repeat(30)}</first>`)
  })
  test('refuses a budget that cannot hold the frames', () => {
    expect(() => fitBudget([section('a', 1, ['x'])], 5)).toThrow(RangeError)
  })
  test('counts bytes, not characters', () => {
    expect(byteLength('漢é🚀')).toBe(9)
  })
  test('is never over its budget, and accounts for every entry', () => {
    const anySection = fc
      .record({
        rank: fc.nat({ max: 3 }),
        entries: fc.array(fc.constantFrom('x', 'é'.repeat(9), '漢'.repeat(20)), { maxLength: 20 }),
      })
      .map(({ rank, entries }) => section('s', rank, entries))
    fc.assert(
      fc.property(fc.array(anySection, { maxLength: 4 }), fc.integer({ min: 120, max: 600 }), (sections, budget) => {
        const text = fitBudget(sections, budget)
        expect(byteLength(text)).toBeLessThanOrEqual(budget)
        const shown = text.match(/x|é{9}|漢{20}/g)?.length ?? 0
        const hidden = Array.from(text.matchAll(/and (\d+) more/g), ([, count]) => Number(count)).reduce(
          (a, b) => a + b,
          0,
        )
        expect(shown + hidden).toBe(sections.flatMap(({ entries }) => entries).length)
      }),
    )
  })
})
