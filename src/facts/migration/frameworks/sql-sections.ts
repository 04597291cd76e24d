/** Text of one direction of a SQL file that holds both, and the line it starts on. */
export interface Section {
  readonly text: string
  readonly line: number
}

export interface Sections {
  readonly up: readonly Section[]
  readonly down: readonly Section[]
  /** 1-based line of the first down marker; null when there is none. */
  readonly downLine: number | null
}

const UP = /^(?:--\s*\+goose\s+up|--\s*migrate:up|--\s*\+migrate\s+up|#\s*---\s*!Ups)\b/i
const DOWN = /^(?:--\s*\+goose\s+down|--\s*migrate:down|--\s*\+migrate\s+down|#\s*---\s*!Downs)\b/i

/** Cuts a goose, dbmate, sql-migrate or Play file at its marker lines. What stands before the first marker is up. */
export function cutSections(text: string): Sections {
  const up: Section[] = []
  const down: Section[] = []
  let downLine: number | null = null
  let direction = up
  let from = 1
  let lines: string[] = []
  const close = (next: number) => {
    direction.push({ text: lines.join('\n'), line: from })
    lines = []
    from = next + 1
  }
  text.split('\n').forEach((line, i) => {
    const isDown = DOWN.test(line)
    if (!isDown && !UP.test(line)) {
      lines.push(line)
      return
    }
    close(i + 1)
    direction = isDown ? down : up
    if (isDown) downLine ??= i + 1
  })
  close(0)
  return { up, down, downLine }
}

export interface ChangeSet {
  readonly up: Section
  /** SQL of its `--rollback` lines; null when it has none. */
  readonly rollback: Section | null
  /** `--rollback empty` or `--rollback not required`. */
  readonly declaredEmpty: boolean
}

/** Cuts Liquibase's formatted SQL into its change sets. */
export function cutChangeSets(text: string): readonly ChangeSet[] {
  const sets: ChangeSet[] = []
  let open: { line: number; lines: string[]; rollback: string[]; rollbackLine: number } | null = null
  const close = () => {
    if (open === null) return
    const rollback = open.rollback.join('\n').trim()
    const declaredEmpty = /^(?:empty|not required)$/i.test(rollback)
    const section = rollback === '' || declaredEmpty ? null : { text: rollback, line: open.rollbackLine }
    sets.push({ up: { text: open.lines.join('\n'), line: open.line }, rollback: section, declaredEmpty })
  }
  text.split('\n').forEach((line, i) => {
    if (/^--\s*changeset\s/i.test(line)) {
      close()
      open = { line: i + 1, lines: [line], rollback: [], rollbackLine: 0 }
      return
    }
    if (open === null) return
    const rollback = /^--\s*rollback\b(.*)$/i.exec(line)
    open.lines.push(rollback ? '' : line)
    if (rollback) {
      open.rollback.push((rollback[1] ?? '').trim())
      open.rollbackLine ||= i + 1
    }
  })
  close()
  return sets
}
