import type { EnvRead } from './env-reads.ts'

const ANNOTATION =
  /@ConfigurationProperties\(\s{0,20}(?:(?:prefix|value)\s{0,5}=\s{0,5})?"([A-Za-z][\w.-]{0,80})"[^)]{0,120}\)/g
/** Characters from the annotation to the brackets of the class, and within them. */
const MAX_HEAD = 300
const MAX_FIELDS = 6000
const KOTLIN =
  /^(?:@[\w:.]{1,60}(?:\([^()]{0,120}\))?\s+){0,4}(?:(?:private|internal|override)\s+)?va[lr]\s+(\w{1,60})\s*:\s*(String|Int|Long|URI|URL|Duration)$/

/**
 * Keys that a class of Kotlin needs to be built from the application's configuration: `class Pay(val url: String)` under `pay`
 * does not start without `pay.url`. Fields with a default, nullable ones and those of Java, which stay empty, ask for nothing.
 */
export function boundProperties(code: string, lineOf: (offset: number) => number): readonly EnvRead[] {
  if (!/\bva[lr]\s/.test(code)) return []
  return [...code.matchAll(ANNOTATION)].flatMap((match): readonly EnvRead[] => {
    const after = match.index + match[0].length
    const head = /\bclass\s+\w{1,80}[^({;]{0,80}\(/.exec(code.slice(after, after + MAX_HEAD))
    if (head === null || /\bfun\b|[{;]/.test(code.slice(after, after + head.index))) return []
    const open = after + head.index + head[0].length
    return fieldsFrom(code, open).flatMap(({ text, at }) => {
      const field = KOTLIN.exec(text)
      const name = `${match[1]}.${field?.[1]}`
      return field === null
        ? []
        : [{ name, line: lineOf(at), form: 'required' as const, kind: 'property' as const, fallback: null }]
    })
  })
}

/** What stands between the brackets, apart by the commas that are in no other brackets. */
function fieldsFrom(code: string, open: number): readonly { readonly text: string; readonly at: number }[] {
  const fields: { readonly text: string; readonly at: number }[] = []
  let depth = 0
  let from = open
  const take = (to: number): void => {
    const text = code.slice(from, to)
    if (text.trim() !== '') fields.push({ text: text.trim(), at: from + (text.length - text.trimStart().length) })
    from = to + 1
  }
  for (let at = open; at < Math.min(code.length, open + MAX_FIELDS); at++) {
    const char = code.charAt(at)
    if (char === ')' && depth === 0) {
      take(at)
      return fields
    }
    if (char === ',' && depth === 0) take(at)
    if (/[([{<]/.test(char)) depth++
    if (/[)\]}>]/.test(char)) depth--
  }
  return []
}
