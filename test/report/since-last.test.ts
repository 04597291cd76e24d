import { describe, expect, test } from 'vitest'
import { formatMarkdown } from '../../src/report/markdown.ts'
import { noticeComment } from '../../src/report/notice.ts'
import { type Memory, readMemory, remember, sinceLast } from '../../src/report/since-last.ts'
import type { Item, Review } from '../../src/review/review-types.ts'
import { SAMPLE_EVIDENCE, sampleExposure, sampleItem, sampleReview } from '../support/sample-review.ts'

const MARKER = 'airworthy:v1'
const [H1, H2, H3] = ['a', 'b', 'c'].map((digit) => digit.repeat(40))

/** `1` is open, `+1` covered, `~1` low. */
function exposures(text: string) {
  return text.split(' ').flatMap((word) => {
    if (word === '') return []
    const id = `error-paths-${word.slice(-1).padStart(12, '0')}`
    if (word.startsWith('+')) return [sampleExposure({ id, evidence: [SAMPLE_EVIDENCE] })]
    return [sampleExposure({ id, severity: word.startsWith('~') ? 'low' : 'high' })]
  })
}

function at(head = '', items: string | readonly Item[] = ''): Review {
  const review = sampleReview(typeof items === 'string' ? [sampleItem(exposures(items))] : items)
  return { ...review, change: { ...review.change, head } }
}

function couldNotLook(status: 'unknown' | 'error'): readonly Item[] {
  return [sampleItem([], { outcome: { status, reason: 'the tree could not be listed' } })]
}

describe('what changed since the last push', () => {
  test.each([
    ['', '', null],
    ['', '+1 ~2', null],
    ['', '1 2', '2 new'],
    ['1 2', '1 2', '2 still open'],
    ['1 2 3', '+1 2 4', '1 covered, 1 gone, 1 new, 1 still open'],
    ['1 2', '', '2 gone'],
    ['1 2', '+1 +2', '2 covered'],
    ['1', '~1', '1 now low'],
    ['+1 ~2', '1 2', '2 new'],
  ])('from open %j to %j: %s', (before, now, says) => {
    const last = remember(null, at(H1, before))
    expect(sinceLast(last, at(H2, now))).toBe(says === null ? null : `Since \`aaaaaaa\`: ${says}`)
  })

  test('is not said on a first review', () => {
    expect(sinceLast(null, at(H1, '1 2'))).toBeNull()
  })

  test('is the same when the same head is reviewed again, and not when the head moves on', () => {
    const first = remember(null, at(H1, '1 2'))
    const second = remember(first, at(H2, '+1 2'))
    expect(sinceLast(second, at(H2, '+1 2'))).toBe(sinceLast(first, at(H2, '+1 2')))
    expect(remember(second, at(H2, '+1 2'))).toEqual(second)
    expect(sinceLast(second, at(H3, '+1 +2'))).toBe('Since `bbbbbbb`: 1 covered')
  })

  test.each(['unknown', 'error'] as const)(
    'does not take %s for covered or gone, nor forgets what was open',
    (status) => {
      const blind = at(H2, couldNotLook(status))
      const first = remember(null, at(H1, '1 2'))
      expect(sinceLast(first, blind)).toBe('Since `aaaaaaa`: 2 not looked at again')
      expect(sinceLast(remember(first, blind), at(H3, '+1 2 3'))).toBe(
        'Since `bbbbbbb`: 1 covered, 1 new, 1 still open',
      )
    },
  )

  test('is not guessed when there was too much to remember', () => {
    const many = Array.from({ length: 201 }, (_, i) =>
      sampleExposure({ id: `error-paths-${i.toString(16).padStart(12, '0')}` }),
    )
    const last = remember(null, at(H1, [sampleItem(many)]))
    expect(last.now.open).toBeNull()
    expect(sinceLast(last, at(H2, '1'))).toBeNull()
  })

  test('stands under the headline, and what it rests on in a hidden line', () => {
    const review = at(H2, '+1')
    const body = formatMarkdown(review, { marker: MARKER, last: remember(null, at(H1, '1 2')) })
    expect(body.split('\n').slice(0, 6).join('\n')).toMatchInlineSnapshot(`
      "<!-- airworthy:v1 -->
      <!-- airworthy:last {"now":{"head":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","open":[]},"before":{"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","open":["error-paths-000000000001","error-paths-000000000002"]}} -->
      ### Airworthy: pass · evidence 1 of 1 · confidence 100

      Since \`aaaaaaa\`: 1 covered, 1 gone
      "
    `)
    expect(formatMarkdown(review)).not.toContain('Since')
    expect(formatMarkdown(review, { last: null })).not.toContain('<!--')
  })

  test('stands under the one line of a quiet review too', () => {
    const body = formatMarkdown(at(H2, ''), { marker: MARKER, last: remember(null, at(H1, '1')) })
    expect(body.split('\n').slice(2).join('\n')).toMatchInlineSnapshot(`
      "**Airworthy: pass** · nothing exposed in 12 files (+340 -25)

      Since \`aaaaaaa\`: 1 gone
      "
    `)
  })
})

describe('what a comment remembers', () => {
  const memory: Memory = remember(remember(null, at(H1, '1 2')), at(H2, '2 3'))
  const line = `<!-- airworthy:last ${JSON.stringify(memory)} -->`
  const body = (second: string) => `<!-- ${MARKER} -->\n${second}\n### Airworthy`

  test('comes back from the comment of a review, and from the notice that replaced it', () => {
    const written = formatMarkdown(at(H3, '2 4'), { marker: MARKER, last: memory })
    expect(readMemory(written, MARKER)).toEqual(remember(memory, at(H3, '2 4')))
    expect(readMemory(written.replaceAll('\n', '\r\n'), MARKER)).toEqual(remember(memory, at(H3, '2 4')))
    const notice = { title: 'the policy is not valid', sentences: [] }
    expect(readMemory(noticeComment(notice, MARKER, memory), MARKER)).toEqual(memory)
    expect(readMemory(noticeComment(notice, MARKER, null), MARKER)).toBeNull()
  })

  test('stays within its bytes, and a report keeps its room', () => {
    const many = (from: number) =>
      sampleItem(
        Array.from({ length: 200 }, (_, i) =>
          sampleExposure({ id: `feature-flag-${(from + i).toString(16).padStart(12, '0')}` }),
        ),
      )
    const last = remember(null, at(H1, [many(0)]))
    const written = formatMarkdown(at(H2, [many(200)]), { marker: MARKER, last })
    expect(readMemory(written, MARKER)?.now.open).toHaveLength(200)
    expect(written.split('\n')[1]?.length).toBeLessThan(12_000)
    expect(Buffer.byteLength(written)).toBeLessThanOrEqual(60_000)
    const tight = { marker: MARKER, last, budgetBytes: 4096 }
    expect(() => formatMarkdown(at(H2, [many(200)]), tight)).toThrow(/budgetBytes must be at least 1\d{4}, not 4096/)
  })

  test('is read as it was written', () => expect(readMemory(body(line), MARKER)).toEqual(memory))

  test.each([
    ['without the marker before it', line],
    ['under another marker', `<!-- other:v1 -->\n${line}`],
    ['further down, where texts of the change stand', body(`### Airworthy\n${line}`)],
    ['that does not end', body(line.slice(0, -4))],
    ['that is no JSON', body('<!-- airworthy:last {now} -->')],
    ['of another shape', body('<!-- airworthy:last {"now":{"head":"main","open":[]},"before":null} -->')],
    ['with ids that are not ours', body(line.replace('error-paths', '@team'))],
    ['with a key too many', body(line.replace('{"now"', '{"x":1,"now"'))],
    ['that is too long', body(`<!-- airworthy:last ${' '.repeat(24_000)}${JSON.stringify(memory)} -->`)],
    ['that is not there', ''],
  ])('is nothing %s', (_, text) => expect(readMemory(text, MARKER)).toBeNull())
})
