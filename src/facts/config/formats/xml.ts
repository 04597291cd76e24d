import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

const MAX_DEPTH = 100

/** XML configuration: text of leaf elements, attributes, and `<add key="K" value="V"/>` as one entry by its key. */
export function parseXml(text: string): ParsedConfig {
  const parser = new SaxesParser()
  const entries: ConfigEntry[] = []
  const open: { readonly name: string; readonly line: number; text: string; leaf: boolean }[] = []
  let broken: ParsedConfig | null = null
  parser.on('error', () => {
    broken ??= { status: 'broken', line: parser.line, problem: 'not well-formed XML' }
  })
  let tagLine = 1
  parser.on('opentagstart', () => {
    tagLine = parser.line
  })
  parser.on('opentag', (tag) => {
    const parent = open.at(-1)
    if (parent !== undefined) parent.leaf = false
    open.push({ name: tag.name, line: tagLine, text: '', leaf: true })
    if (open.length <= MAX_DEPTH)
      attributes(
        tag,
        open.map((element) => element.name),
        tagLine,
        entries,
      )
  })
  parser.on('text', (content) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += content
  })
  parser.on('closetag', () => {
    const path = open.map((element) => element.name)
    const element = open.pop()
    if (element?.leaf === true && element.text.trim() !== '' && path.length <= MAX_DEPTH) {
      entries.push(configEntry({ path: path.slice(1), line: element.line, raw: element.text, quoted: true }))
    }
  })
  parser.write(text).close()
  return broken ?? parsed(entries.filter((entry) => entry.path.length > 0))
}

function attributes(tag: SaxesTagPlain, path: readonly string[], line: number, into: ConfigEntry[]): void {
  const key = tag.attributes.key ?? tag.attributes.name
  const inside = path.slice(1)
  for (const [name, raw] of Object.entries(tag.attributes)) {
    if (name.startsWith('xmlns') || name.startsWith('xsi:') || name === 'key' || name === 'name') continue
    const own =
      key === undefined
        ? [...inside, `@${name}`]
        : [...inside.slice(0, -1), ...(name === 'value' || name === 'connectionString' ? [key] : [key, `@${name}`])]
    into.push(configEntry({ path: own, line, raw, quoted: true, secret: name === 'connectionString' }))
  }
}
