import { RE2JS } from 're2js'

/** What a glob may hold. Git's attribute files know neither braces nor an error: a lone `**` there is a `*`. */
export interface GlobSyntax {
  readonly braces: boolean
  readonly strictStars: boolean
}

export interface GlobPattern {
  /** RE2 source that matches the whole path, without anchors. */
  readonly source: string
  /** The last segment has `*`, `?` or `[`: it names files, not a folder. */
  readonly endsWild: boolean
  /** A slash stands before the last character. */
  readonly hasSlash: boolean
}

const MAX_BRACES = 16
const MAX_ALTERNATIVES = 64
const MAX_DEPTH = 3
const ESCAPABLE = new Set('*?[]{}!\\,# "')

/** Translates a glob for RE2, which runs in linear time. Throws a sentence fragment as `GlobFault`. */
export function translateGlob(glob: string, syntax: GlobSyntax): GlobPattern {
  const chars = [...glob]
  let source = ''
  let depth = 0
  let braces = 0
  let alternatives = 0
  let endsWild = false
  let hasSlash = false

  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? ''
    if (char === '\\') {
      source += escapedChar(chars[++at])
    } else if (char === '*') {
      const stars = countStars(chars, at)
      const isWhole = stars === 2 && isBoundary(chars[at - 1]) && isBoundary(chars[at + 2])
      if (stars > 1 && !isWhole && syntax.strictStars) {
        throw new GlobFault('has `**` beside other characters; `**` stands alone between slashes, as in `src/**/*.ts`')
      }
      at += stars - 1
      endsWild = true
      if (!isWhole) source += '[^/]*'
      else if (chars[at + 1] !== '/') source += '.+'
      else {
        source += '(?:.*/)?'
        hasSlash = true
        endsWild = false
        at++
      }
    } else if (char === '?') {
      source += '[^/]'
      endsWild = true
    } else if (char === '[') {
      const end = classEnd(chars, at)
      source += translateClass(chars.slice(at + 1, end))
      endsWild = true
      at = end
    } else if (char === '{' && syntax.braces) {
      braces++
      depth++
      if (depth > MAX_DEPTH || braces > MAX_BRACES) {
        throw new GlobFault(`has too many braces; ${MAX_BRACES} in ${MAX_DEPTH} levels is the most`)
      }
      source += '(?:'
    } else if (char === '}' && syntax.braces) {
      if (--depth < 0) throw new GlobFault('has a `}` without its `{`; write `\\}` for the character itself')
      source += ')'
    } else if (char === ',' && depth > 0) {
      if (++alternatives > MAX_ALTERNATIVES) throw new GlobFault(`has more than ${MAX_ALTERNATIVES} alternatives`)
      source += '|'
    } else {
      source += RE2JS.quote(char)
      if (char === '/') {
        hasSlash ||= at < chars.length - 1
        if (depth === 0 && at < chars.length - 1) endsWild = false
      }
    }
  }
  if (depth > 0) throw new GlobFault('has a `{` that is never closed; write `\\{` for the character itself')
  return { source, endsWild, hasSlash }
}

/** Why a glob cannot be read; the message goes on after the pattern's name: 'has a `{` that is never closed'. */
export class GlobFault extends Error {}

function countStars(chars: readonly string[], at: number): number {
  let end = at
  while (chars[end] === '*') end++
  return end - at
}

function isBoundary(char: string | undefined): boolean {
  return char === undefined || char === '/' || char === '{' || char === '}' || char === ','
}

function escapedChar(char: string | undefined): string {
  if (char === undefined || !ESCAPABLE.has(char)) {
    throw new GlobFault(
      'has a backslash; folders are divided by `/`, and `\\` only stands before one of `* ? [ ] { } ! ,`',
    )
  }
  return RE2JS.quote(char)
}

/** Index of the `]` that closes the class opened at `at`; a `]` that comes first is a member. */
function classEnd(chars: readonly string[], at: number): number {
  let end = at + 1
  if (chars[end] === '!' || chars[end] === '^') end++
  end++
  while (end < chars.length && chars[end] !== ']') end++
  if (end >= chars.length) throw new GlobFault('has a `[` that is never closed; write `\\[` for the character itself')
  return end
}

function translateClass(content: readonly string[]): string {
  const isNegated = content[0] === '!' || content[0] === '^'
  const members = isNegated ? content.slice(1) : content
  if (members.includes('/')) throw new GlobFault('has a `/` in brackets, where one character of a name stands')
  let inside = isNegated ? '/' : ''
  for (let at = 0; at < members.length; at++) {
    const low = members[at] ?? ''
    const high = members[at + 1] === '-' ? members[at + 2] : undefined
    if (high === undefined) {
      inside += codePoint(low)
      continue
    }
    if (point(low) > point(high)) throw new GlobFault(`has the range \`${low}-${high}\`, which runs backwards`)
    // A range may run over the slash; a class must not.
    if (point(low) < 0x2f && point(high) > 0x2f) inside += `${codePoint(low)}-\\x{2e}\\x{30}-${codePoint(high)}`
    else inside += `${codePoint(low)}-${codePoint(high)}`
    at += 2
  }
  return `[${isNegated ? '^' : ''}${inside}]`
}

function point(char: string): number {
  return char.codePointAt(0) ?? 0
}

function codePoint(char: string): string {
  return `\\x{${point(char).toString(16)}}`
}
