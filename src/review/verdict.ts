import { SEVERITIES, type Severity } from '../checks/define-check.ts'
import type { Policy } from '../policy/policy.ts'
import type { Item, Verdict } from './review-types.ts'

/** medium, high, critical: what may block. */
export function matters(severity: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('medium')
}

/** `fail` has at least one reason, a sentence each; design section 5. */
export function verdictOf(
  policy: Policy,
  items: readonly Item[],
  confidence: number,
): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  const reasons = items.flatMap((item) => blocking(item))
  if (confidence < policy.confidence.pass)
    reasons.push(`confidence ${confidence} is below the policy's ${policy.confidence.pass}`)
  if (policy.mode === 'advise') return { verdict: 'advise', reasons: [] }
  return reasons.length > 0 ? { verdict: 'fail', reasons } : { verdict: 'pass', reasons: [] }
}

function blocking(item: Item): string[] {
  const { outcome } = item
  if (outcome.status === 'exposed') {
    const open = outcome.exposures.filter(
      (one) => !one.covered && one.level === 'block' && matters(one.severity),
    ).length
    return open === 0 ? [] : [`${item.id}: ${open} ${open === 1 ? 'exposure has' : 'exposures have'} no evidence`]
  }
  if (item.level !== 'block') return []
  if (outcome.status === 'unknown') return [`${item.id}: could not look: ${outcome.reason}`]
  return outcome.status === 'error' ? [`${item.id}: the check failed: ${outcome.reason}`] : []
}
