import { describe, expect, test } from 'vitest'
import { checkRunOf } from '../../src/report/check-run.ts'
import { failureNotice, noticeComment, noticeRun, policyNotice } from '../../src/report/notice.ts'
import {
  CLEAR_ITEM,
  HOSTILE_PATH,
  HOSTILE_TEXT,
  SAMPLE_EVIDENCE,
  sampleExposure,
  sampleItem,
  sampleReview,
} from '../support/sample-review.ts'

function at(startLine: number, side: 'head' | 'base' = 'head') {
  return { path: 'src/a.ts', startLine, endLine: startLine + 2, side }
}

describe('a review as a check run', () => {
  test.each([
    ['pass', 'success'],
    ['advise', 'neutral'],
    ['fail', 'failure'],
  ] as const)('%s is %s', (verdict, conclusion) => {
    expect(checkRunOf(sampleReview([CLEAR_ITEM], { verdict })).conclusion).toBe(conclusion)
  })

  test('marks what is open at its lines, worst first, as loud as the policy says', () => {
    const item = sampleItem([
      sampleExposure({ id: 'a', at: at(1), level: 'note', severity: 'medium' }),
      sampleExposure({ id: 'b', at: at(5), level: 'block', severity: 'critical' }),
      sampleExposure({ id: 'c', at: at(9), level: 'warn', severity: 'high' }),
    ])
    const { annotations, title } = checkRunOf(sampleReview([item], { verdict: 'fail' }))
    expect(annotations.map(({ startLine, endLine, level }) => [startLine, endLine, level])).toEqual([
      [5, 7, 'failure'],
      [9, 11, 'warning'],
      [1, 3, 'notice'],
    ])
    expect(annotations[0]?.message).toMatch(/^When `provider\.refund` fails.* To cover it: Add a test/)
    expect(title).toMatch(/^fail · evidence 0 of 3/)
  })

  test('marks nothing that is covered, low, or in removed code', () => {
    const item = sampleItem([
      sampleExposure({ evidence: [SAMPLE_EVIDENCE] }),
      sampleExposure({ severity: 'low' }),
      sampleExposure({ at: at(1, 'base') }),
    ])
    expect(checkRunOf(sampleReview([item])).annotations).toEqual([])
  })

  test('keeps to the limits of GitHub, whatever the change is called', () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      sampleExposure({
        id: `x${i}`,
        says: HOSTILE_TEXT.repeat(30),
        remedy: HOSTILE_TEXT.repeat(30),
        at: { ...at(i + 1), path: HOSTILE_PATH },
      }),
    )
    const run = checkRunOf(sampleReview([sampleItem(many, { title: HOSTILE_TEXT.repeat(10) })], { verdict: 'fail' }))
    expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(65_535)
    expect(run.annotations).toHaveLength(200)
    expect(run.summary).toContain('100 more exposures without a mark at the lines')
    for (const { title, message, path } of run.annotations) {
      expect([[...title].length <= 255, Buffer.byteLength(message) <= 65_536]).toEqual([true, true])
      expect([...message].filter((character) => character < ' ' || character === '\u202e')).toEqual([])
      expect(path).toBe(HOSTILE_PATH)
    }
  })
})

describe('a notice', () => {
  test('that the policy is wrong lists its mistakes, and not hundreds', () => {
    const { sentences } = policyNotice(
      Array.from({ length: 50 }, (_, i) => `p.yml:${i}:1: wrong`),
      false,
    )
    expect(sentences).toHaveLength(23)
    expect(sentences.at(-2)).toBe('And 30 more.')
  })

  test('escapes what it repeats', () => {
    const notice = failureNotice(HOSTILE_TEXT, true)
    const [comment, { summary }] = [noticeComment(notice, 'airworthy:v1', null), noticeRun(notice, 'failure')]
    for (const text of [comment.split('\n').slice(1).join('\n'), summary]) {
      expect(text).not.toMatch(/<(?!span>|\/span>)|@everyone|(?<!\\)\[link\]/)
      expect(text).not.toContain('\u001b')
    }
    expect(comment.startsWith('<!-- airworthy:v1 -->\n### Airworthy: could not review\n')).toBe(true)
  })

  test('of our failure says whether it blocks, and how to ask again', () => {
    const text = (blocks: boolean) => failureNotice('GitHub is down.', blocks).sentences.join(' ')
    expect([text(true).includes('blocks until'), text(false).includes('blocks nothing')]).toEqual([true, true])
    expect(text(true)).toContain('/airworthy recheck')
  })
})
