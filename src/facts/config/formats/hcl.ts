import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

const MAX_DEPTH = 100

interface Scan {
  readonly text: string
  at: number
  line: number
  readonly entries: ConfigEntry[]
}

/**
 * Terraform, tfvars, Terragrunt: attributes and blocks. `resource "aws_db" "main" { size = 5 }` gives resource.aws_db.main.size.
 * What is no attribute or block is skipped to the end of its line: this reads settings and judges no syntax.
 */
export function parseHcl(text: string): ParsedConfig {
  const scan: Scan = { text, at: 0, line: 1, entries: [] }
  body(scan, [], 0)
  return parsed(scan.entries)
}

function body(scan: Scan, path: readonly string[], depth: number): void {
  while (scan.at < scan.text.length) {
    skipSpace(scan)
    const char = scan.text.charAt(scan.at)
    if (char === '') return
    if (char === '}') {
      scan.at++
      return
    }
    const line = scan.line
    const key = readKey(scan)
    if (key === null) {
      scan.at++
      continue
    }
    skipInline(scan)
    const next = scan.text.charAt(scan.at)
    if ((next === '=' || next === ':') && scan.text[scan.at + 1] !== '=') {
      scan.at++
      skipInline(scan)
      value(scan, [...path, key], line, depth)
    } else block(scan, [...path, key], depth)
  }
}

function block(scan: Scan, path: readonly string[], depth: number): void {
  const labels: string[] = []
  for (;;) {
    skipInline(scan)
    if (scan.text.charAt(scan.at) === '{') {
      scan.at++
      if (depth < MAX_DEPTH) body(scan, [...path, ...labels], depth + 1)
      return
    }
    const label = readKey(scan)
    if (label === null) return
    labels.push(label)
  }
}

function value(scan: Scan, path: readonly string[], line: number, depth: number): void {
  if (scan.text.charAt(scan.at) === '{' && depth < MAX_DEPTH) {
    scan.at++
    body(scan, path, depth + 1)
    return
  }
  const start = scan.at
  const heredoc = /^<<[-~]?([A-Za-z_]\w{0,60})/.exec(scan.text.slice(start, start + 70))
  if (heredoc?.[1] !== undefined) {
    const end = scan.text.indexOf(`\n`, start)
    const close = end < 0 ? -1 : findHeredocEnd(scan.text, end, heredoc[1])
    advance(scan, close < 0 ? scan.text.length : close)
    scan.entries.push(configEntry({ path, line, raw: scan.text.slice(end, scan.at), quoted: true }))
    return
  }
  skipExpression(scan)
  const raw = scan.text.slice(start, scan.at).trim().replace(/,$/, '')
  if (raw.startsWith('[')) {
    const inner = raw.slice(1, -1).trim()
    const size = inner === '' ? 0 : inner.split(',').filter((item) => item.trim() !== '').length
    scan.entries.push(
      configEntry({
        path,
        line,
        raw,
        shape: { kind: 'list', size, wildcard: /"(?:\*|0\.0\.0\.0\/0|::\/0)"/.test(raw) },
      }),
    )
    return
  }
  const quoted = raw.startsWith('"') && raw.endsWith('"') && raw.length > 1
  const expression = !quoted && !/^(?:true|false|null|-?[\d.]+)$/.test(raw)
  scan.entries.push(
    configEntry({
      path,
      line,
      raw: quoted ? raw.slice(1, -1) : raw,
      quoted,
      ...(expression ? { shape: { kind: 'reference' } } : {}),
    }),
  )
}

/** To the end of the line, but over brackets, strings and comments that open on it. */
function skipExpression(scan: Scan): void {
  let depth = 0
  while (scan.at < scan.text.length) {
    const char = scan.text.charAt(scan.at)
    if (char === '"') skipString(scan)
    else if (char === '#' || (char === '/' && scan.text[scan.at + 1] === '/')) {
      if (depth === 0) return
      toLineEnd(scan)
      continue
    } else if (char === '\n') {
      if (depth === 0) return
      scan.line++
    } else if (char === '[' || char === '{' || char === '(') depth++
    else if (char === ']' || char === '}' || char === ')') {
      if (depth === 0) return
      depth--
    } else if (char === ',' && depth === 0) {
      scan.at++
      return
    }
    scan.at++
  }
}

/** Leaves the position on the closing quote. */
function skipString(scan: Scan): void {
  for (scan.at++; scan.at < scan.text.length; scan.at++) {
    const char = scan.text.charAt(scan.at)
    if (char === '\\') scan.at++
    else if (char === '"') return
    else if (char === '\n') {
      scan.at--
      return
    }
  }
}

function readKey(scan: Scan): string | null {
  const char = scan.text.charAt(scan.at)
  if (char === '"') {
    const start = scan.at + 1
    skipString(scan)
    const key = scan.text.slice(start, scan.at)
    scan.at++
    return key
  }
  const start = scan.at
  while (/[\w.-]/.test(scan.text.charAt(scan.at))) scan.at++
  return scan.at > start ? scan.text.slice(start, scan.at) : null
}

function skipInline(scan: Scan): void {
  while (/[ \t\r]/.test(scan.text.charAt(scan.at))) scan.at++
}

function skipSpace(scan: Scan): void {
  for (;;) {
    const char = scan.text.charAt(scan.at)
    if (char === '\n') scan.line++
    else if (char === '#' || (char === '/' && scan.text[scan.at + 1] === '/')) {
      toLineEnd(scan)
      continue
    } else if (char === '/' && scan.text[scan.at + 1] === '*') {
      const end = scan.text.indexOf('*/', scan.at + 2)
      advance(scan, end < 0 ? scan.text.length : end + 2)
      continue
    } else if (!/[ \t\r,]/.test(char) || char === '') return
    scan.at++
  }
}

function toLineEnd(scan: Scan): void {
  const end = scan.text.indexOf('\n', scan.at)
  scan.at = end < 0 ? scan.text.length : end
}

function advance(scan: Scan, to: number): void {
  for (let at = scan.text.indexOf('\n', scan.at); at >= 0 && at < to; at = scan.text.indexOf('\n', at + 1)) scan.line++
  scan.at = to
}

function findHeredocEnd(text: string, from: number, word: string): number {
  for (let at = from; at >= 0; at = text.indexOf('\n', at + 1)) {
    const end = text.indexOf('\n', at + 1)
    if (text.slice(at + 1, end < 0 ? text.length : end).trim() === word) return end < 0 ? text.length : end
  }
  return -1
}
