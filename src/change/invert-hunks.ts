import type { Hunk } from './change.ts'

/** The way back: hunks that make the base of the head. */
export function invertHunks(hunks: readonly Hunk[]): Hunk[] {
  return hunks.map(({ baseStart, baseLines, headStart, headLines, lines }) => ({
    baseStart: headStart,
    baseLines: headLines,
    headStart: baseStart,
    headLines: baseLines,
    lines: lines.map((line) => ({ ...line, kind: OPPOSITE[line.kind], base: line.head, head: line.base })),
  }))
}

const OPPOSITE = { add: 'del', del: 'add', context: 'context' } as const
