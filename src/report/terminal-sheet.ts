import type { Location } from '../change/change.ts'
import type { Severity } from '../checks/define-check.ts'
import type { Review } from '../review/review-types.ts'
import { escapeTerminal } from './escape.ts'
import { createPaint, type Paint, type Style } from './paint.ts'
import { wrapText } from './text-width.ts'

/**
 * Source lines from `context` lines before `at` to as many after it, in order; null when there are none,
 * and for files whose values may be secret: what this returns is printed.
 */
export type SourceLines = (
  at: Location,
  context: number,
) => readonly { readonly line: number; readonly text: string }[] | null

export interface TerminalOptions {
  /** Columns. Text wraps at it; a path is never broken, so that it can be clicked and copied. */
  readonly width: number
  readonly color: boolean
  /** False: ASCII only, for terminals that do not read UTF-8. */
  readonly unicode: boolean
  /** Where the excerpts come from. */
  readonly lines: SourceLines
  /** Also lists the low exposures, all that is covered, and why a check does not apply. */
  readonly verbose?: boolean
}

const UNICODE_GLYPHS = { dot: ' · ', dash: '–', more: '…', mark: '›', bar: '│', open: '✗', clear: '✓', unanswered: '?' }
const ASCII_GLYPHS = { dot: ', ', dash: '-', more: '...', mark: '>', bar: '|', open: 'x', clear: '+', unanswered: '?' }

export const VERDICT_STYLES = { pass: 'green', fail: 'red', advise: 'yellow' } as const satisfies Record<
  Review['verdict'],
  Style
>
export const SEVERITY_STYLES = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
} as const satisfies Record<Severity, Style>

const MIN_WIDTH = 40
/** Longer lines of prose are hard to read. */
const MAX_PROSE = 100

/** What every part of the terminal report needs to write a line. */
export interface Sheet {
  readonly width: number
  readonly unicode: boolean
  readonly verbose: boolean
  readonly lines: SourceLines
  readonly glyphs: Readonly<Record<keyof typeof UNICODE_GLYPHS, string>>
  readonly paint: Paint
  /** Text from the change, made harmless. */
  readonly plain: (text: string) => string
}

export function createSheet({ width, color, unicode, lines, verbose = false }: TerminalOptions): Sheet {
  return {
    width: Math.max(MIN_WIDTH, width),
    unicode,
    verbose,
    lines,
    glyphs: unicode ? UNICODE_GLYPHS : ASCII_GLYPHS,
    paint: createPaint(color),
    plain: (text) => escapeTerminal(text, unicode),
  }
}

/** Harmless text wrapped to the sheet, `indent` columns in; the label that begins it keeps its styles. */
export function paragraph(
  sheet: Sheet,
  indent: number,
  text: string,
  label = '',
  ...styles: readonly Style[]
): readonly string[] {
  const lines = wrapText(label + text, Math.min(sheet.width, MAX_PROSE) - indent)
  return lines.map((line, index) => {
    const labelled = index === 0 && line.startsWith(label)
    return ' '.repeat(indent) + (labelled ? sheet.paint(label, ...styles) + line.slice(label.length) : line)
  })
}
