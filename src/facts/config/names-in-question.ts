import type { ChangedConfig, ConfigFile, ReadsOfFile } from './config-facts.ts'

/** Older names of a file that are looked up beside its new ones. */
const MAX_WITNESSES = 100

/** Names that the change newly reads, defines for one environment, no longer defines, or newly takes from elsewhere: only for these is the tree searched. */
export function namesInQuestion(files: readonly ChangedConfig[], reads: readonly ReadsOfFile[]): ReadonlySet<string> {
  const before = new Set(reads.flatMap((file) => file.base.map((read) => read.name)))
  const names = new Set(reads.flatMap((file) => file.head.map((read) => read.name)).filter((name) => !before.has(name)))
  // Whether the team shows or sets its variables in this repository is seen by those that the same code read before.
  if (names.size > 0) for (const name of [...before].slice(0, MAX_WITNESSES)) names.add(name)
  for (const { base, head } of files) {
    const defined = new Set(variables(head))
    const known = new Set(variables(base))
    for (const name of known) if (!defined.has(name)) names.add(name)
    // A variable that one environment gains may have its default in code or in the application's own configuration.
    for (const name of placedVariables(head)) if (!known.has(name)) names.add(name)
    const referenced = new Set(references(base))
    const fresh = references(head).filter((name) => !referenced.has(name))
    for (const name of fresh) names.add(name)
    if (fresh.length > 0 && (head?.kind.family === 'spring' || head?.kind.family === 'compose'))
      for (const name of [...referenced].slice(0, MAX_WITNESSES)) names.add(name)
  }
  return names
}

function variables(file: ConfigFile | null): readonly string[] {
  if (file?.parsed.status !== 'parsed') return []
  return file.parsed.entries.filter((entry) => entry.variable).map((entry) => entry.path.at(-1) ?? '')
}

/** Of a chart's value at its top. Characters. */
const MIN_VALUE_NAME = 8

/** Variables of one environment: of the file's own, or of a section. */
function placedVariables(file: ConfigFile | null): readonly string[] {
  if (file?.parsed.status !== 'parsed') return []
  return file.parsed.entries
    .filter(({ variable, section }) => variable && (file.environment !== null || section !== null))
    .map((entry) => entry.path.at(-1) ?? '')
}

function references(file: ConfigFile | null): readonly string[] {
  if (file?.parsed.status !== 'parsed') return []
  return file.parsed.references.flatMap(({ kind, name }) => {
    if (kind === 'object-key') return [name.slice(name.lastIndexOf(' ') + 1)]
    // What installs a chart may give it a value by `--set a.b=…`; a short word stands in any file.
    const isTelling = name.includes('.') || name.length >= MIN_VALUE_NAME
    return kind === 'variable' || kind === 'secret' || (kind === 'chart-value' && isTelling) ? [name] : []
  })
}
