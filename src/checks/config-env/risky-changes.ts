import type { Change } from '../../change/change.ts'
import type { ConfigValue } from '../../facts/config/config-value.ts'
import { type Tier, tierOfName } from '../../facts/config/tiers.ts'
import { wordsOf } from '../../facts/config/words.ts'
import { type Evidence, type Exposure, SEVERITIES, type Severity } from '../define-check.ts'
import { type Meaning, meaningOf } from './key-meaning.ts'
import { DANGEROUS_WHEN_ADDED, RISKS, type Risk } from './risk-rules.ts'
import { type Groups, isDeployed } from './sibling-pairs.ts'
import { isAbout, isSaid, isSize, isSlip } from './title.ts'
import { explanationAt, isNumbered, locate, named, type Touched } from './touched.ts'

/** Values that hurt by what their key means: a pool of 50 that became 5, TLS checks switched off, a probe removed. */
export function riskyChanges(touched: readonly Touched[], change: Change, groups: Groups): readonly Exposure[] {
  const units = new Set(touched.filter(isUnit).map(sectionOf))
  const idle = new Set(touched.filter(isSwitch).map(sectionOf))
  const isMoved = movedIn(touched)
  const tuned = isTuning(touched, change)
  const reset = new Set(touched.filter(({ before, after }) => before !== null && after !== null).map(placeOf))
  const risky = touched
    .filter((setting) => !units.has(sectionOf(setting)) && !(isBound(setting) && idle.has(sectionOf(setting))))
    .filter((setting) => !isMoved(setting) && !isOverridden(setting, groups))
    .flatMap((setting) => changed(setting, change, tuned, reset))
  return [...oncePerSection(risky), ...removedGuards(touched)]
}

/** So many sizes make a change that is about sizes. */
const TUNING = 3

/** Most of what the change sets are sizes, they are several, and no code changes: it is about them, in whichever language its title says so. */
function isTuning(touched: readonly Touched[], { files }: Change): boolean {
  const configured = new Set(touched.map(({ file }) => file.path))
  if (files.some(({ path, role }) => role === 'source' && !configured.has(path))) return false
  const set = touched.filter(({ file }) => file.kind.family !== 'workflow')
  const sizes = set.filter(({ before, after }) => {
    const meaning = before === null || after === null ? null : meaningOf(after.path)
    return meaning !== null && isSize(meaning)
  })
  return sizes.length >= TUNING && sizes.length * 2 > set.length
}

function placeOf({ file, environment, key }: Touched): string {
  return [file.path, environment?.name ?? '', key].join('\u0001')
}

/** What is asked for, or the other resource, is set anew beside the limit: nobody slips twice. */
function isPaired(setting: Touched, changed: ReadonlySet<string>): boolean {
  const parts = setting.key.split('\u0000')
  const [kind = '', resource = ''] = parts.slice(-2)
  const others = [
    ['requests', resource],
    [kind, resource === 'memory' ? 'cpu' : 'memory'],
  ]
  return others.some(
    (last) =>
      last.join() !== [kind, resource].join() &&
      changed.has(placeOf({ ...setting, key: [...parts.slice(0, -2), ...last].join('\u0000') })),
  )
}

/** The container, the job or the section around it got another name: the value is no newer than before. */
function movedIn(touched: readonly Touched[]): (setting: Touched) => boolean {
  const place = ({ file, key }: Touched): string => `${file.path}\u0001${key.slice(key.lastIndexOf('\u0000') + 1)}`
  const removed = new Map<string, ConfigValue[]>()
  for (const setting of touched) {
    if (setting.before === null || setting.after !== null) continue
    const known = removed.get(place(setting)) ?? []
    removed.set(place(setting), known)
    known.push(setting.before.value)
  }
  return (setting) => {
    const { before, after } = setting
    if (before !== null || after === null) return false
    return (removed.get(place(setting)) ?? []).some((value) => value.sameAs(after.value))
  }
}

/** Every deployed environment has its own value, so that what all share reaches none of them. */
function isOverridden({ file, environment, key, after }: Touched, groups: Groups): boolean {
  if (environment !== null || after === null) return false
  const views = [...(groups.head.get(file.group)?.views.values() ?? [])].filter((view) => isDeployed(view.environment))
  return views.length > 0 && views.every((view) => view.own.has(key))
}

/** A unit that changed: the numbers beside it count something else now. */
function isUnit({ before, after }: Touched): boolean {
  const last = wordsOf(after?.path.at(-1) ?? '').join(' ')
  return (
    before !== null &&
    /(?:^| )(?:unit|units|per|window|interval|period)(?: (?:ms|millis|s|secs?|seconds?|mins?|minutes?|hours?|days?))?$/.test(
      last,
    )
  )
}

/** `enabled` of a section: what stands beside it had no effect before the change, or has none after it. */
function isSwitch({ after }: Touched): boolean {
  return after?.value.shape.kind === 'boolean' && after.path.at(-1) === 'enabled'
}

/** How far it scales. */
function isBound({ after }: Touched): boolean {
  return after !== null && meaningOf(after.path) === 'replicas'
}

function sectionOf({ file, environment, key }: Touched): string {
  return [file.path, environment?.name ?? '', key.slice(0, Math.max(0, key.lastIndexOf('\u0000')))].join('\u0001')
}

/** `min` and `max` of one thing that both fall say the same; what weighs most is told. */
function oncePerSection(exposures: readonly Exposure[]): readonly Exposure[] {
  const section = ({ within, anchor }: Exposure): string =>
    [within, anchor.slice(0, Math.max(0, anchor.lastIndexOf('\u0000')))].join('\u0001')
  const told = new Map<string, Exposure>()
  for (const one of exposures) {
    if (one.kind !== 'risky-replicas') continue
    const known = told.get(section(one))
    if (known === undefined || SEVERITIES.indexOf(one.severity) > SEVERITIES.indexOf(known.severity))
      told.set(section(one), one)
  }
  return exposures.filter((one) => one.kind !== 'risky-replicas' || told.get(section(one)) === one)
}

function changed(setting: Touched, change: Change, tuned: boolean, reset: ReadonlySet<string>): readonly Exposure[] {
  const { after, before, file, environment } = setting
  if (
    after === null ||
    isNumbered(setting) ||
    file.kind.example ||
    file.kind.family === 'workflow' ||
    file.kind.family === 'policy'
  )
    return []
  const meaning = meaningOf(after.path)
  // A build for release takes it out again, by `Web.Release.config`.
  if (meaning === 'debug' && environment === null && /(?:^|\/)web\.config$/i.test(file.path)) return []
  // Room that is kept free for others.
  if (meaning === 'replicas' && /placeholder/i.test(file.path)) return []
  if (meaning === null || (before === null && !DANGEROUS_WHEN_ADDED.has(meaning))) return []
  const risk = RISKS[meaning](before?.value.shape ?? null, after.value.shape, after.path)
  // One of several blocks that share a key: which one it was before is not known.
  if (risk?.turn !== undefined && isRepeated(setting)) return []
  const weight = risk === null ? null : weighed(risk.severity, setting)
  if (risk === null || weight === null) return []
  const isNoSlip = isSize(meaning) && !isSlip(risk)
  const isInMind = meaning === 'replicas' || isAbout(change, [file.path, ...after.path.slice(0, -1)])
  const meant =
    isSaid(change, meaning, after.path, risk) ||
    (isNoSlip && (tuned || (meaning === 'resources' && isPaired(setting, reset)))) ||
    // Who writes how many run means it, but for a digit too few and for none at all.
    (isNoSlip && risk.turn?.to !== 0 && isInMind) ||
    // More of it is written everywhere but where people are hurt as a matter of course.
    (meaning === 'log-level' && environment?.tier !== 'production')
  const severity = meant ? 'low' : weight
  const explained = explanationAt(change, file.path, after.line)
  const evidence: readonly Evidence[] =
    explained === null || (severity === 'high' && meaning !== 'replicas')
      ? []
      : [{ kind: 'config', says: 'a comment that comes with the change says why', at: explained }]
  return [exposure(setting, meaning, risk, severity, environment?.name ?? null, evidence)]
}

function isRepeated({ file, after }: Touched): boolean {
  if (file.kind.family !== 'terraform' || file.parsed.status !== 'parsed' || after === null) return false
  const key = after.path.join('\u0000')
  return file.parsed.entries.filter(({ path }) => path.join('\u0000') === key).length > 1
}

function exposure(
  setting: Touched,
  meaning: Meaning,
  risk: Risk,
  severity: Severity,
  environment: string | null,
  evidence: readonly Evidence[],
): Exposure {
  const entry = setting.after ?? setting.before
  if (entry === null) throw new Error('a touched setting has at least one side')
  return {
    kind: `risky-${meaning}`,
    severity,
    at: locate(setting.file, entry, setting.after === null ? 'base' : 'head'),
    says: `${named(entry)}${environment === null ? '' : ` of ${environment}`} ${risk.says}, so ${risk.harm}.`,
    remedy:
      'Say in a comment beside it why the new value is right, with what was measured, or keep the old one; list the key under `expected` in the policy if it moves often.',
    evidence,
    within: setting.file.path,
    anchor: `${setting.key}:${environment ?? ''}`,
  }
}

/** Production and what it inherits count in full, staging a step less, other places not at all. */
function weighed(severity: Severity, setting: Touched): Severity | null {
  const { environment, file, before, newFile } = setting
  const tier = environment?.tier ?? namedTier(setting)
  if (tier === 'test' || tier === 'development') return null
  const lower: Readonly<Record<Severity, Severity>> = { critical: 'high', high: 'medium', medium: 'low', low: 'low' }
  const developers =
    file.kind.family === 'compose' ||
    file.kind.family === 'dockerfile' ||
    (file.kind.family === 'dotenv' && environment === null)
  // A new option that is off until an environment switches it on takes nothing away.
  if (newFile || environment?.tier === 'unknown' || (environment === null && (developers || before === null)))
    return 'low'
  // What is new in staging was not protected before, and may talk to something of its own there.
  if (tier === 'staging') return before === null ? 'low' : lower[severity]
  return severity
}

/** `services.search-staging.replicas` says in its key what it is for, `dev-eu-web.json` in the name of the file. */
function namedTier({ key, file }: Touched): Tier | null {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const part = [...key.split(/[^A-Za-z0-9]+/), name.split(/[-_.]/, 1)[0] ?? ''].find((word) =>
    /^(?:staging|stg|preprod|uat|qa|dev|development)$/i.test(word),
  )
  return part === undefined ? null : tierOfName(part)
}

const GUARDS: readonly (readonly [RegExp, string, Severity, string])[] = [
  [/(?:^|\.)readinessProbe(?:\.|$)/, 'readiness probe', 'medium', 'requests reach it before it can answer'],
  [/(?:^|\.)livenessProbe(?:\.|$)/, 'liveness probe', 'low', 'a hung process is not restarted'],
  [/(?:^|\.)limits\.memory$/, 'memory limit', 'low', 'one leak can take the whole node'],
]

const TIMING = /Probe\.\w+(?:Seconds|Threshold)$/

/** A probe or a limit that was there is gone from an object that is still there. */
function removedGuards(touched: readonly Touched[]): readonly Exposure[] {
  const said = new Set<string>()
  return touched.flatMap((setting): readonly Exposure[] => {
    const { before, after, file, environment } = setting
    const key = before?.path.join('.') ?? ''
    if (
      before === null ||
      after !== null ||
      file.parsed.status !== 'parsed' ||
      environment?.tier === 'test' ||
      environment?.tier === 'development'
    )
      return []
    const guard = GUARDS.find(([pattern]) => pattern.test(key))
    if (guard === undefined) return []
    const [pattern, name, severity, harm] = guard
    const parent = key.slice(0, key.search(pattern))
    const id = `${file.path}\u0001${parent}\u0001${name}`
    const present = file.parsed.entries.map((entry) => entry.path.join('.')).filter((other) => other.startsWith(parent))
    if (said.has(id) || present.length === 0 || present.some((other) => pattern.test(other))) return []
    // The chart below brings the probe; how long it waits was all that was said here.
    if (TIMING.test(key)) return []
    // No request reaches a container that opens no port and is asked by a command only.
    const closed = key.includes('Probe.exec.') && !present.some((other) => /\.ports\./.test(other))
    said.add(id)
    return [
      exposure(
        setting,
        'probe',
        { severity, says: `is gone with the ${name}`, harm },
        closed ? 'low' : severity,
        environment?.name ?? null,
        [],
      ),
    ]
  })
}
