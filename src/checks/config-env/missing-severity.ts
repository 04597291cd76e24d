import type { EnvironmentView } from '../../facts/config/environment-views.ts'
import { wordsOf } from '../../facts/config/words.ts'
import type { Severity } from '../define-check.ts'
import { type Groups, isDeployed } from './sibling-pairs.ts'
import type { Touched } from './touched.ts'

/** A key, or the section around it, that one environment gained and others lack. */
export interface Gap {
  readonly setting: Touched
  readonly subtree: string
  readonly lacking: readonly EnvironmentView[]
  readonly parity: Parity
}

/**
 * How well the environments agreed before the change. strict: whatever this one held, those held too, so that a gap is an oversight.
 * close: nearly so. loose: this one goes its own way, as where things are tried first.
 */
export type Parity = 'strict' | 'close' | 'loose'

/** One key of its own is still close, and so is one in so many. */
const CLOSE = 20

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
  const keys = [...before.own.keys()].filter((key) => !differsOnPurpose(key))
  const alone = keys.filter((key) => !sibling.effective.has(key) && !sibling.sections.has(key)).length
  return alone === 0 ? 'strict' : alone === 1 || alone * CLOSE <= keys.length ? 'close' : 'loose'
}

/** Capacity, schedules, alerts, logs, labels, agents, switches, who may come in, what is shown: environments differ in these by nature. */
const DIFFERS_ON_PURPOSE =
  /(?:^| )(?:alerts?|alerting|cron|cronjobs?|schedules?|scheduling|scheduled|downtime|maintenance|suspend|autoscaling|hpa|replicas?|resources|ingress|prometheus|allowlist|whitelist|annotations|labels|tags|tolerations|affinity|selector|features?|flags?|toggles?|enabled?|disabled?|banner|basic auth|snapshot|restore|logging|log|placeholders?|image|images|ip|ips|phase|suffix|sampling|applicationinsights|otel|newrelic|jvm)(?: |$)/
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

/** Missing where it hurts, after it worked where people tried it. */
export function missingSeverity({ setting, subtree, lacking, parity }: Gap): Severity {
  const production = lacking.some((view) => view.environment.tier === 'production')
  const from = setting.environment
  if (from === null || !isDeployed(from) || parity === 'loose') return 'low'
  if (from.tier === 'production') return production ? 'medium' : 'low'
  if (differsOnPurpose(subtree) || isPlainTerraform(setting)) return 'low'
  const section = subtree !== setting.key
  if (section && (RUNS.has(setting.file.kind.family) || RUNS_FOLDER.test(setting.file.path))) return 'low'
  // A switch is thrown where it is tried first; without it, things stay as they were.
  const isSwitch = setting.after?.value.shape.kind === 'boolean'
  if (isSwitch && parity === 'close') return 'low'
  if (production) return section || isSwitch || parity === 'close' ? 'medium' : 'high'
  return lacking.some((view) => isDeployed(view.environment)) ? 'medium' : 'low'
}
