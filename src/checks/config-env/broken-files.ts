import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import type { Exposure } from '../define-check.ts'
import { isDeployed } from './sibling-pairs.ts'
import { locate, named, type Touched } from './touched.ts'

/** Files that could be read before the change and cannot be read now. */
export function brokenFiles(facts: ConfigFactsOfChange): readonly Exposure[] {
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    if (head?.parsed.status !== 'broken' || base === null || base.parsed.status === 'broken') return []
    const matters = head.kind.family !== 'workflow' && (head.environment === null || isDeployed(head.environment))
    return [
      {
        kind: 'does-not-parse',
        severity: base.parsed.status !== 'parsed' || head.kind.example ? 'low' : matters ? 'high' : 'medium',
        at: { path: head.path, startLine: head.parsed.line, endLine: head.parsed.line, side: 'head' },
        says: `This file is ${head.parsed.problem} any more from line ${head.parsed.line} on, and it was before: what loads it fails or falls back to defaults.`,
        remedy: 'Correct the file at this line, and let CI parse it.',
        evidence: [],
        within: head.path,
        anchor: 'parse',
      },
    ]
  })
}

/** Kubernetes takes only strings in `env` and in a ConfigMap: a bare number or truth value is refused when it is applied. */
export function notStrings(touched: readonly Touched[]): readonly Exposure[] {
  return touched.flatMap(({ file, key, after }): readonly Exposure[] => {
    if (after === null || file.kind.format !== 'yaml' || after.value.quoted) return []
    const { kind } = after.value.shape
    const parent = after.path.at(-2)
    const inObject = /^(?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|ConfigMap)$/.test(after.path[0] ?? '')
    if (
      !inObject ||
      (kind !== 'number' && kind !== 'boolean') ||
      !(parent === 'env' || (after.path[0] === 'ConfigMap' && parent === 'data' && after.path.length <= 4))
    )
      return []
    return [
      {
        kind: 'variable-not-string',
        severity: 'medium',
        at: locate(file, after),
        says: `${named(after)} is a bare ${kind === 'number' ? 'number' : 'true or false'}, but Kubernetes takes only strings here and refuses the object.`,
        remedy: `Put the value of ${named(after)} in quotes.`,
        evidence: [],
        within: file.path,
        anchor: key,
      },
    ]
  })
}
