import type { Change } from '../../change/change.ts'
import type { ConfigFactsOfChange, ConfigFile } from '../../facts/config/config-facts.ts'
import { isSecretKey } from '../../facts/config/secrets.ts'
import type { Shape } from '../../facts/config/shape.ts'
import { tierOfName } from '../../facts/config/tiers.ts'
import { wordsOf } from '../../facts/config/words.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { differsOnPurpose } from './missing-severity.ts'
import { isDeployed, type Pair } from './sibling-pairs.ts'
import { tiersIn } from './title.ts'
import { isNumbered, locate, named, type Touched } from './touched.ts'
import { isTooling } from './variable-names.ts'

const LISTENS = new Set(
  'bind listen listener address sidecar agent otel otlp statsd dogstatsd metrics prometheus jaeger zipkin collector exporter proxy cors origin origins allowed internal health healthcheck probe pushgateway whitelist noproxy no backup backups restore sync copy source mirror'.split(
    ' ',
  ),
)
const STORES = new Set(
  'database db dsn postgres postgresql mysql redis mongo mongodb kafka broker brokers amqp rabbitmq queue elasticsearch jdbc payment payments stripe'.split(
    ' ',
  ),
)

/** A production value that points at this machine, at an example or at another environment; another environment that points at production. */
export function leaks(touched: readonly Touched[], change: Change): readonly Exposure[] {
  const told = tiersIn([change.title ?? '', change.description ?? ''].join(' '))
  const isKnown = standsElsewhere(touched)
  const runsHere = runsOnOneMachine()
  return touched.flatMap((setting): readonly Exposure[] => {
    const { after, before, environment } = setting
    if (after === null || environment === null || !isDeployed(environment)) return []
    if (setting.file.kind.family === 'workflow') return []
    const words = wordsOf(after.path.join('.'))
    // Who is sent elsewhere for a while, to a page of maintenance too, is sent on purpose.
    const sentOn = words.at(-1) === 'redirect'
    if (isNumbered(setting) || sentOn || words.some((word) => LISTENS.has(word))) return []
    const fault = isNamedLike(setting) ? null : leak(after.value.shape, environment.tier)
    if (fault === null || (before !== null && leak(before.value.shape, environment.tier) === fault)) return []
    return [
      {
        kind: 'points-at-wrong-environment',
        severity:
          (environment.tier !== 'production' &&
            (isKnown(setting) || told.has('production') || told.has(environment.tier))) ||
          (!fault.startsWith('a host of') && runsHere(setting.file))
            ? 'low'
            : leakSeverity(setting, fault, wordsOf(after.path.at(-1) ?? '')),
        at: locate(setting.file, after),
        says: `${named(after)} of ${environment.name} points at ${fault}, so ${environment.name} talks to the wrong place.`,
        remedy: `Give ${named(after)} the address that belongs to ${environment.name}, or list the key under \`expected\` in the policy.`,
        evidence: [],
        within: setting.file.path,
        anchor: `${setting.key}:${environment.name}`,
      },
    ]
  })
}

/** The system is itself called by the name of an environment: `deployments/dev/config/prod.yaml` talks to `web-dev`. */
function isNamedLike({ file, environment, after }: Touched): boolean {
  const shape = after?.value.shape
  const tier = shape?.kind === 'url' || shape?.kind === 'host' ? shape.tier : null
  const folders = file.path.split('/').slice(0, -1)
  return tier !== null && tier !== environment?.tier && folders.some((folder) => tierOfName(folder) === tier)
}

/** So many addresses of one machine in a file: all of it runs on that machine, as a build for production on a developer's does. */
const ONE_MACHINE = 3

function runsOnOneMachine(): (file: ConfigFile) => boolean {
  const known = new Map<ConfigFile, boolean>()
  return (file) => {
    const found =
      known.get(file) ??
      (file.parsed.status === 'parsed' &&
        file.parsed.entries.filter(
          ({ value: { shape } }) => (shape.kind === 'url' || shape.kind === 'host') && shape.hostClass === 'local',
        ).length >= ONE_MACHINE)
    known.set(file, found)
    return found
  }
}

/** The file holds the very same address in a place that the change leaves alone: it is talked to from here on purpose. */
function standsElsewhere(touched: readonly Touched[]): (setting: Touched) => boolean {
  const changed = new Set(touched.map(({ after }) => after))
  return ({ file, after }) =>
    after !== null &&
    file.parsed.status === 'parsed' &&
    file.parsed.entries.some((entry) => !changed.has(entry) && entry.value.sameAs(after.value))
}

function leak(shape: Shape, tier: string): string | null {
  if (shape.kind !== 'url' && shape.kind !== 'host') return null
  if (shape.hostClass === 'local') return 'its own machine (localhost)'
  if (shape.hostClass === 'example') return 'an example host'
  if (shape.tier === null || shape.tier === 'other') return null
  if (tier === 'production' && shape.tier !== 'production') return `a host of ${shape.tier}`
  if (tier !== 'production' && shape.tier === 'production') return 'a host of production'
  return null
}

function leakSeverity(setting: Touched, fault: string, words: readonly string[]): Severity {
  const cluster = ['manifest', 'helm-values', 'compose', 'terraform'].includes(setting.file.kind.family)
  // A pod talks to its sidecars by localhost, and a chart's example host is replaced at install.
  if (cluster && !fault.startsWith('a host of')) return 'low'
  if (setting.newFile && !fault.startsWith('a host of')) return 'low'
  return setting.environment?.tier === 'production' || words.some((word) => STORES.has(word)) ? 'high' : 'medium'
}

/** A deployed environment got a placeholder, or lost the value that its siblings have. */
export function placeholders(touched: readonly Touched[], pairs: readonly Pair[]): readonly Exposure[] {
  const backed = new Set(
    pairs
      .filter(({ other }) => isDeployed(other.environment) && isReal(other.head.entry.value.shape))
      .map(({ setting }) => setting),
  )
  const everywhere = placeholdersOf(touched)
  return touched.flatMap((setting): readonly Exposure[] => {
    const { after, before, environment } = setting
    if (after === null || environment === null || !isDeployed(environment) || setting.file.kind.example) return []
    const shape = after.value.shape.kind
    const real = backed.has(setting)
    if (shape !== 'placeholder' && !(shape === 'empty' && before !== null && isReal(before.value.shape) && real))
      return []
    return [
      {
        kind: shape === 'empty' ? 'value-emptied' : 'placeholder-value',
        // An empty list of what is enabled is how it is switched off.
        severity:
          // One text for all of them, where there was nothing, is a note that says where the value comes from.
          (shape === 'empty' && differsOnPurpose(setting.key)) || (before === null && !real && everywhere(setting) > 1)
            ? 'low'
            : shape === 'empty' && environment.tier !== 'production'
              ? 'low'
              : shape === 'empty' || real || isSecretKey(after.path) || (before !== null && isReal(before.value.shape))
                ? 'medium'
                : 'low',
        at: locate(setting.file, after),
        says: `${named(after)} of ${environment.name} ${shape === 'empty' ? 'lost its value while its siblings keep theirs' : 'holds a placeholder'}, so what reads it works with nothing real.`,
        remedy: `Set ${named(after)} for ${environment.name}, or take it from the secret store.`,
        evidence: [],
        within: setting.file.path,
        anchor: `${setting.key}:${environment.name}`,
      },
    ]
  })
}

/** In how many environments the change writes the same placeholder for a key. */
function placeholdersOf(touched: readonly Touched[]): (setting: Touched) => number {
  const found = new Map<string, Touched[]>()
  const place = ({ file, key }: Touched): string => `${file.group}\u0001${key}`
  for (const setting of touched) {
    if (setting.after?.value.shape.kind === 'placeholder')
      found.set(place(setting), [...(found.get(place(setting)) ?? []), setting])
  }
  return (setting) => {
    const { after } = setting
    const same = (found.get(place(setting)) ?? []).filter(
      (other) => after !== null && other.after?.value.sameAs(after.value) === true,
    )
    return same.length
  }
}

function isReal(shape: Shape): boolean {
  return shape.kind !== 'empty' && shape.kind !== 'placeholder'
}

/** A secret that now opens two environments. Values are compared inside their class and shown nowhere. */
export function sharedSecrets(pairs: readonly Pair[]): readonly Exposure[] {
  return pairs.flatMap(({ setting, other }): readonly Exposure[] => {
    const { after, before, environment } = setting
    if (
      after === null ||
      environment === null ||
      after.value.shape.kind !== 'secret' ||
      after.value.shape.strength === 'weak'
    )
      return []
    if (
      !after.value.sameAs(other.head.entry.value) ||
      (other.head.file.path === setting.file.path && setting.after?.line === other.head.entry.line)
    )
      return []
    const shared = before !== null && other.base !== null && before.value.sameAs(other.base.entry.value)
    // The same reference on both sides was no secret yet.
    if (shared && before.value.shape.kind === 'secret') return []
    const production = environment.tier === 'production' || other.environment.tier === 'production'
    return [
      {
        kind: 'secret-shared',
        severity: production ? 'high' : 'low',
        at: locate(setting.file, after),
        says: `${named(after)} is the same secret in ${environment.name} and ${other.environment.name}: who can read one of them can open the other.`,
        remedy: `Give each environment a secret of its own, in the secret store.`,
        evidence: [],
        within: setting.file.path,
        anchor: `${setting.key}:${environment.name}`,
      },
    ]
  })
}

/** A secret written into a file of the repository. */
export function committedSecrets(touched: readonly Touched[], facts: ConfigFactsOfChange): readonly Exposure[] {
  const inConfig = touched.flatMap((setting): readonly Exposure[] => {
    const { after, environment } = setting
    const severity = after === null ? null : committedSeverity(setting)
    if (after === null || severity === null) return []
    return [
      {
        kind: 'secret-committed',
        severity,
        at: locate(setting.file, after),
        says: `${named(after)} holds a secret${environment === null ? '' : ` of ${environment.name}`} in plain text: everyone who can read the repository has it, and its history keeps it.`,
        remedy:
          'Revoke it, take it from the secret store or an encrypted file instead, and keep only the reference here.',
        evidence: [],
        within: setting.file.path,
        anchor: `${setting.key}:${environment?.name ?? ''}`,
      },
    ]
  })
  const said = new Set(inConfig.map(({ at }) => `${at.path}:${at.startLine}`))
  const unsaid = facts.credentials.filter((at) => !said.has(`${at.path}:${at.startLine}`))
  const inCode = unsaid.map(
    (at): Exposure => ({
      kind: 'secret-committed',
      severity: 'high',
      at,
      says: 'This line holds a credential in the form that its provider gives out: everyone who can read the repository has it, and its history keeps it.',
      remedy: 'Revoke it and read it from the environment or the secret store.',
      evidence: [],
      within: at.path,
      anchor: `credential:${at.path}`,
    }),
  )
  return [...inConfig, ...inCode]
}

/** Medium and more only for what certainly opens something live: what is deployed has it, or only a provider gives out its form. */
function committedSeverity({ file, before, after, environment }: Touched): Severity | null {
  const shape = after?.value.shape
  if (shape === undefined || file.kind.family === 'workflow') return null
  const production = environment?.tier === 'production'
  if (
    shape.kind === 'url' &&
    shape.credentials &&
    environment !== null &&
    isDeployed(environment) &&
    shape.hostClass !== 'local' &&
    file.kind.family !== 'compose'
  )
    return production ? 'medium' : 'low'
  if (
    shape.kind !== 'secret' ||
    (before?.value.shape.kind === 'secret' && before.value.shape.strength === shape.strength)
  )
    return null
  const rehearsed = file.kind.example || isTooling(file.path) || (environment !== null && !isDeployed(environment))
  if (shape.strength === 'provider') return rehearsed ? 'low' : 'high'
  if (file.kind.example || shape.strength === 'weak') return production && !file.kind.example ? 'low' : null
  if (rehearsed || environment === null) return 'low'
  return production ? 'high' : 'medium'
}
