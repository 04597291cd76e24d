import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

export type SettingsLanguage = 'python' | 'ruby' | 'php' | 'javascript'

const MAX_LINE = 2000
const MAX_DEPTH = 50

const ASSIGNS: Readonly<Record<SettingsLanguage, RegExp>> = {
  python: /^(?:([A-Z][A-Z0-9_]*)(?:\s*:\s*[\w[\], .|]{1,80})?\s*=(?!=)|\s+["']([\w.-]+)["']\s*:)\s*(.*)$/,
  ruby: /^\s*config\.([a-z][\w.]*)\s*=(?![=>~])\s*(.*)$/,
  php: /^\s*['"]([\w.-]+)['"]\s*=>\s*(.*)$/,
  javascript:
    /^\s*(?:export\s+)?(?:const\s+|let\s+|var\s+)?(?:module\.exports\.)?['"]?([A-Za-z_$][\w$.-]*)['"]?\s*(?::|=(?![=>]))\s*(.*)$/,
}

/** Settings written as plain assignments: Django settings, Rails environments, Laravel and JavaScript configuration. What is computed counts as filled in elsewhere. */
export function parseCodeSettings(text: string, language: SettingsLanguage): ParsedConfig {
  const entries: ConfigEntry[] = []
  const open: (string | null)[] = []
  let docstring: string | null = null
  for (const [index, written] of text.split('\n').entries()) {
    const mark: string | null = language === 'python' ? docstringMark(written, docstring) : null
    if (mark !== null || docstring !== null) {
      docstring = mark === 'closes' ? null : (docstring ?? mark)
      continue
    }
    if (written.length > MAX_LINE || /^\s*(?:#|\/\/|\/?\*)/.test(written)) continue
    const line = withoutComment(written, language)
    const closers = /^[\s\])},;]*/.exec(line)?.[0].replace(/[^\])}]/g, '').length ?? 0
    open.splice(Math.max(0, open.length - closers))
    const match = ASSIGNS[language].exec(line)
    const key =
      (match?.[1] === 'module.exports' ? undefined : match?.[1]) ??
      (language === 'python' && open.length > 0 ? match?.[2] : undefined)
    const rest = (match?.[language === 'python' ? 3 : 2] ?? line).trim()
    const balance = brackets(rest)
    if (key !== undefined && balance <= 0 && rest !== '') {
      const names = open.filter((name) => name !== null)
      entries.push(settingEntry([...names, ...(language === 'ruby' ? key.split('.') : [key])], index + 1, rest))
    }
    for (let depth = 0; depth < balance && open.length < MAX_DEPTH; depth++)
      open.push(depth === 0 ? (key ?? null) : null)
  }
  return parsed(entries)
}

/** What a line does to a docstring: the quotes that open one, 'closes', or null. */
function docstringMark(line: string, inside: string | null): string | null {
  if (inside !== null) return line.includes(inside) ? 'closes' : null
  const quotes = /^\s*[rRuUbB]?("""|''')/.exec(line)?.[1]
  if (quotes === undefined) return null
  return line.indexOf(quotes) === line.lastIndexOf(quotes) ? quotes : null
}

function settingEntry(path: readonly string[], line: number, written: string): ConfigEntry {
  const literal = literalOf(withDefault(written.replace(/[,;\s]+$/, '')))
  if (literal === null) return configEntry({ path, line, raw: written, shape: { kind: 'reference' } })
  return configEntry({ path, line, ...literal })
}

/** `env('X', 5)`, `env.int("X", default=5)`, `os.getenv("X", "5")`, `process.env.X || '5'`: the default is the setting. */
function withDefault(text: string): string {
  const call =
    /^[\w.]*(?:env|environ|getenv|config|ENV\.fetch)[\w.]*\(\s*['"][\w.-]+['"]\s*,\s*(?:cast\s*=\s*\w+\s*,\s*)?(?:default\s*=\s*)?([^,()]+?)\s*(?:,[^()]*)?\)$/.exec(
      text,
    )
  const fallback =
    /^(?:Number\(|parseInt\()?process\.env(?:\.\w+|\[[^\]]{1,80}\])\s*(?:\|\||\?\?)\s*([^|?()]+?)\)?$/.exec(text)
  return call?.[1] ?? fallback?.[1] ?? text
}

function literalOf(text: string): { readonly raw: string; readonly quoted: boolean } | null {
  const quote = text.charAt(0)
  if (
    (quote === '"' || quote === "'" || quote === '`') &&
    text.length > 1 &&
    text.indexOf(quote, 1) === text.length - 1
  ) {
    return { raw: text.slice(1, -1), quoted: true }
  }
  if (/^(?:true|false|null|nil|None)$/i.test(text)) return { raw: text === 'None' ? '' : text, quoted: false }
  if (/^-?\d[\d_]*(?:\.\d+)?$/.test(text)) return { raw: text.replaceAll('_', ''), quoted: false }
  if (/^\d[\d_]*(?:\s*\*\s*\d[\d_]*){1,6}$/.test(text)) {
    return {
      raw: String(text.split('*').reduce((product, factor) => product * Number(factor.trim().replaceAll('_', '')), 1)),
      quoted: false,
    }
  }
  const duration = /^(\d{1,9})\.(seconds?|minutes?|hours?|days?)$/.exec(text)
  if (duration !== null) return { raw: `${duration[1]} ${duration[2]}`, quoted: false }
  if (/^:[a-z_]+$/.test(text)) return { raw: text.slice(1), quoted: true }
  if (/^\[\s*['"]\*['"]\s*\]$/.test(text)) return { raw: '*', quoted: true }
  return null
}

/** How many brackets the text opens and does not close, strings left out. */
function brackets(text: string): number {
  let balance = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'" || char === '`') quote = char
    else if (char === '[' || char === '{' || char === '(') balance++
    else if (char === ']' || char === '}' || char === ')') balance--
  }
  return balance
}

function withoutComment(line: string, language: SettingsLanguage): string {
  const mark: string | null = language === 'python' || language === 'ruby' ? '#' : '//'
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at)
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'" || char === '`') quote = char
    else if (line.startsWith(mark, at)) return line.slice(0, at)
  }
  return line
}
