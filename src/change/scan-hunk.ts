/** One hunk as it stands in a diff, its lines counted and nothing else understood yet. */
export interface HunkText {
  readonly baseStart: number
  readonly baseLines: number
  readonly headStart: number
  readonly headLines: number
  /** Lines with their leading `+`, `-` or space; an empty line has got its lost space back. Markers are taken out. */
  readonly body: readonly string[]
  /** Indexes in `body` of the lines that "\ No newline at end of file" follows. */
  readonly unended: ReadonlySet<number>
  /** Index of the first line after the hunk. */
  readonly end: number
}

/** `line` is an index into the lines that were scanned. */
export interface DiffProblem {
  readonly problem: string
  readonly line: number
}

// Ten digits are more lines than any file has; without the cap a row of digits costs quadratic time.
const HEADER = /^@@ -(\d{1,10})(?:,(\d{1,10}))? \+(\d{1,10})(?:,(\d{1,10}))? @@/

/** Cuts the hunk whose header stands at `lines[at]` by counting what the header promises. */
export function scanHunk(lines: readonly string[], at: number): HunkText | DiffProblem {
  const header = lines[at] ?? ''
  const match = HEADER.exec(header)
  if (!match) return { problem: whyNoHunk(header), line: at }
  const [baseStart = 0, baseLines = 1, headStart = 0, headLines = 1] = match.slice(1).map(toNumber)

  const body: string[] = []
  const unended = new Set<number>()
  let base = baseLines
  let head = headLines
  let end = at + 1
  for (; base > 0 || head > 0 || lines[end]?.startsWith('\\'); end++) {
    const line = lines[end]
    if (line === undefined) return cutOff(lines.length - 1, base, head)
    // Git prints this marker in the language of whoever made the diff; the backslash is what says it.
    if (line.startsWith('\\')) {
      if (body.length === 0) return { problem: 'A "\\ No newline" mark follows no line of its hunk.', line: end }
      unended.add(body.length - 1)
      continue
    }
    const kind = line[0] ?? ' '
    if (kind === '+') head--
    else if (kind === '-') base--
    else if (kind === ' ' || line === '' || line === '\r') {
      base--
      head--
    } else return cutOff(end, base, head)
    if (base < 0 || head < 0) return { problem: 'The hunk has more lines than its header says.', line: end }
    // Mailers and editors strip the lone space of an empty context line.
    body.push(line === '' || line === '\r' ? ` ${line}` : line)
  }
  return { baseStart, baseLines, headStart, headLines, body, unended, end }
}

function cutOff(line: number, base: number, head: number): DiffProblem {
  const missing = Math.max(base, head)
  return {
    problem: `The diff is cut off here: its hunk promises ${missing} more line${missing === 1 ? '' : 's'}.`,
    line,
  }
}

function whyNoHunk(header: string): string {
  return header.startsWith('@@@')
    ? 'This is the combined diff of a merge, which shows only part of the change; make one with `git diff BASE...HEAD`.'
    : 'A hunk header like `@@ -1,2 +1,3 @@` was expected here.'
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}
