const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 }

/**
 * Reads a name in git's C style at the start of `text`: `"caf\303\251.txt" …` → `café.txt`, and how long it was with
 * its quotes. Null when the text does not start with a whole quoted name.
 */
export function unquotePath(text: string): { readonly path: string; readonly length: number } | null {
  if (!text.startsWith('"')) return null
  const bytes: number[] = []
  let at = 1
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== '\\') {
      const end = nextSpecial(text, at)
      for (const byte of new TextEncoder().encode(text.slice(at, end))) bytes.push(byte)
      at = end
      continue
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))?.[0]
    const byte = octal === undefined ? ESCAPES[text[at + 1] ?? ''] : Number.parseInt(octal, 8)
    if (byte === undefined) return null
    bytes.push(byte)
    at += octal === undefined ? 2 : 4
  }
  if (at >= text.length) return null
  return { path: new TextDecoder().decode(Uint8Array.from(bytes)), length: at + 1 }
}

function nextSpecial(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '"' && text[at] !== '\\') at++
  return at
}
