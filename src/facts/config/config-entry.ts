import { ConfigValue } from './config-value.ts'
import { hasProviderForm } from './secrets.ts'

/** One setting as one file gives it. */
export interface ConfigEntry {
  /** From the root of the file, without the environment's section. Items of a list go by their name. */
  readonly path: readonly string[]
  /** 1-based line of the key. */
  readonly line: number
  readonly value: ConfigValue
  /** Environment named inside the file (a profile, a top key, a section), as written; null when the file has one environment. */
  readonly section: string | null
  /** It becomes an environment variable of a process: its last segment is the variable's name. */
  readonly variable: boolean
}

/** A place in a configuration file that reads from elsewhere: `${X}` in Compose, `secrets.X` in a workflow, `.Values.a` in a chart, a key of a ConfigMap (`ConfigMap web PAY_URL`). */
export interface ConfigReference {
  readonly name: string
  readonly line: number
  /** It has a default or is allowed to be missing. */
  readonly optional: boolean
  /** What reads it stops without it. */
  readonly required?: boolean
  /** It stands in a part of a template that another value switches on. */
  readonly conditional?: boolean
  /** gate: a step that runs Airworthy. ignored-failure: a test step whose failure is dropped. */
  readonly kind: 'variable' | 'secret' | 'chart-value' | 'object-key' | 'gate' | 'ignored-failure'
}

export type ParsedConfig =
  | {
      readonly status: 'parsed'
      readonly entries: readonly ConfigEntry[]
      readonly references: readonly ConfigReference[]
    }
  /** `problem` is our own sentence: a library's message may quote the file. */
  | { readonly status: 'broken'; readonly line: number; readonly problem: string }
  /** Too large, too deep, or in a dialect that cannot be read. */
  | { readonly status: 'skipped'; readonly reason: string }

/** Characters. What is longer is not parsed. */
export const MAX_CONFIG_CHARS = 1_000_000
/** Entries of one file; more is data and no configuration. */
export const MAX_ENTRIES = 20_000

export interface EntryParts {
  readonly path: readonly string[]
  readonly line: number
  readonly raw: string
  readonly quoted?: boolean
  readonly secret?: boolean
  readonly variable?: boolean
  readonly section?: string | null
  readonly shape?: ConfigValue['shape']
}

export function configEntry(parts: EntryParts): ConfigEntry {
  const { path, raw, quoted, secret, shape } = parts
  return {
    path,
    line: parts.line,
    value: new ConfigValue(path, raw, {
      quoted: quoted ?? false,
      secret: secret ?? false,
      ...(shape === undefined ? {} : { shape }),
    }),
    section: parts.section ?? null,
    variable: parts.variable ?? false,
  }
}

export function parsed(entries: readonly ConfigEntry[], references: readonly ConfigReference[] = []): ParsedConfig {
  if (entries.length > MAX_ENTRIES) return { status: 'skipped', reason: `more than ${MAX_ENTRIES} entries` }
  return { status: 'parsed', entries, references }
}

/** The whole key as people write it: `db.pool.size`. What does not look like a name is not shown: it may be a value in the wrong place. */
export function keyName(path: readonly string[]): string {
  return path.map((segment) => (isName(segment) ? segment : '…')).join('.')
}

function isName(segment: string): boolean {
  return (
    /^[A-Za-z0-9_@/[\]*:. -]{1,80}$/.test(segment) && !/[A-Za-z0-9+=]{33,}/.test(segment) && !hasProviderForm(segment)
  )
}
