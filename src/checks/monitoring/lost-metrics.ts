import { createHash } from 'node:crypto'
import type { BehaviourOfChange, BehaviourOfFile, Signal } from '../../facts/behaviour/behaviour-facts.ts'
import type { Exposure } from '../define-check.ts'
import { askingRule } from './asking-rule.ts'

/** Metrics that are defined in a base and in no head, with the rule or dashboard that still asks for them. */
export function lostMetrics({ files, practice }: BehaviourOfChange): readonly Exposure[] {
  const still = new Set(files.flatMap(({ head }) => (head?.signals ?? []).map((signal) => signal.metric)))
  return files.flatMap((one) =>
    (one.base?.signals ?? [])
      .filter((signal) => signal.metric !== null && !still.has(signal.metric))
      .map((signal) => exposureOf(one, signal, signal.metric ?? '', practice.rules)),
  )
}

function exposureOf(
  { file, head }: BehaviourOfFile,
  signal: Signal,
  metric: string,
  rules: BehaviourOfChange['practice']['rules'],
): Exposure {
  const user = askingRule(metric, rules)
  const gone = head === null ? 'was removed with its file' : 'was removed or renamed'
  return {
    kind: user === null ? 'metric-removed' : 'metric-removed-in-use',
    severity: user === null ? 'low' : user.isAlert ? 'high' : 'medium',
    at: {
      path: file.base?.path ?? file.path,
      startLine: signal.span.startLine,
      endLine: signal.span.endLine,
      side: 'base',
    },
    says:
      user === null
        ? `The metric \`${metric}\` ${gone}; no rule or dashboard in the repository asks for it, others may`
        : `The metric \`${metric}\` ${gone}, and ${user.path}:${user.line} still asks for it: it will say nothing from now on`,
    remedy:
      user === null
        ? 'Look for dashboards and alerts outside the repository that use it'
        : `Change ${user.path} in the same change, or keep the metric until it is`,
    evidence: [],
    within: signal.owner ?? '',
    anchor: createHash('sha256').update(metric).digest('hex').slice(0, 16),
  }
}
