import type { Location } from '../change/change.ts'
import type { Evidence, TableRow } from '../checks/define-check.ts'
import type { Review, ReviewedExposure } from '../review/review-types.ts'
import { codeSpan, escapeMarkdown, linkDestination, visible } from './escape.ts'
import { type ItemView, itemSentence, type NotLookedAt, placeOf, plural, points } from './summary.ts'

export interface MarkdownLinks {
  /** URL of these lines of a file at a commit. Paths come as they are: encode them (`uriPath`). */
  readonly blob: (path: string, sha: string, startLine: number, endLine: number) => string
  /** URL of a check's page. */
  readonly page?: (checkId: string) => string
}

const MAX_PROSE = 600
const MAX_PATH = 160
const MAX_CELL = 120
const SHOWN_PATHS = 20
const COMMIT_ID = /^[0-9a-f]{40,64}$/

/** Makes the lines of the Markdown report for one review. */
export interface EntryWriter {
  readonly checklist: (view: ItemView, blocks: boolean) => string
  readonly open: (exposure: ReviewedExposure) => string
  readonly covered: (exposure: ReviewedExposure) => string
  readonly low: (exposure: ReviewedExposure) => string
  readonly notLookedAt: (group: NotLookedAt) => string
  /** A line of a table; `---` stays what it is. */
  readonly cells: (texts: readonly string[]) => string
  readonly row: (row: TableRow) => string
}

export function createEntryWriter({ change }: Review, links: MarkdownLinks | undefined): EntryWriter {
  function place(at: Location): string {
    const label = codeSpan(clipMiddle(visible(placeOf(at)), MAX_PATH))
    const sha = at.side === 'head' ? change.head : (change.mergeBase ?? change.base)
    return COMMIT_ID.test(sha) ? linked(label, links?.blob(at.path, sha, at.startLine, at.endLine)) : label
  }

  function proof({ kind, says, at }: Evidence): string {
    return at === undefined ? `${kind}: ${prose(says)}` : `${kind} ${place(at)}: ${prose(says)}`
  }

  return {
    checklist: (view, blocks) => {
      const { id, title } = view.item
      const box = view.state === 'open' || view.state === 'unanswered' ? ' ' : 'x'
      const name = linked(escapeMarkdown(title), links?.page?.(id))
      return `- [${box}] **${name}**: ${prose(itemSentence(view.item))}${blocks ? ' (blocks)' : ''}`
    },
    open: ({ severity, at, cost, says, remedy }) =>
      [
        `**${severity}** · ${place(at)}${cost > 0 ? ` · costs ${points(cost)}` : ''}`,
        prose(says),
        `**To cover it:** ${prose(remedy)}`,
      ].join('\\\n'),
    covered: ({ at, says, evidence }) => {
      const [first] = evidence
      const more = evidence.length > 1 ? ` (and ${evidence.length - 1} more)` : ''
      return `- ${place(at)}: ${prose(says)}${first === undefined ? '' : `\\\n  ${proof(first)}${more}`}`
    },
    low: ({ at, says, covered }) => `- ${place(at)}: ${prose(says)}${covered ? ' (has evidence)' : ''}`,
    notLookedAt: ({ says, paths }) => {
      const shown = paths.slice(0, SHOWN_PATHS).map((path) => codeSpan(clipMiddle(visible(path), MAX_PATH)))
      const more = paths.length - shown.length
      const counted = paths.length > 1 ? ` (${plural(paths.length, 'file')})` : ''
      const list = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
      return `- ${prose(says)}${counted}${list === '' ? '' : `: ${list}`}`
    },
    cells: (texts) => tableLine(texts.map((text) => (text === '---' ? text : cellText(text)))),
    row: ({ key, cells }) =>
      tableLine([cellText(key), ...cells.map(({ text, odd }) => (odd ? `**${cellText(text)}** ⚠` : cellText(text)))]),
  }
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function cellText(text: string): string {
  return escapeMarkdown(clip(visible(text), MAX_CELL))
}

/** Code in a sentence: apart from its neighbours, so that no backtick ever touches another one. */
const CODE_IN_PROSE = /(?<![^\s("'])(`[^`\s](?:[^`]{0,118}[^`\s])?`)(?![^\s.,;:?!)"'])/

/** A sentence: what stands between backticks in it becomes code, the rest is escaped. */
export function prose(text: string): string {
  return clip(visible(text.replace(/\s+/gu, ' ')), MAX_PROSE)
    .split(CODE_IN_PROSE)
    .map((piece, index) => (index % 2 === 1 ? codeSpan(piece.slice(1, -1)) : escapePiece(piece)))
    .join('')
}

/** `escapeMarkdown` trims; the spaces around a code span are part of the sentence. */
function escapePiece(piece: string): string {
  if (piece.trim() === '') return piece === '' ? '' : ' '
  return `${piece.startsWith(' ') ? ' ' : ''}${escapeMarkdown(piece)}${piece.endsWith(' ') ? ' ' : ''}`
}

function linked(label: string, url: string | undefined): string {
  const destination = url === undefined ? null : linkDestination(url)
  return destination === null ? label : `[${label}](${destination})`
}

function clip(text: string, max: number): string {
  const characters = Array.from(text)
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : text
}

/** The end of a path says more than its middle. */
function clipMiddle(text: string, max: number): string {
  const characters = Array.from(text)
  const half = Math.floor(max / 2)
  return characters.length > max ? `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}` : text
}
