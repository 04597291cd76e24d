import type { EntryKind, FileStatus, Hunk } from './change.ts'
import { splitLines } from './parse-patch.ts'
import { readFileRecord } from './read-file-record.ts'

/** One side of a file in a diff. `blob` is what the diff's `index` line says, often shortened; null when it says none. */
export interface DiffSide {
  readonly path: string
  readonly kind: EntryKind
  readonly blob: string | null
}

/** One file of a diff. Null sides and paths as in `ChangedFile`. */
export interface DiffFile {
  readonly path: string
  readonly status: FileStatus
  readonly base: DiffSide | null
  readonly head: DiffSide | null
  readonly binary: boolean
  readonly hunks: readonly Hunk[]
  /** 1-based line of the diff where the file starts. */
  readonly line: number
}

/**
 * Cuts a unified diff into files by counting the lines of its hunks. Reads what git prints (`git diff`, `git show`,
 * `git log -p`, `git format-patch`) and what `diff -u` prints; prose around the files is passed over.
 * A diff that is cut off, or that says a file's change in several parts, is a problem at a 1-based line.
 */
export function splitDiff(
  text: string,
): { readonly files: readonly DiffFile[] } | { readonly problem: string; readonly line: number } {
  let lines = splitLines(text)
  const files: DiffFile[] = []
  for (let at = 0; at < lines.length; ) {
    if (!startsFile(lines, at)) {
      at++
      continue
    }
    if (files.length === 0 && lines[at]?.endsWith('\r')) lines = withoutCarriageReturns(lines)
    const record = readFileRecord(lines, at)
    if ('problem' in record) return { problem: record.problem, line: record.line + 1 }
    add(files, record.file)
    at = record.end
  }
  if (files.length === 0 && text.trim() !== '') return { problem: 'There is no diff in this text.', line: 1 }
  return repeated(files) ?? { files }
}

/** Prose may hold a line like `--- x`; only with `+++ y` and a hunk behind it is it a file. */
function startsFile(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line.startsWith('diff --git ')) return true
  if (/^diff --(?:cc|combined) /.test(line)) return /^(?:index|mode|new file|deleted file) /.test(lines[at + 1] ?? '')
  if (line.startsWith('Binary files ') && line.trimEnd().endsWith(' differ')) return true
  if (line.startsWith('*** ') && lines[at + 1]?.startsWith('--- ')) return lines[at + 2]?.startsWith('*****') ?? false
  if (!line.startsWith('--- ') || !lines[at + 1]?.startsWith('+++ ')) return false
  return at + 2 >= lines.length || /^@@ -\d/.test(lines[at + 2] ?? '')
}

/** A whole diff that went through a program which ends lines with CRLF: its own lines have the `\r` as well. */
function withoutCarriageReturns(lines: readonly string[]): string[] {
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}

/** Git writes a change of type (file to link) as two files, the removed and the added one. */
function add(files: DiffFile[], file: DiffFile): void {
  const last = files.at(-1)
  if (last?.status !== 'removed' || file.status !== 'added' || last.path !== file.path) {
    files.push(file)
    return
  }
  const lines = [...last.hunks, ...file.hunks].flatMap((hunk) => hunk.lines)
  const [baseLines, headLines] = [countOf(last.hunks, 'baseLines'), countOf(file.hunks, 'headLines')]
  const hunk = { baseStart: Math.min(1, baseLines), baseLines, headStart: Math.min(1, headLines), headLines, lines }
  files[files.length - 1] = {
    ...file,
    status: last.base?.kind === file.head?.kind ? 'modified' : 'type-changed',
    base: last.base,
    binary: last.binary || file.binary,
    hunks: lines.length === 0 ? [] : [hunk],
    line: last.line,
  }
}

function countOf(hunks: readonly Hunk[], side: 'baseLines' | 'headLines'): number {
  return hunks.reduce((sum, hunk) => sum + hunk[side], 0)
}

function repeated(files: readonly DiffFile[]): { readonly problem: string; readonly line: number } | null {
  const seen = new Map<string, number>()
  for (const file of files) {
    const first = seen.get(file.path)
    if (first !== undefined) {
      const where = `The same file is already changed at line ${first}.`
      return { problem: `${where} Make one diff of the whole change: \`git diff BASE...HEAD\`.`, line: file.line }
    }
    seen.set(file.path, file.line)
  }
  return null
}
