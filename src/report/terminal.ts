import type { Review } from '../review/review-types.ts'
import { blocks, headline, type ItemView, isQuiet, notLookedAt, plural, verdictSentences, viewItem } from './summary.ts'
import { itemGroups, itemLines } from './terminal-item.ts'
import { createSheet, paragraph, type Sheet, type TerminalOptions, VERDICT_STYLES } from './terminal-sheet.ts'

const SHOWN_PATHS = 3

/** The review for a person at a terminal: the verdict, by check what needs evidence, and what was not looked at. */
export function formatTerminal(review: Review, options: TerminalOptions): string {
  const sheet = createSheet(options)
  const views = review.items.map(viewItem)
  const head = headLines(sheet, review)
  const blocksOfLines =
    isQuiet(review) && !sheet.verbose
      ? [head]
      : [head, ...checklist(sheet, review, views), notLookedAtLines(sheet, review), tailLines(sheet, review, views)]
  const text = blocksOfLines.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${text.join('\n\n')}\n`
}

function headLines(sheet: Sheet, review: Review): readonly string[] {
  const [verdict, ...rest] = headline(review)
  const text = rest.map((part) => sheet.glyphs.dot + part).join('')
  return [
    ...paragraph(sheet, 0, text, verdict, 'bold', VERDICT_STYLES[review.verdict]),
    ...verdictSentences(review).flatMap((sentence) => paragraph(sheet, 0, sheet.plain(sentence))),
  ]
}

/** Items with nothing under them stand together, the others apart. */
function checklist(sheet: Sheet, review: Review, views: readonly ItemView[]): readonly (readonly string[])[] {
  const sections: string[][] = []
  let together: string[] = []
  for (const view of views) {
    if (isIdle(view) && !sheet.verbose) continue
    const groups = itemGroups(sheet, view)
    const lines = itemLines(sheet, view, blocks(view, review))
    if (groups.length > 0) {
      sections.push(view.open.length > 0 ? [...lines] : [...lines, ...groups.flat()])
      if (view.open.length > 0) sections.push(...groups.map((group) => [...group]))
      together = []
    } else {
      if (together.length === 0) sections.push(together)
      together.push(...lines)
    }
  }
  return sections
}

function isIdle({ state }: ItemView): boolean {
  return state === 'not-applicable' || state === 'off'
}

function notLookedAtLines(sheet: Sheet, review: Review): readonly string[] {
  const { plain, paint, verbose, glyphs } = sheet
  const groups = notLookedAt(review.notes)
  if (groups.length === 0) return []
  const lines = groups.flatMap(({ says, paths }) => {
    const shown = verbose ? paths : paths.slice(0, SHOWN_PATHS)
    const more = paths.length - shown.length
    if (paths.length === 1) return paragraph(sheet, 2, `${plain(paths.join())}: ${plain(says)}`)
    const counted = paths.length > 1 ? ` (${plural(paths.length, 'file')})` : ''
    return [
      ...paragraph(sheet, 2, plain(says) + counted),
      ...shown.map((path) => paint(`    ${plain(path)}`, 'dim')),
      ...(more > 0 ? [paint(`    ${glyphs.more} and ${more} more`, 'dim')] : []),
    ]
  })
  return [paint('Not looked at', 'bold'), ...lines]
}

function tailLines(sheet: Sheet, review: Review, views: readonly ItemView[]): readonly string[] {
  const idle = (['not-applicable', 'off'] as const).map((state) => {
    const ids = views.filter((view) => view.state === state).map(({ item }) => item.id)
    return ids.length > 0 ? `${state === 'off' ? 'Off' : 'Not applicable'}: ${ids.join(', ')}.` : ''
  })
  const [open] = views.filter(({ state }) => state === 'open')
  const explain = open === undefined ? '' : `How a check decides: airworthy explain ${open.item.id}`
  const policy = [...(sheet.verbose ? [] : idle), `Policy: ${review.policy.source}.`]
    .filter((part) => part !== '')
    .join(' ')
  return [policy, explain]
    .filter((text) => text !== '')
    .flatMap((text) => paragraph(sheet, 0, sheet.plain(text)))
    .map((line) => sheet.paint(line, 'dim'))
}
