import type { ConfigFactsOfChange, ConfigFile } from '../../facts/config/config-facts.ts'
import type { Shape } from '../../facts/config/shape.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { locate, named, type Touched } from './touched.ts'

const LEVELS = ['off', 'note', 'warn', 'block']

/** The team's own policy asks for less than before. It is judged by the policy of the base branch, and shown here. */
export function weakenedPolicy(touched: readonly Touched[]): readonly Exposure[] {
  return touched.flatMap((setting): readonly Exposure[] => {
    const entry = setting.after ?? setting.before
    if (setting.file.kind.family !== 'policy' || entry === null) return []
    const weaker = weakerPolicy(entry.path, setting.before?.value.shape ?? null, setting.after?.value.shape ?? null)
    return weaker === null
      ? []
      : [
          weakened(
            setting.file,
            entry,
            setting.after === null ? 'base' : 'head',
            weaker.severity,
            `${named(entry)} ${weaker.says}`,
          ),
        ]
  })
}

function weakerPolicy(
  path: readonly string[],
  before: Shape | null,
  after: Shape | null,
): { readonly severity: Severity; readonly says: string } | null {
  const key = path.join('.')
  const level = /^(?:checks\.[\w-]+(?:\.level)?|overrides\..*\.checks\.[\w-]+)$/.test(key)
  const [old, now] = [levelOf(before), levelOf(after)]
  if (level && old !== null && now !== null && now < old)
    return { severity: 'medium', says: `is now "${LEVELS[now]}" and was "${LEVELS[old]}"` }
  if (key === 'mode' && wordOf(before) === 'enforce' && wordOf(after) === 'advise')
    return { severity: 'medium', says: 'now only advises and used to enforce' }
  if (
    key === 'confidence.pass' &&
    before?.kind === 'number' &&
    after?.kind === 'number' &&
    after.value < before.value
  ) {
    return { severity: 'medium', says: `falls from ${before.value} to ${after.value}` }
  }
  if (key === 'ignore' && after?.kind === 'list' && after.size > (before?.kind === 'list' ? before.size : 0))
    return { severity: 'low', says: 'leaves out more files than before' }
  return null
}

function wordOf(shape: Shape | null): string | null {
  return shape?.kind === 'text' ? shape.word : null
}

function levelOf(shape: Shape | null): number | null {
  const word = shape?.kind === 'boolean' && !shape.value ? 'off' : wordOf(shape)
  const at = word === null ? -1 : LEVELS.indexOf(word)
  return at < 0 ? null : at
}

/** CI no longer runs Airworthy, or drops the failure of a test step. */
export function weakenedPipelines(facts: ConfigFactsOfChange): readonly Exposure[] {
  const runs = facts.files.some(({ head }) => gates(head, 'gate').length > 0)
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    const lost = base === null || runs || gates(head, 'gate').length > 0 ? undefined : gates(base, 'gate')[0]
    const known = new Set(gates(base, 'ignored-failure').map((reference) => reference.name))
    const dropped = gates(head, 'ignored-failure').filter((reference) => !known.has(reference.name))
    return [
      ...(lost === undefined || base === null
        ? []
        : [
            pipeline(
              base.path,
              lost.line,
              'base',
              'medium',
              'This workflow no longer runs Airworthy, so nothing asks these questions of the next change.',
            ),
          ]),
      ...(head === null
        ? []
        : dropped.map((reference) =>
            pipeline(
              head.path,
              reference.line,
              'head',
              'low',
              'The failure of this step is now dropped, so the check can be red and look green.',
            ),
          )),
    ]
  })
}

function gates(
  file: ConfigFile | null,
  kind: 'gate' | 'ignored-failure',
): readonly { readonly name: string; readonly line: number }[] {
  return file?.kind.family === 'workflow' && file.parsed.status === 'parsed'
    ? file.parsed.references.filter((reference) => reference.kind === kind)
    : []
}

function pipeline(path: string, line: number, side: 'base' | 'head', severity: Severity, says: string): Exposure {
  return {
    kind: 'gate-weakened',
    severity,
    at: { path, startLine: line, endLine: line, side },
    says,
    remedy: 'Keep the gate, or let those who own it agree to the change.',
    evidence: [],
    within: path,
    anchor: `gate:${severity}`,
  }
}

function weakened(
  file: ConfigFile,
  entry: Parameters<typeof locate>[1],
  side: 'base' | 'head',
  severity: Severity,
  says: string,
): Exposure {
  return {
    kind: 'policy-weakened',
    severity,
    at: locate(file, entry, side),
    says: `The policy asks for less than before: ${says}.`,
    remedy: 'Let those who own the policy agree to the change, or keep the old value.',
    evidence: [],
    within: file.path,
    anchor: entry.path.join('.'),
  }
}
