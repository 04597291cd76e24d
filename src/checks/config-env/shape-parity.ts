import type { Exposure, Severity } from '../define-check.ts'
import { type Difference, differencesOf } from './differences.ts'
import { isDeployed, type Pair } from './sibling-pairs.ts'
import { locate, named } from './touched.ts'

/** A key whose shape this change made different from a sibling's: slash, scheme, path, port, type, unit. */
export function shapeDifferences(pairs: readonly Pair[]): readonly Exposure[] {
  const exposures: Exposure[] = []
  const said = new Set<string>()
  for (const pair of pairs) {
    const { setting, other } = pair
    if (setting.after === null || setting.environment === null) continue
    for (const difference of introduced(pair)) {
      const id = `${setting.file.path}\u0001${setting.environment.name}\u0001${setting.key}\u0001${difference.kind}`
      if (said.has(id)) continue
      const severity = severityOf(difference, pair)
      if (severity === null) continue
      said.add(id)
      const where = `${other.head.file.path}:${other.head.entry.line}`
      exposures.push({
        kind: difference.kind,
        severity,
        at: locate(setting.file, setting.after),
        says: `${named(setting.after)} ${difference.here} in ${setting.environment.name} ${difference.there === '' ? 'than' : `and ${difference.there}`} in ${other.environment.name} (${where}), so ${difference.harm}.`,
        remedy: `Write ${named(setting.after)} in the same form in ${setting.environment.name} and ${other.environment.name}, or list the key under \`expected\` in the policy.`,
        evidence: [],
        within: setting.file.path,
        anchor: `${setting.key}:${setting.environment.name}`,
      })
    }
  }
  return exposures
}

/** Differences of now that were not there before: this change made them. */
function introduced({ setting, other }: Pair): readonly Difference[] {
  if (setting.after === null) return []
  const path = setting.after.path
  const now = differencesOf(setting.after.value.shape, other.head.entry.value.shape, path)
  if (setting.before === null || other.base === null) return now
  const before = new Set(
    differencesOf(setting.before.value.shape, other.base.entry.value.shape, path).map((difference) => difference.kind),
  )
  return now.filter((difference) => !before.has(difference.kind))
}

/** Null where the difference is a matter of course: a developer's machine speaks http to itself. */
function severityOf(difference: Difference, { setting, other }: Pair): Severity | null {
  if (setting.environment === null) return null
  const deployed = isDeployed(setting.environment) && isDeployed(other.environment)
  const production = [setting.environment, other.environment].some((environment) => environment.tier === 'production')
  if (!deployed) {
    const local = [setting.after?.value.shape, other.head.entry.value.shape].some(
      (shape) => (shape?.kind === 'url' || shape?.kind === 'host') && shape.hostClass !== 'public',
    )
    return local && difference.kind !== 'trailing-slash-differs' ? null : difference.hard ? 'low' : null
  }
  if (!difference.hard) return 'low'
  if (difference.kind === 'scheme-differs' && setting.environment.tier !== 'production') return 'medium'
  return production && difference.kind !== 'type-differs' ? 'high' : 'medium'
}
