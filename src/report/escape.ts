/**
 * Text that came from a change is hostile: it may hold escape codes, reordering marks, markup, mentions. Everything a
 * report prints goes through one of these, by target. Every pattern here runs in linear time.
 */

/** Code points that a reader cannot see or that move what is seen. Explicit, so that no Unicode version can change it. */
const UNSEEN: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x1f], // C0 controls, ESC among them
  [0x7f, 0x9f], // delete and C1 controls: 0x9b alone begins an escape sequence
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian selectors
  [0x200b, 0x200f], // zero width, direction marks
  [0x2028, 0x202e], // line and paragraph separators, bidi embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, bidi isolates
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // lone surrogates: with the u flag a pair is one code point and does not match
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // half-width Hangul filler
  [0xfff0, 0xfffb], // interlinear annotation
  [0x1bca0, 0x1bca3], // shorthand format controls
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe0fff], // tags, more variation selectors
]

const UNSEEN_CHARACTERS = new RegExp(`[${UNSEEN.map(([from, to]) => `${spell(from)}-${spell(to)}`).join('')}]`, 'gu')
const NON_ASCII = /[^\0-\x7f]/gu
const SURROGATE = /\p{Surrogate}/gu
const LAYOUT = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu

const TAB = '    '
const ZERO_WIDTH_SPACE = '\u200b'

function hex(codePoint: number): string {
  return codePoint.toString(16)
}

function spell(codePoint: number): string {
  return `\\u{${hex(codePoint)}}`
}

function spellCharacter(character: string): string {
  return spell(character.codePointAt(0) ?? 0)
}

/** Plain text without a character that hides or moves text: each is spelled out, as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSEEN_CHARACTERS, spellCharacter)
}

/**
 * Text for a terminal: no control character passes, tabs become four spaces. Without `unicode` all but ASCII is spelled
 * out, because a terminal that does not read UTF-8 takes bytes 0x80 to 0x9f for controls.
 */
export function escapeTerminal(text: string, unicode = true): string {
  const shown = visible(text.replaceAll('\t', TAB))
  return unicode ? shown : shown.replace(NON_ASCII, spellCharacter)
}

/** What means something to GitHub inside a line of Markdown: commit ids, references, mentions, autolinks, emoji, markup. */
const MARKDOWN = new RegExp(
  [
    '(?<![\\p{L}\\p{N}])[0-9a-f]{7,64}(?![\\p{L}\\p{N}])',
    'gh-(?=\\d)|@|:\\/\\/|www(?=\\.)|mailto:|xmpp:|:(?=[\\w+-]+:)',
    '[\\\\`*_[\\]|#~&<>$]',
  ].join('|'),
  'giu',
)
const ZERO_WIDTH_ENTITY = '&#8203;'
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['$', '<span>$</span>'],
  ['://', `:${ZERO_WIDTH_ENTITY}//`],
])

/**
 * One line of Markdown text, also safe in a table cell and as the label of a link. Backslashes do not stop mentions,
 * references or autolinks: those are broken by a zero-width entity. Commit ids become code, dollars a span.
 */
export function escapeMarkdown(text: string): string {
  const line = visible(text.replace(LAYOUT, ' ')).trim()
  const inline = line.replace(MARKDOWN, escapeMatch)
  return inline.replace(/^(?=[-+]\s|[-+=]+\s*$)/, '\\').replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\')
}

function escapeMatch(match: string, offset: number, line: string): string {
  const replacement = REPLACEMENTS.get(match)
  if (replacement !== undefined) return replacement
  const isReference = match === '#' && /\d/.test(line.charAt(offset + 1))
  if (isReference || /[@:]$|^(?:gh-|www)$/i.test(match)) return match + ZERO_WIDTH_ENTITY
  return match.length > 1 ? `\`${match}\`` : `\\${match}`
}

/**
 * Text as a code span, whatever backticks it holds. Not for table cells. A mention in code notifies nobody until someone
 * quotes it in a reply by mail, so `@` is parted from the name by a zero-width space.
 */
export function codeSpan(text: string): string {
  const content = visible(text).replace(/(?<![\p{L}\p{N}])@(?=[\p{L}\p{N}])/gu, `@${ZERO_WIDTH_SPACE}`)
  const longest = (content.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0)
  const fence = '`'.repeat(longest + 1)
  const pad = content === '' || /^[` ]|[` ]$/.test(content) ? ' ' : ''
  return `${fence}${pad}${content}${pad}${fence}`
}

/** A path as a relative URI reference (RFC 3986): each segment percent-encoded, also `:` and what ends a Markdown link. */
export function uriPath(path: string): string {
  return path
    .replace(SURROGATE, '\ufffd')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percentEncode))
    .join('/')
}

/** A URL between the parentheses of a Markdown link; null for what is not http(s) or is too long to be one. */
export function linkDestination(url: string): string | null {
  if (!/^https?:\/\//.test(url) || url.length > 2000) return null
  return url
    .replace(SURROGATE, '\ufffd')
    .replace(/[^\w\-.~:/?#@!$&*+,;=%]/gu, percentEncode)
    .replaceAll('&', '&amp;')
}

function percentEncode(character: string): string {
  const encoded = encodeURIComponent(character)
  return encoded === character ? `%${hex(character.charCodeAt(0)).toUpperCase()}` : encoded
}

/** Pretty or one-line JSON in which no control, bidi or zero-width character stands raw; it parses back to the same strings. */
export function safeJson(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replace(UNSEEN_CHARACTERS, (character) =>
    character === '\n' ? character : jsonEscape(character),
  )
}

function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, unit) => `\\u${hex(character.charCodeAt(unit)).padStart(4, '0')}`,
  ).join('')
}
