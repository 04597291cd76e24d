import type { Location } from '../../change/change.ts'
import type { ConfigEntry } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import type { ReadForm } from '../../facts/config/env-reads.ts'

/** Where the head's code is seen to read the variable that an entry sets. `form` is null where only the place is known. */
export function codeReads(
  entry: ConfigEntry,
  facts: ConfigFactsOfChange,
): readonly { readonly at: Location; readonly form: ReadForm | null }[] {
  const name = entry.path.at(-1) ?? ''
  const changed = facts.reads.flatMap(({ file, head }) =>
    head
      .filter((read) => read.name === name)
      .map((read) => ({
        at: { path: file.path, startLine: read.line, endLine: read.line, side: 'head' as const },
        form: read.form,
      })),
  )
  return [...changed, ...(facts.readElsewhere.get(name) ?? []).map((at) => ({ at, form: null }))]
}
