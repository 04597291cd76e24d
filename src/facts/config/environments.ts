import type { ConfigEntry } from './config-entry.ts'
import { matchesPattern } from './name-pattern.ts'
import { type Tier, tierOfName } from './tiers.ts'

export interface Environment {
  /** As the path, the section or the policy writes it: 'production', 'prod-eu'. */
  readonly name: string
  readonly tier: Tier
}

export interface Place {
  /** Null for a base file, which every environment of the group inherits, and for a file of no environment. */
  readonly environment: Environment | null
  /** The path with its environment taken out: files with the same one are siblings. */
  readonly group: string
}

const REGION =
  /^(?:eu|us|ap|sa|ca|uk|gb|de|fr|nl|in|au|jp|sg|cn|br|ie|apac|emea|east|west|north|south|central|\d{1,2}|(?:eu|us|ap)(?:east|west|central)?\d?)$/
/** Words that also mean other things: they count only as a whole segment or at the end of a name. */
const AMBIGUOUS = new Set([
  'live',
  'test',
  'testing',
  'integration',
  'ci',
  'e2e',
  'qa',
  'demo',
  'local',
  'preview',
  'acceptance',
  'stage',
  'dev',
  'sandbox',
  'stag',
])
const BASE_NAME = /^(?:base|common|default|defaults|shared|global|globals|all|main)$/i
const ENVIRONMENTS_FOLDER = /^(?:overlays|envs?|environments|stages)$/i

/** Where a path stands among environments. `names` are the policy's own names, as `canary` or `eu-live`. */
export function placeOf(path: string, names: readonly string[]): Place {
  const segments = path.split('/')
  const file = segments.pop() ?? ''
  const own = fileEnvironment(file, names)
  let environment = own.environment
  const kept: string[] = []
  const chosen = environment === null ? environmentFolder(segments, names) : -1
  for (const [index, segment] of segments.entries()) {
    const found = index === chosen ? wholeName(segment, names) : null
    const inherits = environment === null && found === null && /^base$/i.test(segment)
    if (found === null && !inherits) {
      kept.push(segment)
      continue
    }
    if (found !== null) environment = found
    if (ENVIRONMENTS_FOLDER.test(kept.at(-1) ?? '')) kept.pop()
    kept.push('{env}')
  }
  return { environment, group: [...kept, own.rest].join('/') }
}

/** The first folder that is an environment; in `live/staging/` it is the one whose name means nothing else. -1 when there is none. */
function environmentFolder(segments: readonly string[], names: readonly string[]): number {
  const found = segments.flatMap((segment, index) => (wholeName(segment, names) === null ? [] : [index]))
  return found.find((index) => !AMBIGUOUS.has((segments[index] ?? '').toLowerCase())) ?? found[0] ?? -1
}

function fileEnvironment(
  file: string,
  names: readonly string[],
): { readonly environment: Environment | null; readonly rest: string } {
  const dotted = /^\.env(?=$|[._-])/.test(file)
  const dot = dotted ? file.length : file.indexOf('.', file.startsWith('.') ? 1 : 0)
  const extension = dotted ? '' : extensionOf(file)
  const stem = extension === '' ? file : file.slice(0, -extension.length)
  if (dot < 0 && !dotted) return { environment: null, rest: file }
  const whole = wholeName(stem, names)
  if (whole !== null) return { environment: whole, rest: `{env}${extension}` }
  // `application-integrationtest.yml` is a profile of tests in any language.
  const profile = /^application-([a-z]{3,30}test)$/i.exec(stem)?.[1]
  if (profile !== undefined) return { environment: { name: profile, tier: 'test' }, rest: `application${extension}` }
  if (BASE_NAME.test(stem)) return { environment: null, rest: `{env}${extension}` }
  const parts = stem.split(/([._-])/)
  const found = suffix(parts, names) ?? prefix(parts, names) ?? within(parts, names)
  return found === null
    ? { environment: null, rest: file }
    : { environment: found.environment, rest: `${found.rest}${extension}` }
}

function extensionOf(file: string): string {
  return (
    /\.(?:[cm]?[jt]s|py|rb|php|ya?ml|json[c5]?|toml|ini|cfg|properties|tfvars(?:\.json)?|tf|hcl|config|env|vars)$/i.exec(
      file,
    )?.[0] ?? ''
  )
}

interface Found {
  readonly environment: Environment
  readonly rest: string
}

/** `values-prod-eu`, `application-staging`, `.env.production.local`: the name is at the end, a region may follow. */
function suffix(parts: readonly string[], names: readonly string[]): Found | null {
  // The longest first: `pre-production` is no production.
  for (const length of [5, 3, 1]) {
    if (parts.length <= length) continue
    const name = parts.slice(-length).join('')
    const environment = wholeName(name, names)
    if (environment !== null) return { environment, rest: parts.slice(0, -length - 1).join('') }
  }
  return null
}

function prefix(parts: readonly string[], names: readonly string[]): Found | null {
  const [first, separator] = parts
  if (first === undefined || separator === undefined || parts.length < 3 || AMBIGUOUS.has(first.toLowerCase()))
    return null
  const environment = wholeName(first, names)
  return environment === null ? null : { environment, rest: parts.slice(2).join('') }
}

/** `values-ml-staging-codfw`: the one name of an environment between words that mean something to the team. */
function within(parts: readonly string[], names: readonly string[]): Found | null {
  // The longest first: `pre-production` is no production.
  for (const length of [3, 1]) {
    const at = parts.flatMap((_, index) => {
      const name = index % 2 === 0 ? parts.slice(index, index + length).join('') : ''
      const environment = AMBIGUOUS.has(name.toLowerCase()) || name === '' ? null : wholeName(name, names)
      return environment === null ? [] : [{ index, environment }]
    })
    const [found] = at
    if (found !== undefined && at.length === 1) {
      const kept = [...parts.slice(0, Math.max(0, found.index - 1)), ...parts.slice(found.index + length)]
      return { environment: found.environment, rest: kept.join('') }
    }
  }
  return null
}

/** A name that is an environment and nothing else, with or without its region: `prod`, `prod-eu`, `us1-staging`. */
function wholeName(text: string, names: readonly string[]): Environment | null {
  const known = wholeNames.get(names) ?? new Map<string, Environment | null>()
  wholeNames.set(names, known)
  const before = known.get(text)
  if (before !== undefined) return before
  const found = readName(text, names)
  known.set(text, found)
  return found
}

/** A tree of thousands of files has few names of folders: each is read once for one list of names. */
const wholeNames = new WeakMap<readonly string[], Map<string, Environment | null>>()

function readName(text: string, names: readonly string[]): Environment | null {
  const lower = text.toLowerCase()
  if (names.some((name) => matchesPattern(name, lower))) return { name: text, tier: toldTier(lower) }
  const tier = tierOfName(text) ?? partTier(lower)
  return tier === null ? null : { name: text, tier }
}

/** The team says that it is an environment: one word of it is enough to say of what kind. */
function toldTier(lower: string): Tier {
  const parts = lower.split(/[-_.]/).map(tierOfName)
  return tierOfName(lower) ?? parts.find((tier) => tier !== null) ?? 'other'
}

function partTier(lower: string): Tier | null {
  const parts = lower.split(/[-_.]/)
  if (parts.length < 2 || parts.length > 4) return null
  const named = parts.filter((part) => !REGION.test(part))
  return named.length === 1 ? tierOfName(named[0] ?? '') : null
}

/** The environment that a name inside a file stands for; null when it is a name like any other. */
export function environmentOfName(name: string, names: readonly string[]): Environment | null {
  return wholeName(name, names)
}

const HOLDER = /^(?:env|envs|environments?|contexts?|stages?|profiles?|targets?)$/i

/** Takes sections that are environments out of the paths: `production: { url }` beside `staging: { url }`, `[env.production]`. */
export function withSections(entries: readonly ConfigEntry[], names: readonly string[]): readonly ConfigEntry[] {
  const depth = sectionDepth(entries, names)
  if (depth === null) return entries
  return entries.map((entry) => {
    const name = entry.path[depth]
    if (
      name === undefined ||
      entry.section !== null ||
      entry.path.length <= depth + 1 ||
      wholeName(name, names) === null
    )
      return entry
    const parent = entry.path.slice(0, depth)
    const holder = parent.at(-1)
    const kept = holder !== undefined && HOLDER.test(holder) ? parent.slice(0, -1) : parent
    return { ...entry, section: name, path: [...kept, ...entry.path.slice(depth + 1)] }
  })
}

function sectionDepth(entries: readonly ConfigEntry[], names: readonly string[]): number | null {
  for (const depth of [0, 1, 2]) {
    const parents = new Map<string, Set<string>>()
    for (const entry of entries) {
      const name = entry.path[depth]
      if (name === undefined || entry.path.length <= depth + 1 || wholeName(name, names) === null) continue
      const parent = entry.path.slice(0, depth).join('.')
      parents.set(parent, (parents.get(parent) ?? new Set()).add(name))
    }
    for (const [parent, found] of parents) {
      if (found.size >= 2 || (depth === 1 && HOLDER.test(parent))) return depth
    }
  }
  return null
}
