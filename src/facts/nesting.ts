const MAX_DEPTH = 100

/** Brackets, block lists (`- - -`), complex keys (`? ? ?`) or indentation deeper than any configuration: parsers recurse, and some die of it. */
export function tooDeep(text: string): boolean {
  let depth = 0
  let marks = 0
  let indents: number[] = []
  let lineStart = 0
  let leading = true
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 10) {
      lineStart = at + 1
      marks = 0
      leading = true
      continue
    }
    if (char === 91 || char === 123) {
      if (++depth > MAX_DEPTH) return true
    } else if ((char === 93 || char === 125) && depth > 0) depth--
    if (!leading || char === 32 || char === 9) continue
    if ((char === 45 || char === 63) && isSpace(text.charCodeAt(at + 1))) {
      if (++marks > MAX_DEPTH) return true
      continue
    }
    leading = false
    const column = at - lineStart
    indents = indents.filter((indent) => indent < column)
    indents.push(column)
    if (indents.length > MAX_DEPTH) return true
  }
  return false
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || Number.isNaN(code)
}
