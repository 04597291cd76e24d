import type { ConfigEntry } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange, PlacedRead } from '../../facts/config/config-facts.ts'

/** Where the head's code is seen to read the variable that an entry sets. */
export function codeReads(entry: ConfigEntry, facts: ConfigFactsOfChange): readonly PlacedRead[] {
  const name = entry.path.at(-1) ?? ''
  const changed = facts.reads.flatMap(({ file, head }) =>
    head
      .filter((read) => read.name === name)
      .map((read) => ({
        at: { path: file.path, startLine: read.line, endLine: read.line, side: 'head' as const },
        form: read.form,
      })),
  )
  return [...changed, ...(facts.readElsewhere.get(name) ?? [])]
}
