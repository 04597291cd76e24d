import { diffArrays } from 'diff'
import type { DiffLine, Hunk } from './change.ts'

const CONTEXT = 3
/** Beyond this many inserted and removed lines the middle counts as replaced: the search is quadratic in it. */
const MAX_EDITS = 6000

interface Row {
  readonly kind: DiffLine['kind']
  /** With its line feed, where it has one. */
  readonly raw: string
}

/**
 * Hunks between two texts, with three lines of context, as a unified diff has them.
 * For files whose patch the host leaves out. Which of several equal lines counts as new may differ from git's choice.
 */
export function diffLines(base: string, head: string): readonly Hunk[] {
  return hunksOf(rowsOf(splitLines(base), splitLines(head)))
}

/** One hunk that takes all of the base away and puts all of the head there: for a path that becomes another kind of thing. */
export function replaceLines(base: string, head: string): readonly Hunk[] {
  return hunksOf([...rows(splitLines(base), 'del'), ...rows(splitLines(head), 'add')])
}

function rows(lines: readonly string[], kind: Row['kind']): readonly Row[] {
  return lines.map((raw) => ({ kind, raw }))
}

function splitLines(text: string): readonly string[] {
  const lines = text.split('\n')
  const last = lines.pop()
  const ended = lines.map((line) => `${line}\n`)
  return last ? [...ended, last] : ended
}

function rowsOf(base: readonly string[], head: readonly string[]): readonly Row[] {
  const changes = diffArrays([...base], [...head], { maxEditLength: MAX_EDITS })
  if (changes === undefined) return replacedMiddle(base, head)
  return changes.flatMap((change) => rows(change.value, change.added ? 'add' : change.removed ? 'del' : 'context'))
}

function replacedMiddle(base: readonly string[], head: readonly string[]): readonly Row[] {
  const shorter = Math.min(base.length, head.length)
  let start = 0
  while (start < shorter && base[start] === head[start]) start++
  let end = 0
  while (end < shorter - start && base[base.length - 1 - end] === head[head.length - 1 - end]) end++
  return [
    ...rows(base.slice(0, start), 'context'),
    ...rows(base.slice(start, base.length - end), 'del'),
    ...rows(head.slice(start, head.length - end), 'add'),
    ...rows(base.slice(base.length - end), 'context'),
  ]
}

function hunksOf(rows: readonly Row[]): readonly Hunk[] {
  const lines = numbered(rows)
  const hunks: Hunk[] = []
  let from = nextEdit(lines, 0)
  while (from < lines.length) {
    let to = endOfEdit(lines, from)
    let next = nextEdit(lines, to)
    while (next < lines.length && next - to <= 2 * CONTEXT) {
      to = endOfEdit(lines, next)
      next = nextEdit(lines, to)
    }
    hunks.push(hunkOf(lines, Math.max(0, from - CONTEXT), Math.min(lines.length, to + CONTEXT)))
    from = next
  }
  return hunks
}

function numbered(rows: readonly Row[]): readonly DiffLine[] {
  let base = 0
  let head = 0
  return rows.map(({ kind, raw }) => ({
    kind,
    text: raw.endsWith('\n') ? raw.slice(0, -1) : raw,
    base: kind === 'add' ? null : ++base,
    head: kind === 'del' ? null : ++head,
    noNewline: !raw.endsWith('\n'),
  }))
}

function nextEdit(lines: readonly DiffLine[], from: number): number {
  let at = from
  while (at < lines.length && lines[at]?.kind === 'context') at++
  return at
}

function endOfEdit(lines: readonly DiffLine[], from: number): number {
  let at = from
  while (at < lines.length && lines[at]?.kind !== 'context') at++
  return at
}

/** A side without a line starts, as in a unified diff, at the line before; 0 when there is none. */
function hunkOf(lines: readonly DiffLine[], from: number, to: number): Hunk {
  const own = lines.slice(from, to)
  const side = (name: 'base' | 'head') => {
    const numbers = own.flatMap((line) => line[name] ?? [])
    return { start: numbers[0] ?? lineBefore(lines, from, name), count: numbers.length }
  }
  const [base, head] = [side('base'), side('head')]
  return { baseStart: base.start, baseLines: base.count, headStart: head.start, headLines: head.count, lines: own }
}

function lineBefore(lines: readonly DiffLine[], from: number, side: 'base' | 'head'): number {
  let at = from - 1
  while (at >= 0 && lines[at]?.[side] === null) at--
  return lines[at]?.[side] ?? 0
}
