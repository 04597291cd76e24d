import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

/** Java properties: `key=value`, `key: value`, `key value`, `#` and `!` comments, a backslash carries on. `#---` splits documents as Spring does. */
export function parseProperties(text: string): ParsedConfig {
  const lines = text.split('\n')
  const entries: ConfigEntry[] = []
  let document: ConfigEntry[] = []
  for (let index = 0; index < lines.length; index++) {
    const start = index
    let line = (lines[index] ?? '').replace(/\r$/, '').trimStart()
    if (/^[#!]---/.test(line)) {
      entries.push(...withProfile(document))
      document = []
    }
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue
    const pieces: string[] = []
    while (continues(line) && index + 1 < lines.length) {
      pieces.push(line.slice(0, -1))
      index++
      line = (lines[index] ?? '').replace(/\r$/, '').trimStart()
    }
    pieces.push(line)
    const { key, raw } = splitPair(pieces.join(''))
    if (key !== '') document.push(configEntry({ path: key.split('.'), line: start + 1, raw }))
  }
  entries.push(...withProfile(document))
  return parsed(entries)
}

function continues(line: string): boolean {
  let count = 0
  for (let at = line.length - 1; at >= 0 && line[at] === '\\'; at--) count++
  return count % 2 === 1
}

function splitPair(line: string): { readonly key: string; readonly raw: string } {
  let at = 0
  while (at < line.length && !/[=:\s]/.test(line.charAt(at))) at += line[at] === '\\' ? 2 : 1
  const key = line.slice(0, at).replace(/\\(.)/g, '$1')
  const rest = line.slice(at).trimStart()
  return { key, raw: (/^[=:]/.test(rest) ? rest.slice(1) : rest).trim() }
}

/** A document that says for which profile it holds. */
function withProfile(document: readonly ConfigEntry[]): readonly ConfigEntry[] {
  const profile = document.find((entry) =>
    /^spring\.(?:config\.activate\.on-profile|profiles)$/.test(entry.path.join('.')),
  )
  const name = profile?.value.environmentName() ?? null
  return name === null ? document : document.map((entry) => ({ ...entry, section: name }))
}
