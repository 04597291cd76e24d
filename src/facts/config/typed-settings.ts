import type { CodeLanguage } from './code-text.ts'
import { ConfigValue } from './config-value.ts'
import type { Answer, ReadForm } from './read-form.ts'

/** A variable that a class or a schema of settings takes, without its name standing in a read. */
export interface TypedSetting extends Answer {
  readonly name: string
  /** Offset of the declaration. */
  readonly at: number
}

/** Characters of one field or of one declaration in a schema. */
const MAX_RULES = 800
const MAX_SETTINGS = 1000

const DECLARED =
  /^[ \t]*['"]?([A-Z][A-Z0-9_]{1,80})['"]?\s*:\s*(?:(Joi|yup)|z|v|str|num|bool|url|port|json|email|host|makeValidator)\b/gm

/** What a schema of TypeScript says of each variable, whether or not it is read by name: `X: z.string().optional()`, `X: str({ default: 'a' })`. */
export function schemaSettings(code: string, language: CodeLanguage): readonly TypedSetting[] {
  if (language !== 'javascript') return []
  return [...code.matchAll(DECLARED)].slice(0, MAX_SETTINGS).map((match) => {
    const rules = code.slice(match.index + match[0].length, match.index + match[0].length + MAX_RULES)
    const next = rules.search(/\n[ \t]*['"]?[A-Z][A-Z0-9_]{1,80}['"]?\s*:|\n[ \t]*\}/)
    const own = next < 0 ? rules : rules.slice(0, next)
    const name = match[1] ?? ''
    const literal = /\bdefault(?:\(|:)\s*(?:(['"`])([^'"`\n]{0,120})\1|(-?\d[\d_]{0,14}|true|false)\b)/.exec(own)
    const raw = literal?.[2] ?? literal?.[3]?.replaceAll('_', '')
    return {
      name,
      at: match.index + match[0].search(/\S/),
      form: schemaForm(own, match[2] !== undefined),
      fallback: raw === undefined ? null : new ConfigValue([name], raw),
    }
  })
}

/** Joi and yup let a value be absent unless they are told otherwise. */
function schemaForm(rules: string, lenient: boolean): ReadForm {
  if (/\bdefault\b|catch\(/.test(rules)) return 'default'
  if (/optional|nullish|nullable|allow\(|undefined/.test(rules)) return 'optional'
  return lenient && !/\.required\(/.test(rules) ? 'optional' : 'required'
}

/** The whole environment goes through the schema of this file, so that each key of the schema is a read. */
export function takesWholeEnvironment(code: string): boolean {
  return (
    /\b(?:createEnv|cleanEnv)\s*\(|\bvalidationSchema\s*:/.test(code) ||
    /\b(?:process|import\.meta|Bun)\.env\b(?!\s*(?:\.|\[|\?\.|=))/.test(code)
  )
}

const CLASS = /^class\s+(\w{1,80})\s*\(([^)\n]{0,300})\)\s*:/
const FIELD = /^([ \t]+)(\w{1,80})\s*:\s*([^=#\n]{1,200}?)\s*(?:=\s*(.*))?$/
/** Types that one variable can hold; a nested model takes its own variables. */
const SIMPLE =
  /^(?:(?:Optional|Annotated|Union|List|list|Dict|dict|Set|set|Tuple|tuple|Literal)\[|(?:str|int|float|bool|bytes|Path|Decimal|date|datetime|timedelta|UUID|Json|FilePath|DirectoryPath|Secret\w+|\w*Url|\w*Dsn|Email\w*|IPv\w+)\b)/

/** Fields of classes that derive from pydantic's `BaseSettings`: each is read from the variable of its name. */
export function pydanticSettings(code: string): readonly TypedSetting[] {
  if (!code.includes('BaseSettings')) return []
  const bases = new Set(['BaseSettings'])
  const found: TypedSetting[] = []
  let offset = 0
  let open: { readonly prefix: string; indent: string | null } | null = null
  for (const line of code.split('\n')) {
    const at = offset
    offset += line.length + 1
    const declared = CLASS.exec(line)
    if (declared !== null || /^\S/.test(line)) {
      const derives = (declared?.[2] ?? '').split(',').some((base) => bases.has(base.trim().split('.').at(-1) ?? ''))
      if (derives && declared?.[1] !== undefined) bases.add(declared[1])
      if (declared !== null || !/^[)\]}]/.test(line))
        open = derives ? { prefix: prefixIn(code, at), indent: null } : null
      continue
    }
    if (open !== null) open.indent ??= /^[ \t]+(?=\S)/.exec(line)?.[0] ?? null
    const field = open === null || line.length > MAX_RULES ? null : FIELD.exec(line)
    if (open === null || field === null || found.length >= MAX_SETTINGS) continue
    if (field[1] === open.indent) found.push(...settingOf(field, code, at, open.prefix))
  }
  return found
}

function settingOf(field: RegExpExecArray, code: string, at: number, prefix: string): readonly TypedSetting[] {
  const [, , name = '', type = ''] = field
  if (name.startsWith('_') || name === 'model_config' || !SIMPLE.test(type)) return []
  const value = field[4] === undefined ? null : valueFrom(code, at + field[0].indexOf('=', field[0].indexOf(type)) + 1)
  const alias = value === null ? null : /\b(?:validation_alias|alias|env)\s*=\s*["'](\w{1,80})["']/.exec(value)
  const variable = (alias?.[1] ?? `${prefix}${name}`).toUpperCase()
  const literal =
    value === null
      ? null
      : /^(?:Field\(\s*(?:default\s*=\s*)?)?(?:(["'])([^"'\n]{0,120})\1|(-?\d[\d_]{0,14}|True|False)\b)/.exec(value)
  const raw = literal?.[2] ?? literal?.[3]?.replaceAll('_', '')
  return [
    {
      name: variable,
      at: at + field[0].search(/\S/),
      form: fieldForm(type, value),
      fallback: raw === undefined ? null : new ConfigValue([variable], raw),
    },
  ]
}

function fieldForm(type: string, value: string | null): ReadForm {
  const required = value === null || /^(?:\.\.\.|Field\(\s*(?:\.\.\.|\)|(?!default)[a-z_]+\s*=))/.test(value)
  if (required && value !== null && /\bdefault(?:_factory)?\s*=/.test(value)) return 'default'
  if (!required) return 'default'
  return /\bOptional\[|\|\s*None\b|\bNone\s*\|/.test(type) ? 'optional' : 'required'
}

/** To the end of the line, or to the bracket that closes what opens on it. */
function valueFrom(code: string, start: number): string {
  let depth = 0
  const text = code.slice(start, start + MAX_RULES)
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '(' || char === '[' || char === '{') depth++
    else if (char === ')' || char === ']' || char === '}') depth--
    else if (char === '\n' && depth <= 0) return text.slice(0, at).trim()
  }
  return text.trim()
}

/** `env_prefix` of the class that starts here. */
function prefixIn(code: string, start: number): string {
  const end = code.slice(start + 1).search(/^class\s/m)
  const body = code.slice(start, end < 0 ? code.length : start + 1 + end)
  return /["']?\benv_prefix["']?\s*[=:]\s*["'](\w{0,40})["']/.exec(body)?.[1] ?? ''
}
