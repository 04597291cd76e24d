import { type CodeLanguage, codeText } from './code-text.ts'
import { lineIndex } from './line-index.ts'

/**
 * How code reads a variable. required: fails at once without it. plain: goes on with nothing in its place.
 * optional: asks whether it is there. default: has another value ready.
 */
export type ReadForm = 'required' | 'plain' | 'optional' | 'default'

export interface EnvRead {
  readonly name: string
  readonly line: number
  readonly form: ReadForm
  /** property: a key of the application's own configuration, as Spring's `@Value("${pay.url}")`. */
  readonly kind: 'variable' | 'property'
}

interface Pattern {
  readonly languages: readonly CodeLanguage[]
  /** Group `n` is the name. */
  readonly find: RegExp
  /** Form when neither a default nor a question is seen around it. */
  readonly form: ReadForm
  /** A second argument is the default. */
  readonly argument?: boolean
  readonly property?: boolean
  /** The match may stand inside a string: annotations and struct tags. */
  readonly quoted?: boolean
}

const ALL: readonly CodeLanguage[] = ['javascript', 'python', 'go', 'ruby', 'php', 'java', 'csharp', 'rust', 'elixir']

const PATTERNS: readonly Pattern[] = [
  {
    languages: ['javascript'],
    find: /\b(?:process\.env|import\.meta\.env|Bun\.env)(?:\.|\[\s*['"`]|\?\.)(?<n>[A-Za-z_]\w{0,80})(?:['"`]\s*\])?/g,
    form: 'plain',
  },
  { languages: ['javascript'], find: /\bDeno\.env\.get\(\s*['"](?<n>\w{1,80})['"]\s*\)/g, form: 'plain' },
  { languages: ['python'], find: /\benviron\[\s*['"](?<n>\w{1,80})['"]\s*\]/g, form: 'required' },
  {
    languages: ['python'],
    find: /\b(?:environ\.get|getenv)\(\s*['"](?<n>\w{1,80})['"]/g,
    form: 'plain',
    argument: true,
  },
  {
    languages: ['python'],
    find: /\benv(?:\.(?:str|bool|int|float|list|dict|json|url|db|db_url|cache|path|log_level|tuple|subset|timedelta|decimal|email))?\(\s*['"](?<n>\w{1,80})['"]/g,
    form: 'required',
    argument: true,
  },
  { languages: ['go'], find: /\bos\.Getenv\(\s*"(?<n>\w{1,80})"\s*\)/g, form: 'plain' },
  { languages: ['go'], find: /\bos\.LookupEnv\(\s*"(?<n>\w{1,80})"\s*\)/g, form: 'optional' },
  { languages: ['go'], find: /\b(?:env|envconfig):"(?<n>[A-Z]\w{1,80})/g, form: 'optional', quoted: true },
  { languages: ['ruby'], find: /\bENV\[\s*['"](?<n>\w{1,80})['"]\s*\]/g, form: 'plain' },
  { languages: ['ruby'], find: /\bENV\.fetch\(\s*['"](?<n>\w{1,80})['"]/g, form: 'required', argument: true },
  { languages: ['php'], find: /(?:\benv|\bgetenv)\(\s*['"](?<n>\w{1,80})['"]/g, form: 'plain', argument: true },
  { languages: ['php'], find: /\$_(?:ENV|SERVER)\[\s*['"](?<n>[A-Z]\w{1,80})['"]\s*\]/g, form: 'plain' },
  { languages: ['java'], find: /\bSystem\.getenv\(\s*"(?<n>\w{1,80})"\s*\)/g, form: 'plain' },
  {
    languages: ['java'],
    find: /@Value\(\s*"\$\{(?<n>[A-Za-z][\w.-]{0,100})\}"/g,
    form: 'required',
    property: true,
    quoted: true,
  },
  { languages: ['csharp'], find: /\bGetEnvironmentVariable\(\s*"(?<n>\w{1,80})"\s*\)/g, form: 'plain' },
  { languages: ['rust'], find: /\benv::var(?:_os)?\(\s*"(?<n>\w{1,80})"\s*\)/g, form: 'plain' },
  { languages: ['rust'], find: /\benv!\(\s*"(?<n>\w{1,80})"/g, form: 'required' },
  { languages: ['elixir'], find: /\bSystem\.fetch_env!\(\s*"(?<n>\w{1,80})"/g, form: 'required' },
  { languages: ['elixir'], find: /\bSystem\.get_env\(\s*"(?<n>\w{1,80})"/g, form: 'plain', argument: true },
  // The team's own readers: `getEnv('X', 5)`, `env.ParseNumFromEnv("X", …)`, `mustGetenv("X")`.
  {
    languages: ALL,
    find: /\b(?:must|Must)(?:Get)?[eE]nv\w{0,20}\(\s*['"](?<n>[A-Z][A-Z0-9_]{2,80})['"]/g,
    form: 'required',
    argument: true,
  },
  {
    languages: ALL,
    find: /\b(?!(?:[a-z]\.)?(?:[sS]et|[uU]nset|[sS]tub|[dD]el|put|[wW]ith|mock|restore|has|Has)\w*[eE]nv)\w{0,20}(?:From|get|Get|read|Read|parse|Parse|lookup|Lookup)_?[eE]nv\w{0,20}\(\s*['"](?<n>[A-Z][A-Z0-9_]{2,80})['"]/g,
    form: 'plain',
    argument: true,
  },
]

const MAX_READS = 2000
/** Characters of a declaration in a schema. */
const MAX_RULES = 800
const DESTRUCTURED = /\{([^{}]{1,4000})\}\s*=\s*(?:process|import\.meta)\.env\b/g
/** Set by the bundler itself. */
const BUNDLER = new Set(['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'NODE_ENV'])

/** Every read of a variable in a source file, in order of lines; one for a name, its strictest form. Text only: no syntax tree is built. */
export function envReads(text: string, language: CodeLanguage): readonly EnvRead[] {
  if (!/env|@Value/i.test(text)) return []
  const { code, bare } = codeText(text, language)
  const lineOf = lineIndex(code)
  const reads: EnvRead[] = []
  for (const pattern of PATTERNS) {
    if (!pattern.languages.includes(language)) continue
    for (const match of code.matchAll(pattern.find)) {
      const name = match.groups?.n
      if (name === undefined || reads.length >= MAX_READS || BUNDLER.has(name)) continue
      if (pattern.quoted !== true && bare.charAt(match.index) !== code.charAt(match.index)) continue
      const form = formOf(pattern, code, match.index, match.index + match[0].length)
      if (form !== null)
        reads.push({ name, line: lineOf(match.index), form, kind: pattern.property === true ? 'property' : 'variable' })
    }
  }
  if (language === 'javascript') reads.push(...destructured(code, lineOf))
  return strictest(reads, schemaForms(code, language))
}

const STRICTNESS: Readonly<Record<ReadForm, number>> = { required: 3, plain: 2, optional: 1, default: 0 }

function strictest(reads: readonly EnvRead[], schema: ReadonlyMap<string, ReadForm>): readonly EnvRead[] {
  const byName = new Map<string, EnvRead>()
  for (const read of reads) {
    const known = byName.get(read.name)
    // One default or one question in the file shows that its author thought of the absence.
    if (known === undefined || STRICTNESS[read.form] < STRICTNESS[known.form])
      byName.set(read.name, { ...read, line: Math.min(read.line, known?.line ?? read.line) })
  }
  return [...byName.values()]
    .map((read) => ({ ...read, form: schema.get(read.name) ?? read.form }))
    .toSorted((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1))
}

/** The form of one read from what stands around it on its line; null when it is written and not read. */
function formOf(pattern: Pattern, code: string, start: number, end: number): ReadForm | null {
  const after = code.slice(end, end + 160)
  const before = code.slice(code.lastIndexOf('\n', start) + 1, start).slice(-160)
  if (/^\s*=(?![=~>])/.test(after) || /\b(?:delete|del|unset)\s*\(?\s*(?:os\.)?$/.test(before)) return null
  if (pattern.argument === true && /^\s*,/.test(after))
    return /^\s*,\s*(?:default\s*=\s*)?(?:None|null|nil|undefined)\b/.test(after) ? 'optional' : 'default'
  if (pattern.argument === true && /^\s*\)\s*(?:\{|do\b)/.test(after)) return 'default'
  const rest = pattern.argument === true ? after.replace(/^\s*\)/, '') : after
  if (/^[)\s]*(?:\|\||\?\?|\?:|\bor\b|\.unwrap_or|\.unwrap_or_else|\.unwrap_or_default|\.orElse)/.test(rest))
    return 'default'
  if (/^[^`"]{0,200}(?:envDefault|default):"/.test(rest)) return 'default'
  if (/^,(?:required|notEmpty)|^"[^`]{0,100}required:"true"/.test(rest)) return 'required'
  if (/^\s*(?:!(?!=)|as string\b)/.test(rest) || /^\s*(?:\.unwrap\(|\.expect\(|\?;|\?$)/m.test(rest.slice(0, 40)))
    return 'required'
  if (/^\)?\s*(?:\?|[=!]=|&&|\.ok\(|is (?:not )?None|\.(?:nil|present|blank)\?)/.test(rest)) return 'optional'
  if (
    /(?:\b(?:if|unless|elif|while)\b[^;{]{0,120}|!|\bBoolean\(|\bbool\(|\btypeof |\bin )$/.test(before) &&
    pattern.form !== 'required'
  )
    return 'optional'
  return pattern.form
}

function destructured(code: string, lineOf: (offset: number) => number): readonly EnvRead[] {
  return [...code.matchAll(DESTRUCTURED)].flatMap((match) => {
    let offset = match.index + 1
    return (match[1] ?? '').split(',').flatMap((part): readonly EnvRead[] => {
      const name = /^\s*([A-Z_]\w{0,80})/.exec(part)?.[1]
      const line = lineOf(offset + (part.length - part.trimStart().length))
      offset += part.length + 1
      return name === undefined
        ? []
        : [{ name, line, form: part.includes('=') ? 'default' : 'plain', kind: 'variable' }]
    })
  })
}

/** A schema in the same file decides what happens without the variable: `X: z.string().optional()`. */
function schemaForms(code: string, language: CodeLanguage): ReadonlyMap<string, ReadForm> {
  const forms = new Map<string, ReadForm>()
  if (language !== 'javascript') return forms
  const declared =
    /^[ \t]*['"]?([A-Z][A-Z0-9_]{1,80})['"]?\s*:\s*(?:z|Joi|yup|v|str|num|bool|url|port|makeValidator)\b/gm
  for (const match of code.matchAll(declared)) {
    const rules = code.slice(match.index + match[0].length, match.index + match[0].length + MAX_RULES)
    const next = rules.search(/\n[ \t]*['"]?[A-Z][A-Z0-9_]{1,80}['"]?\s*:|\n[ \t]*\}/)
    const own = next < 0 ? rules : rules.slice(0, next)
    forms.set(
      match[1] ?? '',
      /default|catch\(/.test(own)
        ? 'default'
        : /optional|nullish|nullable|allow\(|undefined/.test(own)
          ? 'optional'
          : 'required',
    )
  }
  return forms
}
