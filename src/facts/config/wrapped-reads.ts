import type { EnvRead } from './env-reads.ts'
import { answerOf } from './read-form.ts'

const DYNAMIC = /\bprocess\.env\[\s*[a-z]\w{0,40}\s*\]/g
const FUNCTION = /\bfunction\s+(\w{2,40})\s*[(<]|\bconst\s+(\w{2,40})\s*=\s*(?:async\s*)?(?:<\w{1,20}>\s*)?\(/g
/** Characters from the name of a function to the read in it. */
const MAX_BODY = 500
const MAX_READERS = 20

/** Reads through the file's own reader, as `function get(name, fallback, options) { … process.env[name] … }` and `get('PAY_URL', '')`. */
export function wrappedReads(code: string, lineOf: (offset: number) => number): readonly EnvRead[] {
  const readers = new Set<string>()
  for (const { index } of code.matchAll(DYNAMIC)) {
    const before = [...code.slice(Math.max(0, index - MAX_BODY), index).matchAll(FUNCTION)].at(-1)
    const name = before?.[1] ?? before?.[2]
    if (name !== undefined) readers.add(name)
    if (readers.size >= MAX_READERS) break
  }
  if (readers.size === 0) return []
  return [...code.matchAll(/(?<![\w.])(\w{2,40})\(\s*['"]([A-Z][A-Z0-9_]{2,80})['"]/g)].flatMap((match) => {
    const [whole, reader = '', name = ''] = match
    const end = match.index + whole.length
    const answer = readers.has(reader)
      ? answerOf({ name, form: 'plain', argument: true }, code, match.index, end)
      : null
    if (answer === null) return []
    return [
      {
        name,
        line: lineOf(match.index),
        kind: 'variable',
        ...(isNeeded(code.slice(end, end + 300)) ? REQUIRED : answer),
      },
    ]
  })
}

const REQUIRED = { form: 'required', fallback: null } as const

/** A fallback for developers, with an option that production must not go without: `, 'http://localhost', requiredInProduction)`. */
function isNeeded(after: string): boolean {
  return /^\s*,[^()\n]{0,160},\s*(?:require\w*|\{\s*require\w*:\s*true)/i.test(after)
}
