import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml'
import { type ConfigEntry, type ParsedConfig, parsed } from '../config-entry.ts'
import { maskTemplates } from '../mask-templates.ts'
import { tooDeep } from '../nesting.ts'
import { YamlWalk } from './yaml-walk.ts'

/** YAML of every kind: many documents, anchors and merges, Kubernetes objects by kind and name, Compose, templates masked. */
export function parseYaml(text: string): ParsedConfig {
  if (tooDeep(text)) return { status: 'skipped', reason: 'nested too deeply' }
  const masked = maskTemplates(text)
  const lineCounter = new LineCounter()
  const documents: readonly Document.Parsed[] = parseAllDocuments(masked, {
    lineCounter,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const entries: ConfigEntry[] = []
  for (const document of documents) {
    const error = document.errors[0]
    if (error !== undefined) {
      if (masked !== text) return { status: 'skipped', reason: 'a template that is no YAML before it is filled in' }
      return {
        status: 'broken',
        line: lineCounter.linePos(error.pos[0]).line,
        problem: `not valid YAML (${error.code})`,
      }
    }
    entries.push(...documentEntries(document, (offset) => lineCounter.linePos(offset).line))
  }
  return parsed(entries)
}

function documentEntries(document: Document.Parsed, lineOf: (offset: number) => number): readonly ConfigEntry[] {
  const root = document.contents
  if (!isMap(root)) return []
  const walk = new YamlWalk(lineOf)
  const kind = walk.text(root, 'kind')
  const isObject = kind !== null && walk.text(root, 'apiVersion') !== null
  if (isObject) walk.object(root, kind)
  else walk.node(root, [], 1)
  const profile = walk.entries.find((entry) =>
    /^spring\.(?:config\.activate\.on-profile|profiles)$/.test(entry.path.join('.')),
  )
  const section = profile?.value.environmentName() ?? null
  return section === null ? walk.entries : walk.entries.map((entry) => ({ ...entry, section }))
}
