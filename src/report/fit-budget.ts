/** A part of a text that may be cut: whole entries are left out, and their number is said in their place. */
export interface Section {
  /** Lower is filled first. */
  readonly rank: number
  readonly open: string
  readonly entries: readonly string[]
  /** Stands between two entries, and between the last one and `more`. */
  readonly separator: string
  readonly close: string
  /** What stands for the entries left out. */
  readonly more: (hidden: number) => string
}

const GAP = '\n\n'

/**
 * Sections in their order, a blank line between, within `budget` bytes of UTF-8. Frames and counts are always there;
 * entries are added by rank as long as they fit. Throws a RangeError when the frames alone do not fit.
 */
export function fitBudget(sections: readonly Section[], budget: number): string {
  const frames = sections.map((section) => render(section, 0))
  let left = budget - byteLength(frames.join(GAP))
  if (left < 0) throw new RangeError(`A budget of ${budget} bytes is too small for this report.`)
  const shown = new Map<Section, number>()
  for (const section of [...sections].sort((a, b) => a.rank - b.rank)) {
    const count = countFitting(section, left)
    left -= section.entries.slice(0, count).reduce((total, entry) => total + entryBytes(section, entry), 0)
    shown.set(section, count)
  }
  return sections.map((section) => render(section, shown.get(section) ?? 0)).join(GAP)
}

function countFitting(section: Section, room: number): number {
  let left = room
  let count = 0
  for (const entry of section.entries) {
    left -= entryBytes(section, entry)
    if (left < 0) return count
    count += 1
  }
  return count
}

function entryBytes({ separator }: Section, entry: string): number {
  return byteLength(entry) + byteLength(separator)
}

function render({ open, entries, separator, close, more }: Section, count: number): string {
  const hidden = entries.length - count
  const lines = [...entries.slice(0, count), ...(hidden > 0 ? [more(hidden)] : [])]
  return open + lines.join(separator) + close
}

/** UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
