import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml'
import { tooDeep } from '../../nesting.ts'
import { type ConfigEntry, type ParsedConfig, parsed } from '../config-entry.ts'
import { maskTemplates } from '../mask-templates.ts'
import { type Embed, YamlWalk } from './yaml-walk.ts'

/** The parser reads less than a megabyte a second; what is longer is generated. */
const MAX_YAML_CHARS = 400_000

/** YAML of every kind: many documents, anchors and merges, Kubernetes objects by kind and name, Compose, templates masked. */
export function parseYaml(text: string, embed: Embed): ParsedConfig {
  if (text.length > MAX_YAML_CHARS) return { status: 'skipped', reason: `larger than ${MAX_YAML_CHARS} characters` }
  const plain = withoutDefinitions(text)
  if (tooDeep(plain)) return { status: 'skipped', reason: 'nested too deeply' }
  const masked = maskTemplates(plain)
  const lineCounter = new LineCounter()
  const documents: readonly Document.Parsed[] = parseAllDocuments(masked, {
    lineCounter,
    uniqueKeys: false,
    logLevel: 'silent',
    // Each pretty error copies its line: a line of many errors would take quadratic time.
    prettyErrors: false,
  })
  const entries: ConfigEntry[] = []
  // Aliases may name one text many times: all that is read within the file is no longer than the file.
  let left = plain.length
  const embedOnce: Embed = (path, inner) => {
    left -= inner.length
    return left < 0 ? null : embed(path, inner)
  }
  for (const document of documents) {
    const error = document.errors[0]
    if (error !== undefined) {
      // JSON in quotes that ends at the start of a line, which the loaders of Java and Python take.
      if (error.code === 'MISSING_CHAR' && /^[}\]]['"]/m.test(masked))
        return { status: 'skipped', reason: 'a quoted text that only some loaders take' }
      if (masked !== plain) return { status: 'skipped', reason: 'a template that is no YAML before it is filled in' }
      return {
        status: 'broken',
        line: lineCounter.linePos(error.pos[0]).line,
        problem: `not valid YAML (${error.code})`,
      }
    }
    entries.push(...documentEntries(document, (offset) => lineCounter.linePos(offset).line, embedOnce))
  }
  return parsed(entries)
}

/** Definitions of resource types are long schemas and configure nothing: their lines are left empty. */
function withoutDefinitions(text: string): string {
  if (!/^kind: *CustomResourceDefinition/m.test(text)) return text
  return text
    .split(/^(?=---)/m)
    .map((document) =>
      /^kind: *CustomResourceDefinition/m.test(document) ? document.replace(/^(?!---).*$/gm, '') : document,
    )
    .join('')
}

function documentEntries(
  document: Document.Parsed,
  lineOf: (offset: number) => number,
  embed: Embed,
): readonly ConfigEntry[] {
  const root = document.contents
  if (!isMap(root)) return []
  const walk = new YamlWalk(lineOf, embed)
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
