/** SGR codes: what switches a style on, and what switches only that style off again. */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const

export type Style = keyof typeof STYLES

/** Text in these styles; without colour, the text itself. */
export type Paint = (text: string, ...styles: readonly Style[]) => string

export function createPaint(color: boolean): Paint {
  if (!color) return (text) => text
  return (text, ...styles) => (text === '' ? '' : styles.reduceRight(wrapInStyle, text))
}

function wrapInStyle(text: string, style: Style): string {
  const [on, off] = STYLES[style]
  return `\u001b[${on}m${text}\u001b[${off}m`
}
