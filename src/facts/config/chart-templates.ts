import type { Change, TreeEntry } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { type ConfigReference, MAX_CONFIG_CHARS } from './config-entry.ts'
import type { ChangedConfig } from './config-facts.ts'
import { configKind } from './config-family.ts'
import { referencesOf } from './config-references.ts'

/** Templates of one chart. */
const MAX_TEMPLATES = 150

/** What an unchanged template of a chart reads. */
export interface TemplateReads {
  readonly path: string
  readonly references: readonly ConfigReference[]
}

/** The folder of the chart whose base values a path holds; null for other files. */
export function chartOfValues(path: string): string | null {
  return /^(.+)\/values\.ya?ml$/.exec(path)?.[1] ?? null
}

/** Every value and section that a file of values has, as templates write them: `a`, `a.b`. */
export function valueNames(file: ChangedConfig['head']): ReadonlySet<string> {
  return file?.parsed.status === 'parsed'
    ? new Set(file.parsed.entries.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1).join('.'))))
    : new Set()
}

/** Unchanged templates of the charts whose values lost something. */
export function templatesInQuestion(files: readonly ChangedConfig[], change: Change): readonly TreeEntry[] {
  const changed = new Set(change.files.map(({ path }) => path))
  const entries = [...(change.headTree?.entries.values() ?? [])]
  return files.flatMap(({ file, base, head }) => {
    const chart = chartOfValues(file.path)
    const now = valueNames(head)
    if (chart === null || ![...valueNames(base)].some((name) => !now.has(name))) return []
    return entries
      .filter(
        ({ path }) => path.startsWith(`${chart}/templates/`) && !changed.has(path) && /\.(?:ya?ml|tpl|txt)$/.test(path),
      )
      .slice(0, MAX_TEMPLATES)
  })
}

export function templateReads(templates: readonly TreeEntry[], contents: Contents): readonly TemplateReads[] {
  return templates.flatMap((entry) => {
    const text = contents.textOf(entry)
    return text === null || text.length > MAX_CONFIG_CHARS || configKind(entry.path)?.family !== 'helm-template'
      ? []
      : [{ path: entry.path, references: referencesOf(text, 'helm-template') }]
  })
}
