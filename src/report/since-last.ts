import * as z from 'zod'
import type { Review } from '../review/review-types.ts'
import { codeSpan } from './escape.ts'
import { viewItem } from './summary.ts'

/** More open exposures than this are not remembered: 200 ids of two reviews take about 11 KB of a comment. */
const MOST_IDS = 200
/** Longer is not ours. */
const MAX_LINE = 24_000
const OPENS = '<!-- airworthy:last '
const CLOSES = ' -->'

const Sighting = z.strictObject({
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** Ids of the exposures of medium or more that had no evidence; null when they were too many to remember. */
  open: z
    .array(z.string().regex(/^[a-z][a-z-]{0,40}-[0-9a-f]{12}$/))
    .max(MOST_IDS)
    .nullable()
    .readonly(),
})
type Sighting = Readonly<z.infer<typeof Sighting>>

/**
 * What a comment remembers, because there is no database: the review that it shows, and the one of the head before. Both,
 * so that a second review of the same head says the same.
 */
const Memory = z.strictObject({ now: Sighting, before: Sighting.nullable() })
export type Memory = Readonly<z.infer<typeof Memory>>

/** What a comment of ours remembers; null when it remembers nothing that can be read. Only the second line counts: below it stand the texts of changes. */
export function readMemory(body: string, marker: string): Memory | null {
  const [first, second = ''] = body.replaceAll('\r\n', '\n').split('\n', 2)
  if (first !== `<!-- ${marker} -->` || second.length > MAX_LINE) return null
  if (!second.startsWith(OPENS) || !second.endsWith(CLOSES)) return null
  return parseMemory(second.slice(OPENS.length, -CLOSES.length))
}

function parseMemory(json: string): Memory | null {
  try {
    return Memory.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

/** The hidden line that `readMemory` reads. It holds commit ids and exposure ids, and nothing else. */
export function memoryLine(memory: Memory | null): string {
  return memory === null ? '' : `${OPENS}${JSON.stringify(memory)}${CLOSES}\n`
}

/** What the comment on `review` remembers, given what the one before it did. */
export function remember(last: Memory | null, review: Review): Memory {
  const before = lastHead(last, review)
  const { open, unseen } = compare(before, review)
  const ids = [...open, ...unseen].sort()
  return { now: { head: review.change.head, open: ids.length > MOST_IDS ? null : ids }, before }
}

/** One sentence on what became of the last head's open exposures; null without a last head, or when there is nothing to say. */
export function sinceLast(last: Memory | null, review: Review): string | null {
  const before = lastHead(last, review)
  if (before === null || before.open === null) return null
  const { open, unseen, covered, low } = compare(before, review)
  const known = new Set(before.open)
  const still = open.filter((id) => known.has(id)).length
  const gone = known.size - still - unseen.length - covered - low
  const parts = [
    [covered, 'covered'],
    [gone, 'gone'],
    [low, 'now low'],
    [open.length - still, 'new'],
    [still, 'still open'],
    [unseen.length, 'not looked at again'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return said.length === 0 ? null : `Since ${codeSpan(before.head.slice(0, 7))}: ${said.join(', ')}`
}

function lastHead(last: Memory | null, { change }: Review): Sighting | null {
  return last?.now.head === change.head ? last.before : (last?.now ?? null)
}

function compare(before: Sighting | null, { items }: Review) {
  const views = items.map(viewItem)
  const known = new Set(before?.open)
  const unassessed = new Set(
    views.flatMap(({ item, state }) => (state === 'unanswered' || state === 'off' ? item.id : [])),
  )
  return {
    open: views.flatMap(({ open }) => open.map(({ id }) => id)),
    /** What could not be looked at again is neither covered nor gone. */
    unseen: [...known].filter((id) => unassessed.has(checkOf(id))),
    covered: views.flatMap(({ item }) => exposuresOf(item)).filter(({ id, covered }) => covered && known.has(id))
      .length,
    low: views.flatMap((view) => view.low).filter(({ id, covered }) => !covered && known.has(id)).length,
  }
}

function exposuresOf({ outcome }: Review['items'][number]) {
  return 'exposures' in outcome ? outcome.exposures : []
}

/** `error-paths` of `error-paths-0a1b2c3d4e5f`. */
function checkOf(id: string): string {
  return id.slice(0, -13)
}
