import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

/** INI, systemd units, `.cfg`: `[section]`, `key = value` or `key: value`, `;` and `#` comments, indented lines carry on. */
export function parseIni(text: string): ParsedConfig {
  const entries: ConfigEntry[] = []
  let section: readonly string[] = []
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.replace(/\r$/, '')
    const trimmed = line.trim()
    if (trimmed === '' || /^[;#]/.test(trimmed)) continue
    if (trimmed.startsWith('[') && trimmed.includes(']')) {
      const name = trimmed.slice(1, trimmed.indexOf(']')).trim()
      section = name === '' ? [] : [name]
      continue
    }
    if (/^\s/.test(line) && entries.length > 0 && !/[=]/.test(trimmed)) continue
    const at = trimmed.search(/[=:]/)
    if (at <= 0) continue
    const key = trimmed.slice(0, at).trim()
    const { raw, quoted } = unquote(trimmed.slice(at + 1).trim())
    entries.push(configEntry({ path: [...section, key], line: index + 1, raw, quoted }))
  }
  return parsed(entries)
}

function unquote(value: string): { readonly raw: string; readonly quoted: boolean } {
  const quote = value.charAt(0)
  if ((quote === '"' || quote === "'") && value.indexOf(quote, 1) > 0)
    return { raw: value.slice(1, value.indexOf(quote, 1)), quoted: true }
  const comment = value.search(/\s[;#]/)
  return { raw: comment < 0 ? value : value.slice(0, comment).trim(), quoted: false }
}
