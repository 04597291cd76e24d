import { lineIndex } from '../line-index.ts'
import { type CodeLanguage, codeText } from './code-text.ts'
import { settingsReads } from './config-gem.ts'
import { boundProperties } from './configuration-properties.ts'
import { type Answer, answerOf, type ReadForm } from './read-form.ts'
import { pydanticSettings, schemaSettings, type TypedSetting, takesWholeEnvironment } from './typed-settings.ts'
import { wrappedReads } from './wrapped-reads.ts'

export interface EnvRead extends Answer {
  readonly name: string
  readonly line: number
  /**
   * property: a key of the application's own configuration, as Spring's `@Value("${pay.url}")`.
   * setting: a key of files of settings that lie beside the code, as `Settings.pay.url` of Ruby.
   */
  readonly kind: 'variable' | 'property' | 'setting'
  /** The read itself takes nothing but a number: `env.int('X')`, `Integer(ENV['X'])`. */
  readonly numeric?: boolean
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
  // NestJS.
  {
    languages: ['javascript'],
    find: /\.getOrThrow(?:<[\w[\]|{}: ]{1,40}>)?\(\s*['"](?<n>[A-Z][A-Z0-9_]{2,80})['"]/g,
    form: 'required',
  },
  {
    languages: ['javascript'],
    find: /\b[cC]onfig(?:Service)?\.get(?:<[\w[\]|{}: ]{1,40}>)?\(\s*['"](?<n>[A-Z][A-Z0-9_]{2,80})['"]/g,
    form: 'plain',
    argument: true,
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
  // python-decouple and Starlette.
  {
    languages: ['python'],
    find: /(?<![\w.])config\(\s*['"](?<n>[A-Z][A-Z0-9_]{1,80})['"]/g,
    form: 'required',
    argument: true,
  },
  { languages: ['go'], find: /\bviper\.BindEnv\(\s*"[^"]{1,80}"\s*,\s*"(?<n>\w{1,80})"/g, form: 'plain' },
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
    find: /@Value\(\s*"\\?\$\{(?<n>[A-Za-z][\w.-]{0,100})\}"/g,
    form: 'required',
    property: true,
    quoted: true,
  },
  {
    languages: ['csharp'],
    find: /\b[cC]onfig(?:uration)?\[\s*"(?<n>[A-Za-z][\w:.-]{1,100})"\s*\]/g,
    form: 'plain',
    property: true,
  },
  {
    languages: ['csharp'],
    find: /\bGetValue<[\w?]{1,40}>\(\s*"(?<n>[A-Za-z][\w:.-]{1,100})"/g,
    form: 'plain',
    argument: true,
    property: true,
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
const DESTRUCTURED = /\{([^{}]{1,4000})\}\s*=\s*(?:process|import\.meta)\.env\b/g
/** Set by the bundler itself. */
const BUNDLER = new Set(['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'NODE_ENV'])

/** Every read of a variable in a source file, in order of lines; one for a name, in its mildest form. Text only: no syntax tree is built. */
export function envReads(text: string, language: CodeLanguage): readonly EnvRead[] {
  if (!/env|@Value|BaseSettings|decouple|configuration|getConnectionString|\bSettings\./i.test(text)) return []
  const { code, bare } = codeText(text, language)
  const lineOf = lineIndex(code)
  const sections = conditionalSections(code)
  // A bean that is there in one profile only asks nothing of the others.
  const profiled = /@Profile\(\s*(?:\{\s*)?"[^!"]|@ConditionalOn(?:Property|Expression)\b/.test(code)
  const nested = language === 'go' && nestsSettings(code)
  const reads: EnvRead[] = []
  for (const pattern of PATTERNS) {
    if (!pattern.languages.includes(language)) continue
    for (const match of code.matchAll(pattern.find)) {
      const said = match.groups?.n
      // Go's envconfig asks in capitals, however the name is written.
      const name = match[0].startsWith('envconfig') ? said?.toUpperCase() : said
      if (name === undefined || reads.length >= MAX_READS || BUNDLER.has(name)) continue
      if (pattern.quoted !== true && bare.charAt(match.index) !== code.charAt(match.index)) continue
      const answer = answerOf({ ...pattern, name }, code, match.index, match.index + match[0].length)
      if (answer !== null)
        reads.push({
          name,
          line: lineOf(match.index),
          ...answer,
          ...(pattern.property === true && sections.has(name.split('.', 1)[0] ?? '') ? { form: 'optional' } : {}),
          ...(pattern.property === true && profiled && answer.form === 'required' ? { form: 'plain' } : {}),
          ...(nested && match[0].startsWith('envconfig') ? { form: 'optional' } : {}),
          kind: pattern.property === true ? 'property' : 'variable',
        })
    }
  }
  if (language === 'javascript') reads.push(...destructured(code, lineOf))
  if (language === 'javascript') reads.push(...wrappedReads(code, lineOf))
  if (language === 'ruby') reads.push(...settingsReads(code, bare, lineOf))
  if (language === 'java') reads.push(...boundProperties(code, lineOf))
  const schema = schemaSettings(code, language)
  const typed = [
    ...(language === 'python' ? pydanticSettings(code) : []),
    ...(schema.length > 0 && takesWholeEnvironment(code) ? schema : []),
  ]
  reads.push(...typed.map(({ at, ...rest }): EnvRead => ({ ...rest, line: lineOf(at), kind: 'variable' })))
  return mildest(code, reads, new Map(schema.map((setting) => [setting.name, setting])))
}

/** A struct of settings within another: envconfig puts the outer name before the inner ones, so that no name is known in full. */
function nestsSettings(code: string): boolean {
  const structs = new Set([...code.matchAll(/^type\s+(\w{1,80})\s+struct\b/gm)].map((match) => match[1]))
  return [...code.matchAll(/^\s{1,40}\w{1,80}\s{1,40}\*?(\w{1,80})\s{1,40}`[^`\n]{0,200}envconfig:/gm)].some((match) =>
    structs.has(match[1]),
  )
}

/** Sections of which a key decides whether a bean is there at all. */
function conditionalSections(code: string): ReadonlySet<string> {
  const found = code.matchAll(/ConditionalOnProperty\(\s*(?:\w{1,10}\s*=\s*)?(?:\{\s*)?"([\w-]{1,60})/g)
  return new Set([...found].map((match) => match[1] ?? ''))
}

const STRICTNESS: Readonly<Record<ReadForm, number>> = { required: 3, plain: 2, optional: 1, default: 0 }

/** Names that the file itself has a value for, as a map of settings for one environment: `"PAY_URL" to "https://…"`. */
function valuesInCode(code: string): ReadonlySet<string> {
  return new Set(
    [...code.matchAll(/['"]([A-Za-z_]\w{1,80})['"]\s{0,20}(?:to|:|=>)\s{0,20}['"]/g)].map((match) => match[1] ?? ''),
  )
}

function knownForm(form: ReadForm, given: boolean, bound: boolean): ReadForm {
  if (bound && form === 'plain') return 'optional'
  return given && form !== 'optional' ? 'default' : form
}

/** Readers that stop on what is no number. */
const NUMERIC =
  /\benv\.(?:int|float)\(\s{0,20}['"](\w{1,80})['"]|(?<![\w.])(?:int|float)\(\s{0,20}(?:os\.)?(?:environ\.get\(|environ\[|getenv\()\s{0,20}['"](\w{1,80})['"]|\bInteger\(\s{0,20}ENV(?:\.fetch\(|\[)\s{0,20}['"](\w{1,80})['"]/g

function mildest(
  code: string,
  reads: readonly EnvRead[],
  schema: ReadonlyMap<string, TypedSetting>,
): readonly EnvRead[] {
  const byName = new Map<string, EnvRead>()
  const given = valuesInCode(code)
  const numbers = new Set([...code.matchAll(NUMERIC)].map((match) => match[1] ?? match[2] ?? match[3] ?? ''))
  // Cloud Foundry gives the address of a service in its own way.
  const bound = code.includes('VCAP_SERVICES')
  for (const read of reads) {
    const known = byName.get(read.name)
    // One default or one question in the file shows that its author thought of the absence.
    if (known === undefined || STRICTNESS[read.form] < STRICTNESS[known.form])
      byName.set(read.name, { ...read, line: Math.min(read.line, known?.line ?? read.line) })
  }
  return [...byName.values()]
    .map((read) => {
      // A schema in the same file decides what happens without the variable.
      const { form, fallback } = schema.get(read.name) ?? read
      const known = { ...read, form: knownForm(form, given.has(read.name), bound), fallback }
      return numbers.has(read.name) ? { ...known, numeric: true } : known
    })
    .toSorted((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1))
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
        : [{ name, line, form: part.includes('=') ? 'default' : 'plain', kind: 'variable', fallback: null }]
    })
  })
}
