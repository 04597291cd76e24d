import { createHash } from 'node:crypto'
import { checks } from '../checks/index.ts'
import { EMPTY_CATALOG, withAdded } from '../facts/behaviour/catalog.ts'
import { explainIssues } from './explain-issue.ts'
import type { Policy } from './policy.ts'
import type { Fault } from './policy-problem.ts'
import { CHECK_IDS, completePolicySchema, type PolicyFileContent } from './policy-schema.ts'

/** The rules alone: where they came from makes no difference to them. */
export type FoldedPolicy = Omit<Policy, 'source' | 'digest'>

/** What the files have said so far: not yet known to be complete. */
interface Folding {
  readonly said: Omit<PolicyFileContent, 'version' | 'extends' | 'checks'>
  readonly checks: Readonly<Record<string, FoldedCheck>>
}

interface FoldedCheck {
  readonly level?: unknown
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * Folds files into one policy: maps merge by key, a check's options by field, lists replace, and overrides and entries of
 * the catalog come on top of those of the base, so that the nearer file wins.
 * @param files from the base to the most specific
 * @returns the policy, or what is missing in all of them together
 */
export function foldPolicy(
  files: readonly PolicyFileContent[],
): { readonly folded: FoldedPolicy } | { readonly faults: readonly Fault[] } {
  const { said, checks: foldedChecks } = files.reduce<Folding>(mergeFile, { said: {}, checks: {} })
  const whole = { labels: {}, overrides: [], ...said, checks: foldedChecks }
  const complete = completePolicySchema.safeParse(whole)
  const faults = [
    ...explainIssues(complete.error?.issues ?? [], whole, completePolicySchema),
    ...CHECK_IDS.flatMap((id) => optionFaults(id, foldedChecks)),
  ]
  return complete.success && faults.length === 0 ? { folded: complete.data } : { faults }
}

function mergeFile(base: Folding, file: PolicyFileContent): Folding {
  const { version: _version, extends: _extends, checks: fileChecks, ...said } = file
  return {
    said: {
      ...base.said,
      ...said,
      ...(said.labels && { labels: { ...base.said.labels, ...said.labels } }),
      ...(said.confidence && { confidence: { ...base.said.confidence, ...said.confidence } }),
      ...(said.prices && { prices: { ...base.said.prices, ...said.prices } }),
      ...(said.catalog && { catalog: withAdded(base.said.catalog ?? EMPTY_CATALOG, said.catalog) }),
      ...(said.overrides && { overrides: [...(base.said.overrides ?? []), ...said.overrides] }),
    },
    checks: mergeChecks(base.checks, fileChecks ?? {}),
  }
}

function mergeChecks(base: Folding['checks'], file: NonNullable<PolicyFileContent['checks']>): Folding['checks'] {
  const merged = { ...base }
  for (const [id, entry] of Object.entries(file)) {
    if (entry === undefined) continue
    const below = base[id] ?? { options: {} }
    const { level = below.level, options = {} } = typeof entry === 'string' ? { level: entry } : entry
    merged[id] = { level, options: { ...below.options, ...options } }
  }
  return merged
}

function optionFaults(id: keyof typeof checks, folded: Folding['checks']): readonly Fault[] {
  const entry = folded[id]
  if (entry === undefined) return []
  const schema = checks[id].options
  const issues = schema.safeParse(entry.options).error?.issues ?? []
  return explainIssues(issues, entry.options, schema).map((fault) => ({
    ...fault,
    path: ['checks', id, 'options', ...fault.path],
  }))
}

/** `sha256:…` over the rules as canonical JSON: neither comments nor the order of keys change it. */
export function policyDigest(folded: FoldedPolicy): string {
  return `sha256:${createHash('sha256').update(canonicalJson(folded)).digest('hex')}`
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  members.sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}
