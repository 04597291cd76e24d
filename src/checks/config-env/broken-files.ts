import type { ConfigFactsOfChange, ConfigFile } from '../../facts/config/config-facts.ts'
import { chartOf } from '../../facts/config/select-config.ts'
import type { Exposure } from '../define-check.ts'
import { isDeployed } from './sibling-pairs.ts'
import { locate, named, type Touched } from './touched.ts'

/** Files that could be read before the change and cannot be read now. */
export function brokenFiles(facts: ConfigFactsOfChange): readonly Exposure[] {
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    if (head?.parsed.status !== 'broken' || base?.parsed.status === 'broken') return []
    const matters = head.kind.family !== 'workflow' && (head.environment === null || isDeployed(head.environment))
    return [
      {
        kind: 'does-not-parse',
        severity:
          base === null || base.parsed.status !== 'parsed' || head.kind.example ? 'low' : matters ? 'high' : 'medium',
        at: { path: head.path, startLine: head.parsed.line, endLine: head.parsed.line, side: 'head' },
        says: `This file is ${head.parsed.problem} any more from line ${head.parsed.line} on${base === null ? '' : ', and it was before'}: what loads it fails or falls back to defaults.`,
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

/** A template that prints a value its chart does not have: it comes out empty, in every environment that sets none. */
export function missingChartValues(facts: ConfigFactsOfChange): readonly Exposure[] {
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    const chart = head === null ? null : chartOf(head.path)
    const values = chart === null ? undefined : (changedValues(facts, chart) ?? facts.chartValues.get(chart))
    if (head === null || chart === null || values?.parsed.status !== 'parsed' || head.parsed.status !== 'parsed')
      return []
    const before = new Set(
      base?.parsed.status === 'parsed' ? base.parsed.references.map((reference) => reference.name) : [],
    )
    const guarded = new Set(
      head.parsed.references.filter((reference) => reference.optional).map((reference) => reference.name),
    )
    const has = new Set(
      values.parsed.entries.flatMap((entry) => entry.path.map((_, index) => entry.path.slice(0, index + 1).join('.'))),
    )
    const said = new Set<string>()
    return head.parsed.references.flatMap((reference): readonly Exposure[] => {
      const { name } = reference
      if (
        reference.kind !== 'chart-value' ||
        reference.optional ||
        before.has(name) ||
        guarded.has(name) ||
        said.has(name)
      )
        return []
      if (name.startsWith('global.') || isKnown(name, has)) return []
      said.add(name)
      return [
        {
          kind: 'chart-value-undefined',
          severity: 'medium',
          at: { path: head.path, startLine: reference.line, endLine: reference.line, side: 'head' },
          says: `The template newly prints \`.Values.${name}\`, which ${values.path} does not have: where no environment sets it, it comes out empty.`,
          remedy: `Add \`${name}\` with a default to ${values.path}, or use "default" or "required" in the template.`,
          evidence: [],
          within: head.path,
          anchor: name,
        },
      ]
    })
  })
}

/** The value, or a scalar or empty section on the way to it that people fill in. */
function isKnown(name: string, has: ReadonlySet<string>): boolean {
  return has.has(name)
}

function changedValues(facts: ConfigFactsOfChange, chart: string): ConfigFile | null {
  return (
    facts.files.find(
      ({ head }) =>
        head !== null && /^values\.ya?ml$/.test(head.path.slice(chart.length + 1)) && head.path.startsWith(`${chart}/`),
    )?.head ?? null
  )
}
