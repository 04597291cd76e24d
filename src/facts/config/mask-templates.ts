/** Stands for every character of a template action; from the private use area, so that no file means it. */
export const MASK = '\uE000'

const OPENERS: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '{#': '#}', '<%': '%>' }
/** `@@NAMESPACE@@`, as some pipelines fill in before they deploy. */
const FILLED_IN = /@@[A-Za-z]\w{0,60}@@/g

/**
 * Hides template actions (Go, Jinja, ERB, `@@NAME@@`) from a parser, character for character, so that lines and columns stay.
 * An action alone on its lines becomes a comment; inside other text it becomes `MASK`.
 */
export function maskTemplates(written: string): string {
  const text = written.includes('@@') ? written.replace(FILLED_IN, (name) => MASK.repeat(name.length)) : written
  if (!/\{[{%#]|<%/.test(text)) return text
  const out: string[] = []
  const opener = /\{[{%#]|<%/g
  let from = 0
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const close = text.indexOf(OPENERS[match[0]] ?? '', match.index + 2)
    if (close < 0) break
    const end = close + 2
    out.push(text.slice(from, match.index), hide(text.slice(match.index, end), standsAlone(text, match.index, end)))
    from = end
    opener.lastIndex = end
  }
  out.push(text.slice(from))
  return out.join('')
}

function hide(action: string, alone: boolean): string {
  if (!alone) return action.replace(/[^\n]/g, MASK).replace(/\n/g, ' ')
  return action
    .split('\n')
    .map((line) => (line === '' ? '' : `#${' '.repeat(line.length - 1)}`))
    .join('\n')
}

function standsAlone(text: string, start: number, end: number): boolean {
  let before = start - 1
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--
  let after = end
  while (after < text.length && isBlank(text.charCodeAt(after))) after++
  return (before < 0 || text[before] === '\n') && (after >= text.length || text[after] === '\n')
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13
}
