import type { Review } from '../review/review-types.ts'
import { codeSpan } from './escape.ts'
import { byteLength, fitBudget, type Section } from './fit-budget.ts'
import { createEntryWriter, type EntryWriter, type MarkdownLinks, prose } from './markdown-entry.ts'
import { type Memory, memoryLine, remember, sinceLast } from './since-last.ts'
import { blocks, headline, type ItemView, isQuiet, notLookedAt, plural, verdictSentences, viewItem } from './summary.ts'

export interface MarkdownOptions {
  /** Without links, or where there is no commit to link to, places are plain code. */
  readonly links?: MarkdownLinks
  /** Bytes of UTF-8; 60,000 unless told. GitHub takes no comment over 65,536. At least 4,096. */
  readonly budgetBytes?: number
  /** Text of an HTML comment on the first line, by which the comment is found again: letters, digits, `:`, `.`, `=`, `/`, spaces. */
  readonly marker?: string
  /** What the comment remembered until now; null for a first comment. With it, and a marker, the comment remembers and says what changed. */
  readonly last?: Memory | null
}

const DEFAULT_BUDGET = 60_000
const MIN_BUDGET = 4096
/** More exposures of one check than this are folded. */
const VISIBLE = 5
const MARKER = /^[\w:.=/ ]{1,200}$/

/** The review as the body of a comment: verdict, checklist, what needs evidence; the rest folded. Ends with a line feed. */
export function formatMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { links, budgetBytes = DEFAULT_BUDGET, marker, last } = options
  if (marker !== undefined && !MARKER.test(marker)) throw new RangeError(`Not a marker: ${JSON.stringify(marker)}.`)
  const memory = last === undefined || marker === undefined ? '' : memoryLine(remember(last, review))
  const first = marker === undefined ? '' : `<!-- ${marker} -->\n${memory}`
  const least = MIN_BUDGET + byteLength(memory)
  if (budgetBytes < least) throw new RangeError(`budgetBytes must be at least ${least}, not ${budgetBytes}.`)
  const since = frame(sinceLast(last ?? null, review) ?? '')
  const views = review.items.map(viewItem)
  const write = createEntryWriter(review, links)
  const sections = isQuiet(review)
    ? [frame(first + headingText(review)), since, lowSection(write, views)]
    : [
        frame(`${first}### ${headingText(review)}`),
        since,
        reasonSection(review),
        checklistSection(write, review, views),
        ...views.flatMap((view) => [...openSections(write, view), tableSection(write, view)]),
        coveredSection(write, views),
        lowSection(write, views),
        notLookedAtSection(write, review),
        footerSection(review),
      ]
  const present = sections.filter(({ open, entries }) => entries.length > 0 || open !== '')
  return `${fitBudget(present, budgetBytes - 1)}\n`
}

function headingText(review: Review): string {
  const [verdict, ...rest] = headline(review)
  return [isQuiet(review) ? `**${verdict}**` : verdict, ...rest].join(' · ')
}

function frame(text: string): Section {
  return { rank: 0, open: text, entries: [], separator: '', close: '', more: () => '' }
}

function reasonSection(review: Review): Section {
  const entries = verdictSentences(review).map(prose)
  return {
    rank: 1,
    open: '',
    entries,
    separator: '\\\n',
    close: '',
    more: (hidden) => `And ${plural(hidden, 'more reason')}.`,
  }
}

function checklistSection(write: EntryWriter, review: Review, views: readonly ItemView[]): Section {
  const entries = views
    .filter(({ state }) => state !== 'off')
    .map((view) => write.checklist(view, blocks(view, review)))
  return {
    rank: 2,
    open: '',
    entries,
    separator: '\n',
    close: '',
    more: (hidden) => `- and ${plural(hidden, 'more check')}`,
  }
}

/** The worst exposures in sight, the others folded. */
function openSections(write: EntryWriter, { item, open }: ItemView): readonly Section[] {
  if (open.length === 0) return []
  const entries = open.map(write.open)
  const title = `#### ${item.id} · ${open.length} ${open.length === 1 ? 'needs' : 'need'} evidence\n\n`
  const more = (hidden: number): string => `And ${hidden} more.`
  const visible = { rank: 3, open: title, entries: entries.slice(0, VISIBLE), separator: '\n\n', close: '', more }
  const rest = entries.slice(VISIBLE)
  return rest.length === 0 ? [visible] : [visible, folded(5, `${rest.length} more in ${item.id}`, rest, '\n\n', more)]
}

/** The comparison behind what is exposed; the cell that differs is bold. */
function tableSection(write: EntryWriter, { item, open }: ItemView): Section {
  if (item.table === undefined || open.length === 0) return frame('')
  const { columns, rows, more } = item.table
  const entries = [...rows.map(write.row), ...(more > 0 ? [`\nAnd ${plural(more, 'more key')}.`] : [])]
  const heading = `${write.cells(columns)}\n${write.cells(columns.map(() => '---'))}\n`
  return { rank: 4, open: heading, entries, separator: '\n', close: '', more: (hidden) => `\nAnd ${hidden} more.` }
}

function coveredSection(write: EntryWriter, views: readonly ItemView[]): Section {
  const entries = views.flatMap(({ covered }) => covered.map(write.covered))
  return folded(6, `${entries.length} with evidence`, entries)
}

function lowSection(write: EntryWriter, views: readonly ItemView[]): Section {
  const entries = views.flatMap(({ low }) => low.map(write.low))
  return folded(7, plural(entries.length, 'low exposure'), entries)
}

function notLookedAtSection(write: EntryWriter, { notes }: Review): Section {
  const groups = notLookedAt(notes)
  const files = new Set(notes.flatMap(({ path }) => path ?? [])).size
  const counted = `${files > 0 ? `${plural(files, 'file')}, ` : ''}${plural(groups.length, 'reason')}`
  return folded(4, `Not looked at (${counted})`, groups.map(write.notLookedAt))
}

/** `summary` must be our own words: it stands inside HTML, where nothing is escaped. */
function folded(
  rank: number,
  summary: string,
  entries: readonly string[],
  separator = '\n',
  more: Section['more'] = (hidden) => `- and ${hidden} more`,
): Section {
  if (entries.length === 0) return frame('')
  const open = `<details>\n<summary>${summary}</summary>\n\n`
  return { rank, open, entries, separator, close: '\n\n</details>', more }
}

function footerSection({ change, policy, tool }: Review): Section {
  const head = /^[0-9a-f]{40,64}$/.test(change.head) ? change.head.slice(0, 7) : change.head
  const text = `<sub>${codeSpan(head)} · policy: ${prose(policy.source)} · ${tool.name} ${prose(tool.version)}</sub>`
  return { rank: 8, open: '', entries: [text], separator: '', close: '', more: () => '' }
}
