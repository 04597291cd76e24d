import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

const ASSIGNMENT = /^\s*(?:export\s+|set\s+)?([A-Za-z_][\w.-]*)\s*(?:=|:\s)/

/** `.env` files: `KEY=value`, `export KEY=value`, quotes of three kinds that may span lines. What is no assignment is passed over, as every loader does. */
export function parseDotenv(text: string): ParsedConfig {
  const lines = text.split('\n')
  const entries: ConfigEntry[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const match = ASSIGNMENT.exec(line)
    const key = match?.[1]
    if (match === null || key === undefined || /^\s*#/.test(line)) continue
    const rest = line.slice(match[0].length).trim()
    const value = readValue(rest, lines, index)
    entries.push(configEntry({ path: [key], line: index + 1, raw: value.raw, quoted: value.quoted, variable: true }))
    index = value.end
  }
  return parsed(entries)
}

interface Value {
  readonly raw: string
  readonly quoted: boolean
  /** Index of the last line of the value. */
  readonly end: number
}

const MAX_VALUE_LINES = 200

function readValue(rest: string, lines: readonly string[], index: number): Value {
  const quote = rest.charAt(0)
  if (quote !== '"' && quote !== "'" && quote !== '`') return { raw: bare(rest), quoted: false, end: index }
  let body = rest.slice(1)
  for (let end = index; end < Math.min(lines.length, index + MAX_VALUE_LINES); end++) {
    if (end > index) body = (lines[end] ?? '').replace(/\r$/, '')
    const close = closing(body, quote)
    if (close < 0) continue
    const first = end === index ? [] : [rest.slice(1), ...lines.slice(index + 1, end)]
    return { raw: [...first, body.slice(0, close)].join('\n'), quoted: true, end }
  }
  return { raw: bare(rest), quoted: false, end: index }
}

function closing(text: string, quote: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++
    else if (text[at] === quote) return at
  }
  return -1
}

function bare(rest: string): string {
  const comment = rest.startsWith('#') ? 0 : rest.search(/\s#/)
  return (comment < 0 ? rest : rest.slice(0, comment)).trim()
}
