import { type ConfigEntry, keyName } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import type { EnvironmentView } from '../../facts/config/environment-views.ts'
import type { Environment } from '../../facts/config/environments.ts'
import type { Tier } from '../../facts/config/tiers.ts'
import type { Evidence, Exposure } from '../define-check.ts'
import { codeReads } from './code-reads.ts'
import { type Gap, judgeGap, parities } from './missing-severity.ts'
import { neededAt } from './needed.ts'
import type { Groups } from './sibling-pairs.ts'
import { tiersIn } from './title.ts'
import { isNumbered, locate, named, type Touched } from './touched.ts'

/** A key that one environment gained and its siblings lack, or that was renamed in one only. */
export function missingKeys(
  touched: readonly Touched[],
  facts: ConfigFactsOfChange,
  groups: Groups,
  title: string | null,
): readonly Exposure[] {
  const exposures: Exposure[] = []
  const said = new Set<string>()
  const shareOf = shares()
  const parityOf = parities(groups)
  const sizeOf = sizes()
  const removedIn = removals(touched)
  const added = additions(touched)
  const told = tiersIn(title ?? '')
  // Where people tried it last comes first: what staging has and production lacks says more than what a developer has.
  for (const setting of touched.toSorted((a, b) => tried(a) - tried(b))) {
    if (
      setting.after === null ||
      setting.before !== null ||
      setting.environment === null ||
      setting.newFile ||
      isNumbered(setting)
    )
      continue
    const head = groups.head.get(setting.file.group)
    const own = head?.views.get(setting.environment.name.toLowerCase())
    const before = groups.base.get(setting.file.group)?.views.get(setting.environment.name.toLowerCase())
    if (head === undefined || own === undefined || before === undefined || before.effective.has(setting.key)) continue
    const lacking = [...head.views.values()].filter(
      (view) => view !== own && lacks(view, setting.key) && isMirror(before, view, setting.key, shareOf),
    )
    if (lacking.length === 0) continue
    const subtree = commonParent(setting.key, own, lacking, before, sizeOf)
    const id = `${setting.file.group}\u0001${subtree}`
    if (said.has(id)) continue
    said.add(id)
    const moving = removedIn(setting).length > 1
    const gap: Gap = {
      setting,
      subtree,
      lacking,
      parity: moving ? 'loose' : parityOf(before, setting.file.group, lacking),
      need: neededAt(setting.after, facts),
      forgotten: added.isForgotten(setting, lacking),
      meant: isMeant(told, setting.environment, lacking),
    }
    exposures.push(missing(gap, renamedFrom(setting, removedIn, lacking), facts))
  }
  return exposures
}

function tried({ environment }: Touched): number {
  return environment === null
    ? 9
    : ['staging', 'other', 'production', 'unknown', 'test', 'development'].indexOf(environment.tier)
}

function lacks(view: EnvironmentView, key: string): boolean {
  return (
    !view.effective.has(key) && !view.sections.has(key) && !ancestors(key).some((above) => view.effective.has(above))
  )
}

/** From the outermost section down to the parent. */
function ancestors(key: string): readonly string[] {
  const segments = key.split('\u0000')
  return segments.slice(0, -1).map((_, index) => segments.slice(0, index + 1).join('\u0000'))
}

type ShareOf = (before: EnvironmentView, sibling: EnvironmentView) => number

/** Which part of an environment's keys a sibling holds too; counted once for a pair. */
function shares(): ShareOf {
  const known = new Map<EnvironmentView, Map<EnvironmentView, number>>()
  return (before, sibling) => {
    const row = known.get(before) ?? new Map<EnvironmentView, number>()
    known.set(before, row)
    const keys = [...before.effective.keys()]
    const share =
      row.get(sibling) ??
      (keys.length === 0 ? 0 : keys.filter((key) => sibling.effective.has(key)).length / keys.length)
    row.set(sibling, share)
    return share
  }
}

/** The sibling holds most of what this environment holds, and the section of the new key: it is meant to be the same. */
function isMirror(before: EnvironmentView, sibling: EnvironmentView, key: string, shareOf: ShareOf): boolean {
  if (shareOf(before, sibling) < 0.6) return false
  const parent = ancestors(key).at(-1)
  return parent === undefined || !before.sections.has(parent) || sibling.sections.has(parent)
}

/** The widest section around the key that is new here and wholly missing there: said once for all its keys. */
function commonParent(
  key: string,
  own: EnvironmentView,
  lacking: readonly EnvironmentView[],
  before: EnvironmentView,
  sizeOf: SizeOf,
): string {
  const isNew = (section: string): boolean =>
    own.sections.has(section) && !before.sections.has(section) && !lacking.some((view) => view.sections.has(section))
  const widest = ancestors(key).find(isNew)
  if (widest === undefined) return key
  // A section that holds nothing but another is named by what it holds.
  const inner = ancestors(key).filter((section) => section.length >= widest.length)
  return inner.findLast((section) => sizeOf(own, section) === sizeOf(own, widest)) ?? widest
}

type SizeOf = (view: EnvironmentView, section: string) => number

/** How many keys a section of an environment holds; counted once for all its sections. */
function sizes(): SizeOf {
  const known = new Map<EnvironmentView, Map<string, number>>()
  return (view, section) => {
    const counts = known.get(view) ?? new Map<string, number>()
    if (!known.has(view)) {
      known.set(view, counts)
      for (const key of view.effective.keys())
        for (const above of ancestors(key)) counts.set(above, (counts.get(above) ?? 0) + 1)
    }
    return counts.get(section) ?? 0
  }
}

interface Additions {
  /** Two environments or more gain the key, and each that lacks it gains others: whoever wrote it had that file open. */
  readonly isForgotten: (setting: Touched, lacking: readonly EnvironmentView[]) => boolean
}

function additions(touched: readonly Touched[]): Additions {
  const place = (group: string, name: string): string => `${group}\u0001${name.toLowerCase()}`
  const gaining = new Set<string>()
  const gained = new Map<string, Set<string>>()
  for (const { file, environment, key, before, after, newFile } of touched) {
    if (environment === null || before !== null || after === null || newFile) continue
    gaining.add(place(file.group, environment.name))
    const id = place(file.group, key)
    gained.set(id, (gained.get(id) ?? new Set<string>()).add(environment.name.toLowerCase()))
  }
  return {
    isForgotten: ({ file, key }, lacking) =>
      (gained.get(place(file.group, key))?.size ?? 0) > 1 &&
      lacking.every(({ environment }) => gaining.has(place(file.group, environment.name))),
  }
}

function isMeant(told: ReadonlySet<Tier>, from: Environment, lacking: readonly EnvironmentView[]): boolean {
  return told.has(from.tier) && !lacking.some(({ environment }) => told.has(environment.tier))
}

type RemovedIn = (setting: Touched) => readonly Touched[]

/** More removals than this are no rename. */
const MAX_REMOVED = 50

function removals(touched: readonly Touched[]): RemovedIn {
  const place = ({ file, environment }: Touched): string => `${file.path}\u0001${environment?.name ?? ''}`
  const found = new Map<string, Touched[]>()
  for (const setting of touched) {
    if (setting.before === null || setting.after !== null) continue
    const list = found.get(place(setting)) ?? []
    found.set(place(setting), list)
    list.push(setting)
  }
  return (setting) => {
    const list = found.get(place(setting)) ?? []
    return list.length > MAX_REMOVED ? [] : list
  }
}

function renamedFrom(setting: Touched, removedIn: RemovedIn, lacking: readonly EnvironmentView[]): Touched | null {
  const kept = removedIn(setting).filter((other) => lacking.every((view) => view.effective.has(other.key)))
  const { after } = setting
  const same = ({ before }: Touched): boolean =>
    before !== null && after?.value.sameAs(before.value) === true && after.value.shape.kind !== 'empty'
  return kept.find(same) ?? kept.find((other) => nearName(other.key, setting.key)) ?? null
}

function nearName(a: string, b: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return plain(a) === plain(b)
}

function missing(gap: Gap, renamed: Touched | null, facts: ConfigFactsOfChange): Exposure {
  const { setting, subtree, lacking } = gap
  const entry = setting.after ?? setting.before
  const from = setting.environment?.name ?? ''
  const key = `\`${keyName(subtree.split('\u0000'))}\``
  const names = lacking.map((view) => view.environment.name).join(', ')
  const at =
    entry === null
      ? { path: setting.file.path, startLine: 1, endLine: 1, side: 'head' as const }
      : locate(setting.file, entry)
  const { severity, because } = judgeGap(gap)
  const shared = { at, severity, within: setting.file.path, anchor: `${subtree}:${from}` }
  if (renamed?.before != null) {
    return {
      ...shared,
      kind: 'renamed-in-one',
      says: `${named(renamed.before)} became ${key} in ${from} only: ${names} still has the old name, so whoever reads the new one finds nothing there.`,
      remedy: `Rename it in ${names} too, or read both names until every environment has the new one.`,
      evidence: [],
    }
  }
  return {
    ...shared,
    kind: 'missing-in-environment',
    says:
      because === null
        ? `${key} was added in ${from}, and ${names} does not have it: only ${from} has it so far.`
        : `${key} was added in ${from} but ${names} does not have it, neither by itself nor from a shared file; ${because}.`,
    remedy: `Add ${key} to ${names}, put it into the shared file, or give the code that reads it a default.`,
    evidence: entry === null ? [] : defaultsOf(entry, facts),
  }
}

/** What the reader does without the key: a default in code, or in the application's own configuration. */
function defaultsOf(entry: ConfigEntry, facts: ConfigFactsOfChange): readonly Evidence[] {
  const inCode = codeReads(entry, facts).filter(({ form }) => form === 'default' || form === 'optional')
  const inOwn = (facts.mentions.get(entry.path.at(-1) ?? '') ?? []).filter(({ how }) => how === 'default')
  return [
    ...inCode.map(({ at }): Evidence => ({ kind: 'config', says: 'the code that reads it goes on without it', at })),
    ...askedByTemplate(entry, facts),
    ...inOwn.map(({ at }): Evidence => ({ kind: 'config', says: 'the application has a default of its own', at })),
  ].slice(0, 2)
}

/** A template of a chart that comes with the change asks whether the value is there. */
function askedByTemplate({ path }: ConfigEntry, facts: ConfigFactsOfChange): readonly Evidence[] {
  const name = path.join('.')
  return facts.files.flatMap(({ head }): readonly Evidence[] => {
    if (head?.kind.family !== 'helm-template' || head.parsed.status !== 'parsed') return []
    return head.parsed.references
      .filter((reference) => reference.optional && (reference.name === name || name.endsWith(`.${reference.name}`)))
      .map(
        ({ line }): Evidence => ({
          kind: 'config',
          says: 'the template goes on without it',
          at: { path: head.path, startLine: line, endLine: line, side: 'head' },
        }),
      )
  })
}
