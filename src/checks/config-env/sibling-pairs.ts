import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import { type PlacedEntry, type SiblingGroup, siblingGroups } from '../../facts/config/environment-views.ts'
import type { Environment } from '../../facts/config/environments.ts'
import { isNumbered, type Touched } from './touched.ts'

export interface Groups {
  readonly base: ReadonlyMap<string, SiblingGroup>
  readonly head: ReadonlyMap<string, SiblingGroup>
}

export function groupsOf(facts: ConfigFactsOfChange): Groups {
  const present = <T>(value: T | null): readonly T[] => (value === null ? [] : [value])
  return {
    base: siblingGroups(
      [...facts.siblings, ...facts.files.flatMap(({ base }) => present(base))],
      facts.environments,
      (group) => facts.inherits.get(group)?.base ?? [],
    ),
    head: siblingGroups(
      [...facts.siblings, ...facts.files.flatMap(({ head }) => present(head))],
      facts.environments,
      (group) => facts.inherits.get(group)?.head ?? [],
    ),
  }
}

/** Environments in which people are hurt: the others differ from these as a matter of course. */
export function isDeployed(environment: Environment): boolean {
  return environment.tier === 'production' || environment.tier === 'staging' || environment.tier === 'other'
}

/** Another environment's entry for the key, where it says one, with the entries both had before. */
export interface Pair {
  readonly setting: Touched
  readonly other: { readonly environment: Environment; readonly head: PlacedEntry; readonly base: PlacedEntry | null }
}

/** Each touched setting of an environment beside the same setting of every sibling. A pair of two touched ones comes once, from the side of production. */
export function siblingPairs(touched: readonly Touched[], groups: Groups): readonly Pair[] {
  const ids = new Set(
    touched.map(
      (setting) => `${setting.file.group}\u0001${setting.environment?.name.toLowerCase() ?? ''}\u0001${setting.key}`,
    ),
  )
  return touched.flatMap((setting) => {
    const { environment, after } = setting
    const head = groups.head.get(setting.file.group)
    if (environment === null || after === null || head === undefined || isNumbered(setting)) return []
    return [...head.views.entries()].flatMap(([name, view]): readonly Pair[] => {
      const found = view.effective.get(setting.key)
      if (name === environment.name.toLowerCase() || found === undefined) return []
      const alsoTouched = ids.has(`${setting.file.group}\u0001${name}\u0001${setting.key}`)
      if (
        alsoTouched &&
        rank(view.environment) <= rank(environment) &&
        !(rank(view.environment) === rank(environment) && environment.name < view.environment.name)
      )
        return []
      const base = groups.base.get(setting.file.group)?.views.get(name)?.effective.get(setting.key) ?? null
      return [{ setting, other: { environment: view.environment, head: found, base } }]
    })
  })
}

/** Production first. */
function rank(environment: Environment): number {
  return ['production', 'other', 'staging', 'unknown', 'test', 'development'].indexOf(environment.tier)
}
