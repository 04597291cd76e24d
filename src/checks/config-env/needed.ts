import type { ConfigEntry } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange, PlacedRead } from '../../facts/config/config-facts.ts'
import { codeReads } from './code-reads.ts'
import { isAddress, isTooling } from './variable-names.ts'

/** Where the head reads a key and has nothing in its place; null where nobody is seen to, or one reader goes on without it. */
export function neededAt(entry: ConfigEntry | null, facts: ConfigFactsOfChange): PlacedRead | null {
  if (entry === null) return null
  const reads = [...codeReads(entry, facts), ...printed(entry, facts)].filter(({ at }) => !isTooling(at.path))
  if (reads.some(({ form }) => form === 'default' || form === 'optional')) return null
  const name = entry.path.at(-1) ?? ''
  return reads.find(({ form }) => form === 'required') ?? (isAddress(name) ? (reads[0] ?? null) : null)
}

/** Templates of the change that print the value plainly. */
function printed({ path }: ConfigEntry, facts: ConfigFactsOfChange): readonly PlacedRead[] {
  const name = path.join('.')
  return facts.files.flatMap(({ head }) =>
    head?.kind.family === 'helm-template' && head.parsed.status === 'parsed'
      ? head.parsed.references
          .filter((reference) => reference.kind === 'chart-value' && reference.name === name)
          .map(
            ({ line, optional }): PlacedRead => ({
              at: { path: head.path, startLine: line, endLine: line, side: 'head' },
              form: optional ? 'optional' : 'plain',
            }),
          )
      : [],
  )
}
