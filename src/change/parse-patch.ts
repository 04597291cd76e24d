import parseDiff from 'parse-diff'
import type { DiffLine, Hunk } from './change.ts'
import { type DiffProblem, type HunkText, scanHunk } from './scan-hunk.ts'

/**
 * Hunks of one file. `patch` is its hunks only, as in the `patch` field of GitHub's API; lines before the first `@@`
 * are passed over. An empty patch has no hunks. A patch that is cut off or malformed is a problem, never a shorter patch.
 */
export function parsePatch(patch: string): { readonly hunks: readonly Hunk[] } | { readonly problem: string } {
  const lines = splitLines(patch)
  const start = lines.findIndex((line) => line.startsWith('@@'))
  if (start === -1) return lines.length === 0 ? { hunks: [] } : { problem: 'The patch has no hunk.' }
  const read = readHunks(lines, start)
  if ('problem' in read) return { problem: `Line ${read.line + 1} of the patch: ${read.problem}` }
  if (read.end < lines.length) return { problem: `Line ${read.end + 1} of the patch belongs to no hunk.` }
  return { hunks: read.hunks }
}

/** The consecutive hunks that start at `lines[start]`, and the index after the last. */
export function readHunks(
  lines: readonly string[],
  start: number,
): { readonly hunks: readonly Hunk[]; readonly end: number } | DiffProblem {
  const texts: HunkText[] = []
  let end = start
  do {
    const text = scanHunk(lines, end)
    if ('problem' in text) return text
    // A hunk of nothing changes nothing, and parse-diff would read on past its end.
    if (text.body.length > 0) texts.push(text)
    end = text.end
  } while (lines[end]?.startsWith('@@'))
  return { hunks: toHunks(texts), end }
}

/** Lines without the line feed; the one that ends the text does not start another line. */
export function splitLines(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/**
 * parse-diff reads what `scanHunk` has counted. It gets headers that we wrote ourselves: it would take names from a
 * hunk's heading in quadratic time, and takes a marker line for a change.
 */
function toHunks(texts: readonly HunkText[]): Hunk[] {
  const chunks = parseDiff(texts.flatMap((text) => [headerOf(text), ...text.body]).join('\n'))[0]?.chunks ?? []
  return texts.map((text, index) => {
    const changes = chunks[index]?.changes ?? []
    if (changes.length !== text.body.length) throw new Error(`parse-diff lost lines of ${headerOf(text)}`)
    const lines = changes.map((change, at) => toLine(change, text.unended.has(at)))
    const { baseStart, baseLines, headStart, headLines } = text
    return { baseStart, baseLines, headStart, headLines, lines }
  })
}

function toLine(change: parseDiff.Change, noNewline: boolean): DiffLine {
  const text = change.content.slice(1)
  switch (change.type) {
    case 'add':
      return { kind: 'add', text, base: null, head: change.ln, noNewline }
    case 'del':
      return { kind: 'del', text, base: change.ln, head: null, noNewline }
    case 'normal':
      return { kind: 'context', text, base: change.ln1, head: change.ln2, noNewline }
  }
}

function headerOf(hunk: HunkText): string {
  return `@@ -${hunk.baseStart},${hunk.baseLines} +${hunk.headStart},${hunk.headLines} @@`
}
