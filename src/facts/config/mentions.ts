import type { Location, TreeEntry } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { codeLanguage } from './code-text.ts'
import { MAX_CONFIG_CHARS } from './config-entry.ts'
import type { Mention, PlacedRead } from './config-facts.ts'
import { configKind } from './config-family.ts'
import { SETTINGS_FILE } from './config-gem.ts'
import { referencesOf } from './config-references.ts'
import { envReads } from './env-reads.ts'
import { placeOf } from './environments.ts'
import { parseConfig } from './parse-config.ts'
import type { ReadForm } from './read-form.ts'

const MAX_MENTIONS = 5

/** Where names stand in files that define or document such. Every word of a file is looked up once, whatever the number of names. */
export function mentionsOf(
  names: ReadonlySet<string>,
  files: readonly TreeEntry[],
  contents: Contents,
): ReadonlyMap<string, readonly Mention[]> {
  const found = new Map<string, Mention[]>()
  for (const entry of files) {
    const text = contents.textOf(entry)
    if (text === null || text.length > MAX_CONFIG_CHARS) continue
    const add = (name: string, line: number, how: Mention['how']): void => {
      const known = found.get(name) ?? []
      found.set(name, known)
      if (known.length < MAX_MENTIONS) known.push({ at: headLine(entry.path, line), how })
    }
    for (const [name, line] of propertiesIn(entry.path, text, names))
      add(name, line, placeOf(entry.path, []).environment === null ? 'default' : 'defined')
    for (const [name, line] of chartValuesIn(entry.path, text, names)) add(name, line, 'passed')
    // What the application takes from its environment it does not define.
    const told = configKind(entry.path)?.family === 'spring' ? text.replace(/\$\{[A-Z][A-Z0-9_]*/g, '') : text
    for (const [name, line] of wordsIn(told, names)) add(name, line, howMentioned(entry.path))
    for (const [name, line] of prefixedIn(entry.path, text, names)) add(name, line, 'passed')
    for (const [name, line] of dottedIn(entry.path, text, names)) add(name, line, howMentioned(entry.path))
  }
  return found
}

function howMentioned(path: string): Mention['how'] {
  const kind = configKind(path)
  if (kind?.example === true) return 'example'
  if (/\.(?:md|mdx|rst|adoc|txt)$/i.test(path)) return 'documented'
  return kind === null || kind.family === 'workflow' ? 'passed' : 'defined'
}

/** A name as it is; a key of the application also as the variable that sets it: `pay.url` is `PAY_URL`. */
function wordsIn(text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const asVariable = new Map([...names].filter((name) => /[.:-]/.test(name)).map((name) => [relaxed(name), name]))
  const found = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    const add = (name: string | undefined): void => {
      if (name !== undefined && !found.has(name)) found.set(name, index + 1)
    }
    for (const [word] of line.matchAll(/[A-Za-z_]\w*/g)) {
      if (names.has(word)) add(word)
      if (asVariable.size > 0 && /^(?:[A-Z][A-Z0-9_]+|\w+?__\w+)$/.test(word))
        add(asVariable.get(relaxed(word.replace(/^settings__/i, ''))))
    }
    // Manifests may keep the dashes of a key: `MANAGE-USERS_API_URL`.
    if (asVariable.size > 0)
      for (const [word] of line.matchAll(/[A-Z][A-Z0-9_]{0,60}-[A-Z0-9_-]{1,80}/g)) add(asVariable.get(relaxed(word)))
  }
  return found
}

/** Keys of the application's own configuration, as its relaxed binding finds them: `pay.max-retries` is `pay.maxRetries` and `PAY_MAXRETRIES`. */
function propertiesIn(path: string, text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const kind = configKind(path)
  const tier = placeOf(path, []).environment?.tier
  // What only developers and tests have does not define it where it is deployed.
  const settings = SETTINGS_FILE.test(path)
  if (kind === null || tier === 'development' || tier === 'test') return new Map()
  if (kind.family !== 'spring' && kind.family !== 'dotnet' && !settings) return new Map()
  // Spring and .NET take several spellings for one key, Ruby one.
  const spelt = settings ? (name: string): string => name : relaxed
  const wanted = new Map<string, string[]>()
  for (const name of names) wanted.set(spelt(name), [...(wanted.get(spelt(name)) ?? []), name])
  // A value of settings may be asked for what it holds: `Settings.pay.hosts.first`.
  const within = settings ? [...names].filter((name) => name.includes('.')) : []
  const result = parseConfig(text, kind, [])
  const found = new Map<string, number>()
  const lines = text.split('\n')
  const add = (name: string, line: number): void => {
    // `url: ${PAY_URL}` asks for the variable and is no default of it.
    if (!found.has(name) && !lines[line - 1]?.includes(`\${${name}}`)) found.set(name, line)
  }
  for (const entry of result.status === 'parsed' ? result.entries : []) {
    for (const index of entry.path.keys())
      for (const name of wanted.get(spelt(entry.path.slice(0, index + 1).join('.'))) ?? []) add(name, entry.line)
    const key = `${entry.path.join('.')}.`
    for (const name of within) if (name.startsWith(key)) add(name, entry.line)
  }
  if (settings && result.status !== 'parsed') {
    // It cannot be read as YAML: the last word of the key at the start of a line is enough.
    for (const [index, line] of lines.entries()) {
      const key = /^\s{0,40}(\w{1,80}):/.exec(line)?.[1]
      for (const name of key === undefined ? [] : within) if (name.endsWith(`.${key}`)) add(name, index + 1)
    }
  }
  return found
}

/** `envVarPrefix: DB` of a database that the platform makes, `prefix: PAY_` of a secret taken whole: they give all names that begin so. */
function prefixedIn(path: string, text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  if (configKind(path)?.family !== 'manifest' || !/prefix:/i.test(text)) return found
  for (const [index, line] of text.split('\n').entries()) {
    const given = /^\s{0,60}(?:- )?(envVarPrefix|prefix):\s{0,20}["']?([A-Z][A-Z0-9_]{0,60})["']?\s*$/.exec(
      line.slice(0, 300),
    )
    if (given?.[2] === undefined) continue
    const prefix = given[1] === 'prefix' ? given[2] : `${given[2]}_`
    for (const name of names) if (name.startsWith(prefix) && !found.has(name)) found.set(name, index + 1)
  }
  return found
}

/** A whole key of the application where it is written out: in a document, or in a file that a manifest or a chart carries as text. */
function dottedIn(path: string, text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const family = configKind(path)?.family
  if (family === 'spring' || family === 'dotnet') return found
  const wanted = [...names].filter((name) => name.includes('.') && text.includes(name))
  if (wanted.length === 0) return found
  for (const [index, line] of text.split('\n').entries()) {
    for (const name of wanted) {
      const at = found.has(name) ? -1 : line.indexOf(name)
      if (at >= 0 && !/[\w.]/.test(line.charAt(at - 1)) && !/[\w]/.test(line.charAt(at + name.length)))
        found.set(name, index + 1)
    }
  }
  return found
}

/** Values of a chart by the name that its templates may pass on: `productId` is `PRODUCT_ID`. */
function chartValuesIn(path: string, text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  if (configKind(path)?.family !== 'helm-values') return new Map()
  const wanted = new Map([...names].map((name) => [relaxed(name), name]))
  const found = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    const key = /^\s{0,40}([a-z]\w{3,80}):/.exec(line.slice(0, 200))?.[1] ?? ''
    const name = wanted.get(relaxed(key))
    if (name !== undefined && !found.has(name)) found.set(name, index + 1)
  }
  return found
}

function relaxed(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Where unchanged code that holds settings, and the application's own configuration, read the names. */
export function readersOf(
  names: ReadonlySet<string>,
  files: readonly TreeEntry[],
  contents: Contents,
): ReadonlyMap<string, readonly PlacedRead[]> {
  const found = new Map<string, PlacedRead[]>()
  for (const entry of files) {
    const text = contents.textOf(entry)
    if (text === null || text.length > MAX_CONFIG_CHARS) continue
    for (const read of readsIn(entry.path, text)) {
      if (!names.has(read.name)) continue
      const known = found.get(read.name) ?? []
      found.set(read.name, known)
      if (known.length < MAX_MENTIONS) known.push({ at: headLine(entry.path, read.line), form: read.form })
    }
  }
  return found
}

/** Reads of code, and what the application's own configuration takes from its environment; tests and developers aside. */
function readsIn(path: string, text: string): readonly { name: string; line: number; form: ReadForm }[] {
  const language = codeLanguage(path)
  if (language !== null) return envReads(text, language)
  const tier = placeOf(path, []).environment?.tier
  if (configKind(path)?.family !== 'spring' || tier === 'test' || tier === 'development') return []
  return referencesOf(text, 'spring').map(({ name, line, optional }) => ({
    name,
    line,
    form: optional ? 'default' : 'required',
  }))
}

function headLine(path: string, line: number): Location {
  return { path, startLine: line, endLine: line, side: 'head' }
}
