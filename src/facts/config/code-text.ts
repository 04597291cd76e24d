/** Languages that a scanner tells apart by their comments and strings. */
export type CodeLanguage = 'javascript' | 'python' | 'go' | 'ruby' | 'php' | 'java' | 'csharp' | 'rust' | 'elixir'

const LANGUAGES: Readonly<Record<string, CodeLanguage>> = {
  js: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'javascript',
  cts: 'javascript',
  mts: 'javascript',
  tsx: 'javascript',
  vue: 'javascript',
  svelte: 'javascript',
  astro: 'javascript',
  py: 'python',
  go: 'go',
  rb: 'ruby',
  php: 'php',
  java: 'java',
  kt: 'java',
  kts: 'java',
  scala: 'java',
  groovy: 'java',
  cs: 'csharp',
  rs: 'rust',
  ex: 'elixir',
  exs: 'elixir',
}

export function codeLanguage(path: string): CodeLanguage | null {
  const extension = path.slice(path.lastIndexOf('.') + 1)
  return Object.hasOwn(LANGUAGES, extension) ? (LANGUAGES[extension] ?? null) : null
}

export interface CodeText {
  /** The text with comments blanked; lines and columns stay. */
  readonly code: string
  /** With the inside of strings blanked too: what is still here is code. */
  readonly bare: string
}

const HASH_COMMENTS = new Set<CodeLanguage>(['python', 'ruby', 'php', 'elixir'])
const BACKTICK_STRINGS = new Set<CodeLanguage>(['javascript', 'go'])

/** Tells comments and strings from code in one pass. Regular expressions of JavaScript are not told apart: a quote in one can hide the rest of its line only. */
export function codeText(text: string, language: CodeLanguage): CodeText {
  const code: string[] = []
  const bare: string[] = []
  let from = 0
  const put = (to: number, kind: 'code' | 'string' | 'comment'): void => {
    const piece = text.slice(from, to)
    const blank = kind === 'code' ? piece : piece.replace(/[^\n]/g, ' ')
    code.push(kind === 'comment' ? blank : piece)
    bare.push(blank)
    from = to
  }
  for (let at = 0; at < text.length; ) {
    const comment = commentEnd(text, at, language)
    if (comment > at) {
      put(at, 'code')
      put(comment, 'comment')
      at = comment
      continue
    }
    const end = stringEnd(text, at, language)
    if (end > at) {
      put(at + 1, 'code')
      if (text[at] === '`' && language === 'javascript') at = template(text, at + 1, end, put)
      else {
        put(Math.max(at + 1, end - 1), 'string')
        at = end
      }
      continue
    }
    at++
  }
  put(text.length, 'code')
  return { code: code.join(''), bare: bare.join('') }
}

/** What stands in `${…}` of a template is code. */
function template(
  text: string,
  start: number,
  end: number,
  put: (to: number, kind: 'code' | 'string') => void,
): number {
  const inside = text.slice(start, end)
  let at = 0
  for (;;) {
    const open = inside.indexOf('${', at)
    const close = open < 0 ? -1 : inside.indexOf('}', open)
    if (close < 0) break
    put(start + open, 'string')
    put(start + close + 1, 'code')
    at = close + 1
  }
  put(Math.max(start + at, end - 1), 'string')
  return end
}

function commentEnd(text: string, at: number, language: CodeLanguage): number {
  const char = text[at]
  const hash = HASH_COMMENTS.has(language) && char === '#' && !(language === 'php' && text[at + 1] === '[')
  if (
    hash ||
    (char === '/' && text[at + 1] === '/' && language !== 'python' && language !== 'ruby' && text[at - 1] !== ':')
  ) {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  if (
    char === '/' &&
    text[at + 1] === '*' &&
    !(language === 'python' || language === 'ruby' || language === 'elixir')
  ) {
    const end = text.indexOf('*/', at + 2)
    return end < 0 ? text.length : end + 2
  }
  return at
}

/** Offset after the closing quote; `at` when no string starts here. A plain string ends with its line at the latest. */
function stringEnd(text: string, at: number, language: CodeLanguage): number {
  const char = text[at]
  if (char !== '"' && char !== "'" && !(char === '`' && BACKTICK_STRINGS.has(language))) return at
  if (char === "'" && (language === 'rust' || language === 'go')) return at
  const triple = char.repeat(3)
  if (
    char !== '`' &&
    (language === 'python' || language === 'java' || language === 'elixir') &&
    text.startsWith(triple, at)
  ) {
    const end = text.indexOf(triple, at + 3)
    return end < 0 ? text.length : end + 3
  }
  for (let next = at + 1; next < text.length; next++) {
    const here = text[next]
    if (here === '\\' && !(char === '`' && language === 'go')) next++
    else if (here === char) return next + 1
    else if (here === '\n' && char !== '`') return next
  }
  return text.length
}
