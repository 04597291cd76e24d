import { createHash } from 'node:crypto'
import type { AlertRule } from '../../facts/behaviour/alert-rules.ts'
import type { BehaviourOfChange, BehaviourOfFile } from '../../facts/behaviour/behaviour-facts.ts'
import type { Exposure } from '../define-check.ts'
import { shorten } from './wording.ts'

/** Alerts that are gone, wake nobody any more, or wait much longer than before. */
export function lostAlerts({ files }: BehaviourOfChange): readonly Exposure[] {
  const now = new Map(files.flatMap(({ head }) => (head?.alerts ?? []).map((alert) => [alert.name, alert])))
  return files.flatMap((one) =>
    (one.base?.alerts ?? []).flatMap((alert) => exposureOf(one, alert, now.get(alert.name))),
  )
}

/** Waiting this many times as long is another alert. */
const MUCH_LONGER = 3
const PAGES = /^(?:page|pager|critical|crit|high|p1|sev1|emergency)$/i

function exposureOf({ file }: BehaviourOfFile, before: AlertRule, after: AlertRule | undefined): readonly Exposure[] {
  const says = whatIsLost(before, after)
  if (says === null) return []
  return [
    {
      kind: after === undefined ? 'alert-removed' : 'alert-weakened',
      severity: 'medium',
      at: { path: file.base?.path ?? file.path, startLine: before.line, endLine: before.line, side: 'base' },
      says,
      remedy: 'Say in the description what takes its place, or keep it',
      evidence: [],
      within: before.name,
      anchor: createHash('sha256').update(before.name).digest('hex').slice(0, 16),
    },
  ]
}

function whatIsLost(before: AlertRule, after: AlertRule | undefined): string | null {
  const name = `\`${shorten(before.name)}\``
  if (after === undefined) return `The alert ${name} is gone: what it watched can fail unseen`
  if (PAGES.test(before.severity ?? '') && after.severity !== null && !PAGES.test(after.severity))
    return `The alert ${name} had severity ${before.severity} and now has ${after.severity}: it wakes nobody any more`
  if (before.holds !== null && before.holds > 0 && (after.holds ?? 0) >= before.holds * MUCH_LONGER)
    return `The alert ${name} waits ${after.holds} seconds instead of ${before.holds} before it fires`
  return null
}
