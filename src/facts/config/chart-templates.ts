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

/** The chart whose values a file beside or below them is laid over: `web/values-neon.yaml`, `web/env/values-eu.yaml`. */
export function chartOver(path: string, charts: ReadonlySet<string>): string | null {
  const match = /^(.+?)(?:\/(?:envs?|environments|values))?\/values[._-][\w.-]+\.ya?ml$/.exec(path)
  const chart = match?.[1] ?? ''
  return match !== null && charts.has(chart) && configKind(path)?.example === false ? chart : null
}

/** Every value and section that a file of values has, as templates write them: `a`, `a.b`. */
export function valueNames(file: ChangedConfig['head']): ReadonlySet<string> {
  return file?.parsed.status === 'parsed'
    ? new Set(file.parsed.entries.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1).join('.'))))
    : new Set()
}

/** Unchanged templates of the charts whose values lost something, or whose other templates print something new. */
export function templatesInQuestion(files: readonly ChangedConfig[], change: Change): readonly TreeEntry[] {
  const changed = new Set(change.files.map(({ path }) => path))
  const charts = new Set(files.flatMap((file) => chartInQuestion(file) ?? []))
  const entries = charts.size === 0 ? [] : [...(change.headTree?.entries.values() ?? [])]
  return [...charts].flatMap((chart) =>
    entries
      .filter(
        ({ path }) => path.startsWith(`${chart}/templates/`) && !changed.has(path) && /\.(?:ya?ml|tpl|txt)$/.test(path),
      )
      .slice(0, MAX_TEMPLATES),
  )
}

function chartInQuestion({ file, base, head }: ChangedConfig): string | null {
  const chart = chartOfValues(file.path)
  const now = valueNames(head)
  if (chart !== null) return [...valueNames(base)].some((name) => !now.has(name)) ? chart : null
  const printed = printedBy(base)
  return printedBy(head).some((name) => !printed.includes(name)) ? chartOf(file.path) : null
}

function printedBy(file: ChangedConfig['head']): readonly string[] {
  return file?.kind.family === 'helm-template' && file.parsed.status === 'parsed'
    ? file.parsed.references.filter(({ optional }) => !optional).map(({ name }) => name)
    : []
}

/** The folder of the chart that a template belongs to; null for what is no template. */
export function chartOf(path: string): string | null {
  const at = path.lastIndexOf('/templates/')
  return at < 0 || configKind(path)?.family !== 'helm-template' ? null : path.slice(0, at)
}

export function templateReads(templates: readonly TreeEntry[], contents: Contents): readonly TemplateReads[] {
  return templates.flatMap((entry) => {
    const text = contents.textOf(entry)
    return text === null || text.length > MAX_CONFIG_CHARS || configKind(entry.path)?.family !== 'helm-template'
      ? []
      : [{ path: entry.path, references: referencesOf(text, 'helm-template') }]
  })
}
