import type { PlacedRead } from '../../facts/config/config-facts.ts'
import type { EnvironmentView } from '../../facts/config/environment-views.ts'
import { wordsOf } from '../../facts/config/words.ts'
import type { Severity } from '../define-check.ts'
import { type Groups, isDeployed } from './sibling-pairs.ts'
import type { Touched } from './touched.ts'
import { PROVIDED } from './variable-names.ts'

/** A key, or the section around it, that one environment gained and others lack. */
export interface Gap {
  readonly setting: Touched
  readonly subtree: string
  readonly lacking: readonly EnvironmentView[]
  readonly parity: Parity
  /** Where the head reads the key and has nothing in its place. */
  readonly need: PlacedRead | null
  /** The change adds it to several environments, and other keys to those that lack it. */
  readonly forgotten: boolean
  /** The title of the change names this environment and none that lacks it. */
  readonly meant: boolean
}

/**
 * How well the environments agreed before the change. strict: they held the same keys. close: all but the same.
 * loose: they went their own ways, as where things are tried first.
 */
export type Parity = 'strict' | 'close' | 'loose'

/** One key of its own in so many is still close. */
const CLOSE = 10

export type ParityOf = (before: EnvironmentView, group: string, lacking: readonly EnvironmentView[]) => Parity

/** Judged by the sibling that agreed least; counted once for a pair. */
export function parities(groups: Groups): ParityOf {
  const known = new Map<EnvironmentView, Map<string, Parity>>()
  return (before, group, lacking) => {
    const row = known.get(before) ?? new Map<string, Parity>()
    known.set(before, row)
    const found = lacking
      .filter(({ environment }) => isDeployed(environment))
      .map(({ environment }) => {
        const name = environment.name.toLowerCase()
        const parity = row.get(name) ?? parityOf(before, groups.base.get(group)?.views.get(name))
        row.set(name, parity)
        return parity
      })
    return found.includes('loose') ? 'loose' : found.includes('close') ? 'close' : 'strict'
  }
}

function parityOf(before: EnvironmentView, sibling: EnvironmentView | undefined): Parity {
  if (sibling === undefined) return 'loose'
  const [here, there] = [alone(before, sibling), alone(sibling, before)]
  if (here.alone + there.alone === 0) return 'strict'
  return here.alone * CLOSE <= here.keys && there.alone * CLOSE <= there.keys ? 'close' : 'loose'
}

/** Keys that one of the two says and the other has in no way. */
function alone(one: EnvironmentView, other: EnvironmentView): { readonly keys: number; readonly alone: number } {
  const keys = [...one.own.keys()].filter((key) => !differsOnPurpose(key))
  return {
    keys: keys.length,
    alone: keys.filter((key) => !other.effective.has(key) && !other.sections.has(key)).length,
  }
}

/** Capacity, schedules, alerts, logs, labels, agents, switches, who may come in, what is shown: environments differ in these by nature. */
const DIFFERS_ON_PURPOSE =
  /(?:^| )(?:alerts?|alerting|cron|cronjobs?|schedules?|scheduling|scheduled|downtime|maintenance|suspend|autoscaling|hpa|replicas?|resources|ingress|prometheus|allowlist|whitelist|annotations|labels|tags|tolerations|affinity|selector|features?|flags?|toggles?|enabled?|disabled?|banner|basic auth|snapshot|restore|logging|logger|log|placeholders?|image|images|ip|ips|phase|suffix|sampling|applicationinsights|otel|newrelic|jvm)(?: |$)/
/** Each environment has its own identifiers. */
const IDENTIFIER = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/i

/** Environments differ in this key by nature. */
export function differsOnPurpose(key: string): boolean {
  return DIFFERS_ON_PURPOSE.test(wordsOf(key).join(' ')) || IDENTIFIER.test(key)
}

/** Families that say how a system is run; a new part of it may well come to one environment at a time. */
const RUNS = new Set(['helm-values', 'manifest', 'terraform', 'compose', 'platform'])
const RUNS_FOLDER =
  /(?:^|\/)(?:deploy|deployments?|clusters?|helm|charts?|k8s|kubernetes|infra|infrastructure|argocd|gitops)\//i

/** An argument of a resource or a module: how it is built, while a file of variables or a map of settings says how it is set. */
function isPlainTerraform({ file, key }: Touched): boolean {
  if (!file.path.endsWith('.tf')) return false
  const isVariable = /^[A-Z][A-Z0-9_]*$/.test(key.slice(key.lastIndexOf('\u0000') + 1))
  return (
    !isVariable &&
    !wordsOf(key).some((word) => /^(?:env|environment|settings?|variables|vars|config|locals)$/.test(word))
  )
}

/** A field of an object of Kubernetes, or a variable that a runtime knows: both go on without it. */
function isStructural({ key, after }: Touched): boolean {
  const segments = key.split('\u0000')
  if (PROVIDED.test(segments.at(-1) ?? '')) return true
  return (
    segments.includes('spec') &&
    after?.variable !== true &&
    /^[A-Z][A-Za-z]+$/.test(segments[0] ?? '') &&
    segments.indexOf('spec') <= 2 &&
    !segments.includes('values')
  )
}

export interface Judgement {
  readonly severity: Severity
  /** What says that the others need the key too; null when nothing does, as where it is tried in one environment first. */
  readonly because: string | null
}

const LOW: Judgement = { severity: 'low', because: null }

/** Worth raising only where something says that the key is needed everywhere: its reader, the parity of before, or what else the change adds. */
export function judgeGap(gap: Gap): Judgement {
  const { setting, subtree, lacking, need } = gap
  const from = setting.environment
  const production = lacking.some((view) => view.environment.tier === 'production')
  // A step of a pipeline does its work in that pipeline.
  if (setting.file.kind.family === 'workflow' && subtree.split('\u0000').includes('steps')) return LOW
  if (from === null || !lacking.some((view) => isDeployed(view.environment))) return LOW
  // Nothing is written, so that nothing is missing.
  if (setting.after?.value.shape.kind === 'empty') return LOW
  if (need !== null && (isDeployed(from) || runs(setting)) && (need.form === 'required' || !isOnPurpose(gap))) {
    const fails = need.form === 'required'
    return {
      severity: fails && production && isDeployed(from) ? 'high' : 'medium',
      because: `${need.at.path}:${need.at.startLine} reads it ${fails ? 'and fails without it' : 'and has no default'}`,
    }
  }
  if (!isDeployed(from) || gap.meant) return LOW
  // What production has and another place lacks is no surprise in production.
  if (from.tier === 'production' || isOnPurpose(gap) || isOfCode(setting)) return LOW
  if (gap.forgotten) return { severity: 'medium', because: 'the change gives them other new keys, but not this one' }
  return gap.parity === 'strict' ? { severity: 'medium', because: 'until now they held the same keys' } : LOW
}

function runs({ file }: Touched): boolean {
  return RUNS.has(file.kind.family) || RUNS_FOLDER.test(file.path)
}

/** It stands in code, or beside the script that reads it and comes with it: a module of settings, a task of a pipeline in a cluster. */
function isOfCode({ file, key }: Touched): boolean {
  return (
    file.kind.family === 'settings' || /^(?:Cluster)?(?:Task|Pipeline)(?:Run)?$/.test(key.split('\u0000', 1)[0] ?? '')
  )
}

/** It differs by nature, or is a switch or a part that comes to one environment at a time. */
function isOnPurpose({ setting, subtree }: Gap): boolean {
  const section = subtree !== setting.key
  return (
    differsOnPurpose(subtree) ||
    isPlainTerraform(setting) ||
    isStructural(setting) ||
    // A switch is thrown where it is tried first; without it, things stay as they were.
    setting.after?.value.shape.kind === 'boolean' ||
    (section && (runs(setting) || setting.file.kind.family === 'spring'))
  )
}
