import type { ConfigEntry } from './config-entry.ts'
import type { ConfigFile } from './config-facts.ts'
import { type Environment, environmentOfName } from './environments.ts'
import { tierOfName } from './tiers.ts'

export interface PlacedEntry {
  readonly file: ConfigFile
  readonly entry: ConfigEntry
}

/** What one environment ends up with. Keys are `entryKey`s. */
export interface EnvironmentView {
  readonly environment: Environment
  /** Said by the environment's own files or sections. */
  readonly own: ReadonlyMap<string, PlacedEntry>
  /** Own entries over those of the base file. */
  readonly effective: ReadonlyMap<string, PlacedEntry>
  /** Every section that holds an effective entry: the proper beginnings of their keys. */
  readonly sections: ReadonlySet<string>
}

export interface SiblingGroup {
  readonly group: string
  /** Inherited by every environment. */
  readonly shared: ReadonlyMap<string, PlacedEntry>
  /** By name of environment, in order of name. */
  readonly views: ReadonlyMap<string, EnvironmentView>
}

/** Identity of a setting among siblings: `orders-staging-db` of staging is `orders-production-db` of production. */
export function entryKey(entry: ConfigEntry, environment: Environment | null): string {
  if (environment === null || environment.tier === 'other') return entry.path.join('\u0000')
  return entry.path.map((segment) => withoutOwnName(segment, environment)).join('\u0000')
}

function withoutOwnName(segment: string, { tier }: Environment): string {
  // A variable is called the same wherever it is set: `prod_backend_url` of production too.
  if (!/[-.]/.test(segment)) return segment
  return segment
    .split(/([-.])/)
    .map((part) => (tierOfName(part) === tier ? '*' : part))
    .join('')
}

/** Files of one revision as groups of siblings. Examples belong to none. */
export function siblingGroups(
  files: readonly ConfigFile[],
  environments: readonly string[],
  basesOf: (group: string) => readonly ConfigFile[],
): ReadonlyMap<string, SiblingGroup> {
  const byGroup = new Map<string, ConfigFile[]>()
  for (const file of files) {
    if (file.kind.example || file.parsed.status !== 'parsed') continue
    byGroup.set(file.group, [...(byGroup.get(file.group) ?? []), file])
  }
  return new Map(
    [...byGroup].map(([group, members]) => [group, siblingGroup(group, [...basesOf(group), ...members], environments)]),
  )
}

function siblingGroup(group: string, files: readonly ConfigFile[], environments: readonly string[]): SiblingGroup {
  const shared = new Map<string, PlacedEntry>()
  const found = new Map<string, { readonly environment: Environment; readonly own: Map<string, PlacedEntry> }>()
  for (const file of files) {
    if (file.parsed.status !== 'parsed') continue
    for (const entry of file.parsed.entries) {
      const environment =
        file.environment ?? (entry.section === null ? null : sectionEnvironment(entry.section, environments))
      if (environment === null) {
        shared.set(entryKey(entry, null), { file, entry })
        continue
      }
      const name = environment.name.toLowerCase()
      const view = found.get(name) ?? { environment, own: new Map<string, PlacedEntry>() }
      view.own.set(entryKey(entry, environment), { file, entry })
      found.set(name, view)
    }
    if (file.environment !== null && !found.has(file.environment.name.toLowerCase())) {
      found.set(file.environment.name.toLowerCase(), { environment: file.environment, own: new Map() })
    }
  }
  const views = [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, view]): [string, EnvironmentView] => {
      const effective = new Map([...shared, ...view.own])
      return [name, { ...view, effective, sections: sectionsOf(effective.keys()) }]
    })
  return { group, shared, views: new Map(views) }
}

function sectionsOf(keys: Iterable<string>): ReadonlySet<string> {
  const sections = new Set<string>()
  for (const key of keys) {
    for (let at = key.indexOf('\u0000'); at >= 0; at = key.indexOf('\u0000', at + 1)) sections.add(key.slice(0, at))
  }
  return sections
}

function sectionEnvironment(section: string, environments: readonly string[]): Environment {
  return environmentOfName(section, environments) ?? { name: section, tier: 'other' }
}
