/** SQL text as tokens, for every dialect at once: one pass, linear, never throws. */

export type SqlDialect = 'postgres' | 'mysql' | 'sqlite' | 'mssql' | 'unknown'

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'mark' | 'separator'

export interface Token {
  readonly kind: TokenKind
  /** A word or mark as written; a quoted name or string without its quotes. */
  readonly text: string
  /** Upper case of a word, the mark itself, empty for names and strings: what grammar is compared with. */
  readonly key: string
  readonly line: number
  readonly start: number
  readonly end: number
}

const WORD_START = /[\p{L}_@$]/u
const WORD = /[\p{L}\p{N}_$@#]/u
const DIGIT = /[0-9]/

/** Reads tokens of `text`. A `GO` or `DELIMITER` line becomes a `separator`. */
export function tokenize(text: string, dialect: SqlDialect): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  let delimiter = ';'
  let lineStart = true
  const push = (kind: TokenKind, from: number, to: number, content: string, key: string, startLine: number) => {
    tokens.push({ kind, text: content, key, line: startLine, start: from, end: to })
  }
  const advance = (to: number) => {
    for (; at < to; at++) if (text.charCodeAt(at) === 10) line++
  }
  while (at < text.length) {
    const char = text.charAt(at)
    const from = at
    const startLine = line
    if (char === '\n') {
      advance(at + 1)
      lineStart = true
      continue
    }
    if (char === ' ' || char === '\t' || char === '\r' || char === '\f' || char === '\uFEFF') {
      at++
      continue
    }
    const startsLine = lineStart
    if (lineStart) {
      const directive = separatorLine(text, at)
      if (directive !== null) {
        if (directive.delimiter !== null) delimiter = directive.delimiter
        push('separator', from, directive.end, ';', ';', startLine)
        advance(directive.end)
        continue
      }
      lineStart = false
    }
    const comment = commentEnd(text, at, dialect, startsLine)
    if (comment !== null) {
      advance(comment)
      continue
    }
    if (delimiter !== ';' && text.startsWith(delimiter, at)) {
      advance(at + delimiter.length)
      push('separator', from, at, ';', ';', startLine)
      continue
    }
    const quoted = quotedEnd(text, at, dialect)
    if (quoted !== null) {
      advance(quoted.end)
      push(quoted.kind, from, at, text.slice(quoted.from, quoted.to), '', startLine)
      continue
    }
    if (WORD_START.test(char)) {
      let end = at + 1
      while (end < text.length && WORD.test(text.charAt(end))) end++
      at = end
      const word = text.slice(from, end)
      if (word === '$' || word === '@') push('mark', from, end, word, word, startLine)
      else push('word', from, end, word, word.toUpperCase(), startLine)
      continue
    }
    if (DIGIT.test(char)) {
      let end = at + 1
      while (end < text.length && /[0-9a-fA-FxX.]/.test(text.charAt(end))) end++
      at = end
      push('number', from, end, text.slice(from, end), '', startLine)
      continue
    }
    at++
    const ends = char === ';' && delimiter === ';'
    push(ends ? 'separator' : 'mark', from, at, char, char, startLine)
  }
  return tokens
}

/** A line that only separates: SQL Server's `GO`, MySQL's `DELIMITER x`, a psql `\command`. */
function separatorLine(text: string, at: number): { end: number; delimiter: string | null } | null {
  const first = text.charAt(at)
  if (first !== 'G' && first !== 'g' && first !== 'D' && first !== 'd' && first !== '\\') return null
  const newline = text.indexOf('\n', at)
  const end = newline < 0 ? text.length : newline
  if (end - at > 200) return null
  const line = text.slice(at, end).trim()
  if (first === '\\') return { end, delimiter: null }
  if (/^go(?: [0-9]+)?;?$/i.test(line)) return { end, delimiter: null }
  const match = /^delimiter +([^ ]+)$/i.exec(line)
  return match?.[1] ? { end, delimiter: match[1] } : null
}

/** MySQL takes `#` for a comment. Elsewhere it is an operator, unless a line starts with it. */
function commentEnd(text: string, at: number, dialect: SqlDialect, startsLine: boolean): number | null {
  const two = text.slice(at, at + 2)
  if (two === '--' || (text.charAt(at) === '#' && (dialect === 'mysql' || (startsLine && dialect === 'unknown')))) {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  if (two !== '/*') return null
  let depth = 1
  let i = at + 2
  while (i < text.length && depth > 0) {
    if (text.startsWith('*/', i)) {
      depth--
      i += 2
    } else if (dialect === 'postgres' && text.startsWith('/*', i)) {
      depth++
      i += 2
    } else i++
  }
  return i
}

interface Quoted {
  readonly kind: 'quoted' | 'string'
  readonly from: number
  readonly to: number
  readonly end: number
}

function quotedEnd(text: string, at: number, dialect: SqlDialect): Quoted | null {
  const char = text.charAt(at)
  if (char === "'") return until(text, at, "'", 'string', dialect === 'mysql')
  if (char === '"') return until(text, at, '"', 'quoted', false)
  if (char === '`') return until(text, at, '`', 'quoted', false)
  if ((char === 'E' || char === 'e') && text.charAt(at + 1) === "'") return until(text, at + 1, "'", 'string', true)
  if ((char === 'N' || char === 'n') && text.charAt(at + 1) === "'") return until(text, at + 1, "'", 'string', false)
  if (char === '[' && /[\p{L}_]/u.test(text.charAt(at + 1)) && !/[\w)\]]/.test(text.charAt(at - 1))) {
    const end = text.indexOf(']', at)
    if (end > 0 && end - at < 140) return { kind: 'quoted', from: at + 1, to: end, end: end + 1 }
  }
  if (char === '$') return dollarQuoted(text, at)
  return null
}

function dollarQuoted(text: string, at: number): Quoted | null {
  let i = at + 1
  while (i < text.length && i - at < 64 && /[\p{L}\p{N}_]/u.test(text.charAt(i))) i++
  if (text.charAt(i) !== '$' || DIGIT.test(text.charAt(at + 1))) return null
  const tag = text.slice(at, i + 1)
  const close = text.indexOf(tag, i + 1)
  const to = close < 0 ? text.length : close
  return { kind: 'string', from: i + 1, to, end: close < 0 ? text.length : close + tag.length }
}

function until(text: string, at: number, quote: string, kind: 'quoted' | 'string', backslash: boolean): Quoted {
  let i = at + 1
  while (i < text.length) {
    const char = text.charAt(i)
    if (backslash && char === '\\') i += 2
    else if (char !== quote) i++
    else if (text.charAt(i + 1) === quote) i += 2
    else break
  }
  const to = Math.min(i, text.length)
  return { kind, from: at + 1, to, end: Math.min(to + 1, text.length) }
}
