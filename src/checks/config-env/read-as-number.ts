import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import type { Exposure } from '../define-check.ts'
import { locate, named, type Touched } from './touched.ts'

const FAMILIES = new Set(['dotenv', 'compose', 'helm-values', 'manifest', 'platform'])

/** A variable that the change sets to what its reader, which the change touches too, cannot read as a number. */
export function notNumbers(touched: readonly Touched[], facts: ConfigFactsOfChange): readonly Exposure[] {
  const numeric = new Map(
    facts.reads.flatMap(({ file, head }) =>
      head
        .filter((read) => read.numeric === true)
        .map((read) => [read.name, { path: file.path, line: read.line }] as const),
    ),
  )
  return touched.flatMap((setting): readonly Exposure[] => {
    const { after, file } = setting
    const reader = after === null ? undefined : numeric.get(after.path.at(-1) ?? '')
    if (after === null || reader === undefined || !after.variable || !FAMILIES.has(file.kind.family)) return []
    const { kind } = after.value.shape
    if (kind !== 'text' && kind !== 'quantity' && kind !== 'url' && kind !== 'boolean') return []
    return [
      {
        kind: 'type-differs',
        severity: 'medium',
        at: locate(file, after),
        says: `${named(after)} is no number here, and ${reader.path}:${reader.line} reads it as one and fails on anything else.`,
        remedy: `Write ${named(after)} as a plain number, in the unit that its reader takes.`,
        evidence: [],
        within: file.path,
        anchor: `${setting.key}:${setting.environment?.name ?? ''}`,
      },
    ]
  })
}
