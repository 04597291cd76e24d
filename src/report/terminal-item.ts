import type { Evidence } from '../checks/define-check.ts'
import type { ReviewedExposure } from '../review/review-types.ts'
import { codeExcerpt } from './code-excerpt.ts'
import type { Style } from './paint.ts'
import { type ItemView, itemSentence, placeOf, plural, points } from './summary.ts'
import { paragraph, SEVERITY_STYLES, type Sheet } from './terminal-sheet.ts'
import { cutToWidth, displayWidth } from './text-width.ts'

const INDENT = 2
const SHOWN_COVERED = 3
const STATE_STYLES = {
  open: 'red',
  clear: 'green',
  unanswered: 'yellow',
  'not-applicable': 'dim',
  off: 'dim',
} as const satisfies Record<ItemView['state'], Style>

/** The line of the checklist: mark, id, what was found. */
export function itemLines(sheet: Sheet, { item, state }: ItemView, blocks: boolean): readonly string[] {
  const { glyphs, plain } = sheet
  const glyph = state === 'not-applicable' || state === 'off' ? glyphs.dash : glyphs[state]
  const text = `: ${plain(itemSentence(item))}${blocks ? ' (blocks)' : ''}`
  const [first = '', ...rest] = paragraph(sheet, INDENT, text, plain(item.id), 'bold')
  return [sheet.paint(glyph, 'bold', STATE_STYLES[state]) + first.slice(glyph.length), ...rest]
}

/** What stands under an item, in groups: an exposure that needs evidence each, then the covered and the low ones. */
export function itemGroups(sheet: Sheet, { open, covered, low }: ItemView): readonly (readonly string[])[] {
  const rest = [...coveredLines(sheet, covered), ...lowLines(sheet, low)]
  return [...open.map((exposure) => exposureLines(sheet, exposure)), ...(rest.length > 0 ? [rest] : [])]
}

function exposureLines(sheet: Sheet, exposure: ReviewedExposure): readonly string[] {
  const { paint, plain } = sheet
  const { severity, at, cost } = exposure
  const accent = SEVERITY_STYLES[severity]
  const place = plain(placeOf({ ...at, endLine: at.startLine }))
  const price = cost > 0 ? paint(`  costs ${points(cost)}`, 'dim') : ''
  return [
    `  ${paint(severity, 'bold', accent)}  ${paint(place, 'bold')}${price}`,
    ...paragraph(sheet, INDENT, plain(exposure.says)),
    ...codeExcerpt(sheet, exposure).map((line) => ' '.repeat(INDENT) + line),
    ...paragraph(sheet, INDENT, ` ${plain(exposure.remedy)}`, 'To cover it:', 'bold'),
  ]
}

function coveredLines(sheet: Sheet, covered: readonly ReviewedExposure[]): readonly string[] {
  const shown = sheet.verbose ? covered : covered.slice(0, SHOWN_COVERED)
  const hidden = covered.length - shown.length
  return [
    ...shown.map((exposure) =>
      foldedLine(sheet, sheet.glyphs.clear, 'green', exposure, evidenceText(exposure.evidence)),
    ),
    ...(hidden > 0 ? [sheet.paint(`  ${sheet.glyphs.more} and ${hidden} more with evidence`, 'dim')] : []),
  ]
}

function lowLines(sheet: Sheet, low: readonly ReviewedExposure[]): readonly string[] {
  if (low.length === 0) return []
  const listed = sheet.verbose ? low : []
  return [
    sheet.paint(`  ${plural(low.length, 'low exposure')}`, 'dim'),
    ...listed.map((exposure) => foldedLine(sheet, sheet.glyphs.dash, 'blue', exposure, exposure.says)),
  ]
}

/** One line: mark, place, and as much of the text as fits. */
function foldedLine(sheet: Sheet, mark: string, style: Style, { at }: ReviewedExposure, text: string): string {
  const { paint, plain, width, glyphs } = sheet
  const place = plain(placeOf({ ...at, endLine: at.startLine }))
  const room = width - displayWidth(`  ${mark} ${place}  `)
  const rest = room > 10 ? `  ${cutToWidth(plain(text), room, glyphs.more)}` : ''
  return `  ${paint(mark, style)} ${place}${paint(rest, 'dim')}`
}

function evidenceText(evidence: readonly Evidence[]): string {
  const [first] = evidence
  if (first === undefined) return ''
  const more = evidence.length > 1 ? ` and ${evidence.length - 1} more` : ''
  return `${first.kind}: ${first.at === undefined ? first.says : placeOf({ ...first.at, endLine: first.at.startLine })}${more}`
}
