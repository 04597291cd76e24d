import type { CodeFacts } from '../code/code-facts.ts'
import type { CallSite, Span } from '../code/code-shape.ts'
import type { EntryPoint } from './behaviour-facts.ts'
import type { Catalog, EntryPointRule } from './catalog.ts'
import { ofCall } from './entry-point-of-call.ts'
import { ofDecorator } from './entry-point-of-decorator.ts'
import { ofClass, ofFile } from './entry-point-of-file.ts'
import { importsAny, importsWord } from './name-match.ts'

/** What a rule finds at a place, before the catalog's title and kind are added. */
export interface WayIn {
  readonly identity: string
  readonly writes: boolean
  readonly span: Span
  readonly handler: string | null
  readonly body: Span | null
  readonly wrappers: readonly string[]
  readonly through: string | null
}

/** Ways in that a file registers, in the order they stand. */
export function entryPointsOf(facts: CodeFacts, path: string, catalog: Catalog): readonly EntryPoint[] {
  const found = new Map<string, EntryPoint>()
  for (const entry of catalog.entryPoints) {
    if (!entry.languages.some((language) => language === facts.language) || !isEvident(entry, facts)) continue
    for (const way of entry.rules.flatMap((rule) => waysIn(rule, facts, path))) {
      const key = `${way.span.start} ${way.identity}`
      if (!found.has(key)) found.set(key, { kind: entry.kind, framework: entry.title, ...way })
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start || (a.identity < b.identity ? -1 : 1))
}

/** A name counts only where the file imports the framework; a file rule needs no import when the entry names no module. */
function isEvident(entry: EntryPointRule, { imports }: CodeFacts): boolean {
  if (entry.modules.length + entry.imported.length + entry.words.length === 0) return true
  return (
    importsAny(imports, entry.modules) ||
    importsWord(imports, entry.words) ||
    imports.some(({ names }) => names.some((name) => entry.imported.includes(name)))
  )
}

type Rule = EntryPointRule['rules'][number]

function waysIn(rule: Rule, { shape }: CodeFacts, path: string): readonly WayIn[] {
  switch (rule.form) {
    case 'call':
      return shape.calls.flatMap((site) => ofCall(rule, site, shape) ?? [])
    case 'service':
      return shape.calls.flatMap((site) => ofService(rule.names, rule.prefix, site))
    case 'decorator':
      return shape.calls.flatMap((site) => ofDecorator(rule, site, shape) ?? [])
    case 'class':
      return ofClass(rule, shape, path)
    case 'file':
      return ofFile(rule, shape, path)
  }
}

/** `pb.RegisterRefundsServer(s, &server{})` → `service Refunds`. */
function ofService(names: readonly string[], prefix: string, site: CallSite): readonly WayIn[] {
  const last = site.callee.slice(site.callee.lastIndexOf('.') + 1)
  for (const pattern of names) {
    const [before = '', after = ''] = pattern.split('*')
    if (!last.startsWith(before) || !last.endsWith(after) || last.length <= before.length + after.length) continue
    const service = last.slice(before.length, last.length - after.length)
    return [
      {
        identity: `${prefix} ${service}`,
        writes: true,
        span: site.span,
        handler: null,
        body: null,
        wrappers: [],
        through: null,
      },
    ]
  }
  return []
}
