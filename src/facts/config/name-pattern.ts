/** `*` matches any text; everything else itself, in any case. Linear in the text for each star. */
export function matchesPattern(pattern: string, text: string): boolean {
  const pieces = pattern.toLowerCase().split('*')
  const subject = text.toLowerCase()
  const [first = '', ...rest] = pieces
  if (rest.length === 0) return subject === first
  const last = rest.at(-1) ?? ''
  if (!subject.startsWith(first) || !subject.endsWith(last) || subject.length < first.length + last.length) return false
  let at = first.length
  for (const piece of rest.slice(0, -1)) {
    const found = subject.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= subject.length - last.length
}
