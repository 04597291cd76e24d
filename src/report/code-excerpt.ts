import type { ReviewedExposure } from '../review/review-types.ts'
import { plural } from './summary.ts'
import { SEVERITY_STYLES, type Sheet } from './terminal-sheet.ts'
import { cutToWidth, displayWidth } from './text-width.ts'

const CONTEXT = 2
const MAX_MARKED = 6
/** Kinds whose excerpt would print the value itself. */
const ABOUT_A_SECRET = /(?:^|-)(?:secret|credential|password)s?(?:-|$)/

/** The lines of an exposure, each of its own marked, as a compiler shows them. Empty when there is nothing to show. */
export function codeExcerpt(sheet: Sheet, exposure: ReviewedExposure): readonly string[] {
  if (exposure.concealed === true || ABOUT_A_SECRET.test(exposure.kind)) return []
  const { at } = exposure
  const endLine = Math.min(at.endLine, at.startLine + MAX_MARKED - 1)
  const lines = sheet.lines({ ...at, endLine }, CONTEXT) ?? []
  const digits = String(lines.at(-1)?.line ?? 0).length
  const rows = lines.map(({ line, text }) => {
    const number = String(line).padStart(digits)
    return line >= at.startLine && line <= endLine
      ? markedRow(sheet, exposure, number, text)
      : contextRow(sheet, number, text)
  })
  const hidden = at.endLine - endLine
  return hidden > 0 && rows.length > 0 ? [...rows, hiddenRow(sheet, digits, hidden)] : rows
}

function markedRow(sheet: Sheet, { at, severity }: ReviewedExposure, number: string, text: string): string {
  const gutter = `${at.side === 'base' ? '-' : sheet.glyphs.mark} ${number} ${sheet.glyphs.bar}`
  return `${sheet.paint(gutter, SEVERITY_STYLES[severity])} ${fitCode(sheet, gutter, text)}`.trimEnd()
}

function contextRow(sheet: Sheet, number: string, text: string): string {
  const gutter = `  ${number} ${sheet.glyphs.bar}`
  return sheet.paint(`${gutter} ${fitCode(sheet, gutter, text)}`.trimEnd(), 'dim')
}

function hiddenRow({ paint, glyphs }: Sheet, digits: number, hidden: number): string {
  return paint(`${' '.repeat(digits + 3)}${glyphs.bar} ${glyphs.more} and ${plural(hidden, 'more line')}`, 'dim')
}

function fitCode({ plain, width, glyphs }: Sheet, gutter: string, text: string): string {
  return cutToWidth(plain(text.replace(/\r$/, '')).trimEnd(), width - displayWidth(gutter) - 3, glyphs.more)
}
