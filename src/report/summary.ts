import type { Location, Note } from '../change/change.ts'
import { SEVERITIES } from '../checks/define-check.ts'
import type { Item, Review, ReviewedExposure } from '../review/review-types.ts'

/** What every report says in the same words. Texts here are plain: each report escapes them for its own target. */

/** An item as a reader needs it: exposures of medium or more that lack evidence, those that have it, and the low ones. */
export interface ItemView {
  readonly item: Item
  readonly state: 'open' | 'clear' | 'unanswered' | 'not-applicable' | 'off'
  readonly open: readonly ReviewedExposure[]
  readonly covered: readonly ReviewedExposure[]
  readonly low: readonly ReviewedExposure[]
}

/** What was not looked at for one reason. `paths` is empty when the note is about no file. */
export interface NotLookedAt {
  readonly says: string
  readonly paths: readonly string[]
}

export function viewItem(item: Item): ItemView {
  const exposures = 'exposures' in item.outcome ? [...item.outcome.exposures].sort(byUrgency) : []
  const raised = exposures.filter(({ severity }) => severity !== 'low')
  const open = raised.filter(({ covered }) => !covered)
  return {
    item,
    state: stateOf(item, open.length),
    open,
    covered: raised.filter(({ covered }) => covered),
    low: exposures.filter(({ severity }) => severity === 'low'),
  }
}

function stateOf({ outcome }: Item, open: number): ItemView['state'] {
  if (outcome.status === 'unknown' || outcome.status === 'error') return 'unanswered'
  if (outcome.status === 'not-applicable' || outcome.status === 'off') return outcome.status
  return open > 0 ? 'open' : 'clear'
}

/** Worst first, then dearest, then by place; the same for the same exposures in any order. */
function byUrgency(a: ReviewedExposure, b: ReviewedExposure): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    b.cost - a.cost ||
    compareText(a.at.path, b.at.path) ||
    a.at.startLine - b.at.startLine ||
    compareText(a.id, b.id)
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The verdict and what it rests on, most important first: `Airworthy: fail`, `evidence 2 of 5`, `confidence 71`. */
export function headline(review: Review): readonly [verdict: string, ...rest: readonly string[]] {
  const views = review.items.map(viewItem)
  const open = sum(views, ({ open }) => open.length)
  const covered = sum(views, ({ covered }) => covered.length)
  const low = sum(views, ({ low }) => low.length)
  const unanswered = views.filter(({ state }) => state === 'unanswered').length
  const rest = [
    unanswered > 0 ? `${plural(unanswered, 'check')} could not look` : '',
    open + covered > 0 ? `evidence ${covered} of ${open + covered}` : nothingRaised(review, views, low > 0),
    low > 0 ? `${low} low` : '',
    open + covered + low > 0 ? `confidence ${points(review.confidence)}` : '',
  ]
  return [`Airworthy: ${review.verdict}`, ...rest.filter((part) => part !== '')]
}

function nothingRaised({ change }: Review, views: readonly ItemView[], low: boolean): string {
  const states = new Set(views.map(({ state }) => state))
  const files = plural(change.files, 'file')
  const size = low || states.has('unanswered') ? files : `${files} (+${change.additions} -${change.deletions})`
  if (change.files === 0) return 'nothing changed'
  if (states.has('clear'))
    return `nothing ${states.has('unanswered') ? 'else ' : ''}${low ? 'to raise' : 'exposed'} in ${size}`
  if (states.has('unanswered')) return ''
  return states.has('not-applicable') ? `no check applies to ${size}` : 'every check is off'
}

/** True when the headline says it all: no exposure of medium or more, no check or file that was not looked at. */
export function isQuiet({ verdict, items, notes }: Review): boolean {
  const silent = items
    .map(viewItem)
    .every(({ state, covered }) => state !== 'open' && state !== 'unanswered' && covered.length === 0)
  return verdict !== 'fail' && silent && notes.length === 0
}

/** Why the verdict is what it is, a sentence each. */
export function verdictSentences({ verdict, reasons }: Review): readonly string[] {
  return verdict === 'advise' ? ['Advise mode: this verdict blocks nothing.'] : reasons
}

/** What the checklist says about an item, after its name. */
export function itemSentence({ summary, outcome }: Item): string {
  if (outcome.status === 'not-applicable') return `not applicable: ${outcome.reason}`
  if (outcome.status === 'unknown') return `could not look: ${outcome.reason}`
  if (outcome.status === 'error') return `the check failed: ${outcome.reason}`
  return outcome.status === 'off' ? 'off' : summary
}

/** True when this item alone fails the review. */
export function blocks({ item, state, open }: ItemView, { verdict }: Review): boolean {
  if (verdict !== 'fail') return false
  return state === 'unanswered' ? item.level === 'block' : open.some(({ level }) => level === 'block')
}

/** `src/a.ts:41` or `src/a.ts:41-43`; a place in removed code says so. */
export function placeOf({ path, startLine, endLine, side }: Location): string {
  const lines = endLine > startLine ? `${startLine}-${endLine}` : `${startLine}`
  return `${path}:${lines}${side === 'base' ? ' (removed)' : ''}`
}

/** Notes of one kind and wording together, in the order of their first; paths in theirs. */
export function notLookedAt(notes: readonly Note[]): readonly NotLookedAt[] {
  const groups = new Map<string, { says: string; paths: string[] }>()
  for (const { kind, says, path } of notes) {
    const key = JSON.stringify([kind, says, path === undefined])
    const group = groups.get(key) ?? { says, paths: [] }
    if (path !== undefined) group.paths.push(path)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Points of confidence with at most one decimal, rounded down: 79.96 is not 80. */
export function points(value: number): string {
  return String(Math.floor(value * 10 + 1e-6) / 10)
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function sum<T>(values: readonly T[], count: (value: T) => number): number {
  return values.reduce((total, value) => total + count(value), 0)
}
