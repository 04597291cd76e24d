import { ConfigValue } from './config-value.ts'

/**
 * How code reads a variable. required: fails at once without it. plain: goes on with nothing in its place.
 * optional: asks whether it is there. default: has another value ready.
 */
export type ReadForm = 'required' | 'plain' | 'optional' | 'default'

export interface Answer {
  readonly form: ReadForm
  /** The value it has ready, where that is a literal. */
  readonly fallback: ConfigValue | null
}

const MAX_AFTER = 160
const DEVELOPERS =
  /NODE_ENV\s{0,3}(?:!==?\s{0,3}['"]production|===?\s{0,3}['"]development)['"]\)?\s{0,20}[?{]?\s{0,20}(?:return\s{1,3})?$/

export interface ReadAt {
  readonly name: string
  /** Form when neither a default nor a question is seen around it. */
  readonly form: ReadForm
  /** A second argument is the default. */
  readonly argument?: boolean
}

/** The answer to an absent variable, from what stands around the read on its line; null when it is written and not read. */
export function answerOf(read: ReadAt, code: string, start: number, end: number): Answer | null {
  const form = formOf(read, code, start, end)
  if (form === null) return null
  return { form, fallback: form === 'default' ? fallbackIn(code.slice(end, end + MAX_AFTER), read.name) : null }
}

function formOf(pattern: ReadAt, code: string, start: number, end: number): ReadForm | null {
  const after = code.slice(end, end + MAX_AFTER)
  const before = code.slice(code.lastIndexOf('\n', start) + 1, start).slice(-160)
  if (/^\s*=(?![=~>])/.test(after) || /\b(?:delete|del|unset)\s*\(?\s*(?:os\.)?$/.test(before)) return null
  if (pattern.argument === true && /^\s*,/.test(after))
    return /^\s*,\s*(?:default\s*=\s*)?(?:None|null|nil|undefined)\b/.test(after) ? 'optional' : 'default'
  if (pattern.argument === true && /^\s*\)\s*(?:\{|do\b)/.test(after)) return 'default'
  const rest = pattern.argument === true ? after.replace(/^\s*\)/, '') : after
  // `toInt(process.env.TTL, 10)`: the team's own conversion takes a default.
  if (
    /\b(?:to|parse|as|num|int|bool|str|env)\w{0,20}\(\s*$/i.test(before) &&
    /^\s*,\s*(?:['"\d-]|true\b|false\b)/.test(after)
  )
    return 'default'
  if (/^[)\s]*(?:\|\||\?\?|\?:|\bor\b|\.unwrap_or|\.unwrap_or_else|\.unwrap_or_default|\.orElse)/.test(rest))
    return 'default'
  if (/^"?[^`"]{0,200}(?:envDefault|default|env-default):"/.test(rest)) return 'default'
  if (/^,\s*(?:required|notEmpty)|^"[^`]{0,100}required:"true"/.test(rest)) return 'required'
  if (
    /^\s*(?:!(?!=)|as string\b)/.test(rest) ||
    /^(?:\s*\.unwrap\(|\s*\.expect\(|\?(?:;|\n|$))/.test(rest.slice(0, 40))
  )
    return 'required'
  if (/^\)?\s*(?:\?|[=!]=|&&|\.ok\(|is (?:not )?None|\.(?:nil|present|blank)\?)/.test(rest)) return 'optional'
  // Only developers come here.
  if (DEVELOPERS.test(code.slice(Math.max(0, start - 160), start))) return 'optional'
  if (
    /(?:\b(?:if|unless|elif|while)\b[^;{]{0,120}|!|\bBoolean\(|\bbool\(|\btypeof |\bin )$/.test(before) &&
    pattern.form !== 'required'
  )
    return 'optional'
  return pattern.form
}

/** `, 5)`, `, default="x")`, `|| 'x'`, `?? 5`, `" envDefault:"x"`: the first literal after the read. */
function fallbackIn(after: string, name: string): ConfigValue | null {
  const found =
    /^[\s)'"]*(?:,\s*(?:default\s*=\s*|fallback\s*=\s*)?|\|\||\?\?|\?:|\bor\b|\.unwrap_or\()\s*(?:(['"`])([^'"`\n]{0,120})\1|(-?\d[\d_]{0,14}(?:\.\d{1,6})?|[Tt]rue|[Ff]alse)\b)/.exec(
      after,
    ) ?? /^[^`"]{0,40}"[^`]{0,60}(?:envDefault|default):(")([^"\n]{0,120})"/.exec(after)
  const raw = found?.[2] ?? found?.[3]?.replaceAll('_', '')
  return raw === undefined ? null : new ConfigValue([name], raw)
}
