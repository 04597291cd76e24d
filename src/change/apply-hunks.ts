import type { Hunk } from './change.ts'
import { splitLines } from './parse-patch.ts'

/** The head text that the hunks make of `base`; null when they do not fit it, line for line. */
export function applyHunks(base: string, hunks: readonly Hunk[]): string | null {
  const from = splitLines(base)
  const baseIsEnded = base === '' || base.endsWith('\n')
  const head: string[] = []
  let at = 0
  let unended = -1

  function copyTo(line: number): void {
    for (; at < line; at++) {
      if (at === from.length - 1 && !baseIsEnded) unended = head.length
      head.push(from[at] ?? '')
    }
  }
  for (const hunk of hunks) {
    // Where a side has no line, its start names the line before.
    const start = hunk.baseLines === 0 ? hunk.baseStart : hunk.baseStart - 1
    if (start < at || start > from.length) return null
    copyTo(start)
    for (const line of hunk.lines) {
      if (line.kind !== 'add') {
        const isUnended = at === from.length - 1 && !baseIsEnded
        if (from[at] !== line.text || line.noNewline !== isUnended) return null
        at++
      }
      if (line.kind !== 'del') {
        if (line.noNewline) unended = head.length
        head.push(line.text)
      }
    }
  }
  copyTo(from.length)
  if (unended !== -1 && unended !== head.length - 1) return null
  if (head.length === 0) return ''
  return head.join('\n') + (unended === -1 ? '\n' : '')
}
