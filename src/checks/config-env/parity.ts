import { keyName } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import {
  type EnvironmentView,
  type PlacedEntry,
  type SiblingGroup,
  siblingGroups,
} from '../../facts/config/environment-views.ts'
import type { Environment } from '../../facts/config/environments.ts'
import type { Evidence, Exposure, Severity } from '../define-check.ts'
import { codeReads } from './code-reads.ts'
import { locate, named, type Touched } from './touched.ts'

export interface Groups {
  readonly base: ReadonlyMap<string, SiblingGroup>
  readonly head: ReadonlyMap<string, SiblingGroup>
}

export function groupsOf(facts: ConfigFactsOfChange): Groups {
  const present = <T>(value: T | null): readonly T[] => (value === null ? [] : [value])
  return {
    base: siblingGroups([...facts.siblings, ...facts.files.flatMap(({ base }) => present(base))], facts.environments),
    head: siblingGroups([...facts.siblings, ...facts.files.flatMap(({ head }) => present(head))], facts.environments),
  }
}

/** Environments in which people are hurt: the others differ from these as a matter of course. */
export function isDeployed(environment: Environment): boolean {
  return environment.tier === 'production' || environment.tier === 'staging' || environment.tier === 'other'
}

/** A key that one environment gained and its siblings lack, or that was renamed in one only. */
export function missingKeys(
  touched: readonly Touched[],
  facts: ConfigFactsOfChange,
  groups: Groups,
): readonly Exposure[] {
  const exposures: Exposure[] = []
  const said = new Set<string>()
  // Where people tried it last comes first: what staging has and production lacks says more than what a developer has.
  for (const setting of touched.toSorted((a, b) => tried(a) - tried(b))) {
    if (setting.after === null || setting.before !== null || setting.environment === null || setting.newFile) continue
    const head = groups.head.get(setting.file.group)
    const own = head?.views.get(setting.environment.name.toLowerCase())
    const before = groups.base.get(setting.file.group)?.views.get(setting.environment.name.toLowerCase())
    if (head === undefined || own === undefined || before === undefined || before.effective.has(setting.key)) continue
    const lacking = [...head.views.values()].filter(
      (view) => view !== own && lacks(view, setting.key) && isMirror(before, view, setting),
    )
    if (lacking.length === 0) continue
    const subtree = commonParent(setting, own, lacking, before)
    const id = `${setting.file.group}\u0001${subtree}`
    if (said.has(id)) continue
    said.add(id)
    exposures.push(missing(setting, subtree, lacking, renamedFrom(setting, touched, lacking), facts))
  }
  return exposures
}

function tried({ environment }: Touched): number {
  return environment === null ? 9 : ['staging', 'other', 'production', 'test', 'development'].indexOf(environment.tier)
}

function lacks(view: EnvironmentView, key: string): boolean {
  return (
    !view.effective.has(key) &&
    ![...view.effective.keys()].some((other) => other.startsWith(`${key}\u0000`) || key.startsWith(`${other}\u0000`))
  )
}

/** The sibling holds most of what this environment holds, seen from the keys near the new one: it is meant to be the same. */
function isMirror(before: EnvironmentView, sibling: EnvironmentView, setting: Touched): boolean {
  const keys = [...before.effective.keys()]
  if (keys.length === 0) return false
  const shared = keys.filter((key) => sibling.effective.has(key)).length
  if (shared / keys.length < 0.6) return false
  const parent = setting.key.split('\u0000').slice(0, -1).join('\u0000')
  if (parent === '') return true
  const neighbours = keys.filter((key) => key.startsWith(`${parent}\u0000`))
  return neighbours.length === 0 || neighbours.some((key) => sibling.effective.has(key))
}

/** The widest section around the key that is new here and wholly missing there: said once for all its keys. */
function commonParent(
  setting: Touched,
  own: EnvironmentView,
  lacking: readonly EnvironmentView[],
  before: EnvironmentView,
): string {
  const segments = setting.key.split('\u0000')
  for (let length = 1; length < segments.length; length++) {
    const prefix = `${segments.slice(0, length).join('\u0000')}\u0000`
    const holds = (view: EnvironmentView): boolean => [...view.effective.keys()].some((key) => key.startsWith(prefix))
    if (!holds(before) && !lacking.some(holds) && [...own.own.keys()].some((key) => key.startsWith(prefix)))
      return prefix.slice(0, -1)
  }
  return setting.key
}

function renamedFrom(
  setting: Touched,
  touched: readonly Touched[],
  lacking: readonly EnvironmentView[],
): Touched | null {
  const removed = touched.filter(
    (other) =>
      other.file === setting.file &&
      other.environment?.name === setting.environment?.name &&
      other.before !== null &&
      other.after === null,
  )
  const kept = removed.filter((other) => lacking.every((view) => view.effective.has(other.key)))
  return (
    kept.find(
      (other) =>
        other.before !== null &&
        setting.after?.value.sameAs(other.before.value) === true &&
        setting.after.value.shape.kind !== 'empty',
    ) ??
    kept.find((other) => nearName(other.key, setting.key)) ??
    null
  )
}

function nearName(a: string, b: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return plain(a) === plain(b)
}

function missing(
  setting: Touched,
  subtree: string,
  lacking: readonly EnvironmentView[],
  renamed: Touched | null,
  facts: ConfigFactsOfChange,
): Exposure {
  const entry = setting.after ?? setting.before
  const from = setting.environment?.name ?? ''
  const key = `\`${keyName(subtree.split('\u0000'))}\``
  const names = lacking.map((view) => view.environment.name).join(', ')
  const reads = entry === null ? [] : codeReads(entry, facts)
  const at =
    entry === null
      ? { path: setting.file.path, startLine: 1, endLine: 1, side: 'head' as const }
      : locate(setting.file, entry)
  const shared = { at, within: setting.file.path, anchor: `${subtree}:${from}` }
  if (renamed?.before != null) {
    return {
      ...shared,
      kind: 'renamed-in-one',
      severity: missingSeverity(setting, lacking, subtree),
      says: `${named(renamed.before)} became ${key} in ${from} only: ${names} still has the old name, so whoever reads the new one finds nothing there.`,
      remedy: `Rename it in ${names} too, or read both names until every environment has the new one.`,
      evidence: [],
    }
  }
  return {
    ...shared,
    kind: 'missing-in-environment',
    severity: missingSeverity(setting, lacking, subtree),
    says: `${key} was added in ${from} but ${names} does not have it, neither by itself nor from a shared file.`,
    remedy: `Add ${key} to ${names}, put it into the shared file, or give the code that reads it a default.`,
    evidence: reads
      .filter((read) => read.form === 'default')
      .map((read): Evidence => ({ kind: 'config', says: 'the code that reads it has a default', at: read.at }))
      .slice(0, 1),
  }
}

/** Missing where it hurts, after it worked where people tried it. */
function missingSeverity(setting: Touched, lacking: readonly EnvironmentView[], subtree: string): Severity {
  const production = lacking.some((view) => view.environment.tier === 'production')
  const from = setting.environment
  if (from === null || !isDeployed(from) || from.tier === 'production') {
    return from?.tier === 'production' && production ? 'medium' : 'low'
  }
  // A whole section is a new part of the system, which may well come to one environment at a time.
  if (production) return subtree === setting.key ? 'high' : 'medium'
  return lacking.some((view) => isDeployed(view.environment)) ? 'medium' : 'low'
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
    if (environment === null || after === null || head === undefined) return []
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
  return ['production', 'other', 'staging', 'test', 'development'].indexOf(environment.tier)
}
