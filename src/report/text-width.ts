/** How many columns text takes on a terminal, and lines that fit. For text that `escapeTerminal` has been over. */

/** Two columns: East Asian wide and full width (UAX #11), and emoji. Explicit, so that no Unicode version can change it. */
const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f5],
  [0x26fa, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274e],
  [0x2753, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2ff],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f19a],
  [0x1f1e6, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7f0],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
]
const COMBINING = /^[\p{Mn}\p{Me}]$/u
const FIRST_WIDE = 0x1100

function characterWidth(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0
  if (codePoint < 0x300) return 1
  if (COMBINING.test(character)) return 0
  return codePoint >= FIRST_WIDE && WIDE.some(([from, to]) => codePoint >= from && codePoint <= to) ? 2 : 1
}

/** Columns. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** At most `width` columns; what is cut off is shown by `ellipsis`. */
export function cutToWidth(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text
  const [first = ''] = chunks(text, Math.max(1, width - displayWidth(ellipsis)))
  return first + ellipsis
}

/** Lines of at most `width` columns, broken at spaces; a word that is longer is broken inside. Never empty. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(/\s+/).flatMap((piece) => chunks(piece, width))) {
    const columns = displayWidth(word)
    if (used > 0 && used + 1 + columns > width) {
      lines.push(line)
      line = ''
      used = 0
    }
    line = used > 0 ? `${line} ${word}` : word
    used += used > 0 ? columns + 1 : columns
  }
  return [...lines, line]
}

function chunks(word: string, width: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const character of word) {
    const columns = characterWidth(character)
    if (used > 0 && used + columns > width) {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += character
    used += columns
  }
  return piece === '' ? pieces : [...pieces, piece]
}
