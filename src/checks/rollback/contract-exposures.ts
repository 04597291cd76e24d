import type { ContractChange, NarrowingKind } from '../../facts/contract/contract-change.ts'
import type { ContractsOfChange, ContractsOfFile } from '../../facts/contract/contract-facts.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { type Judging, proofOf } from './proof.ts'

const NAMES = {
  openapi: 'OpenAPI',
  proto: 'protobuf',
  graphql: 'GraphQL',
  avro: 'Avro',
  'json-schema': 'JSON Schema',
  crd: 'CRD',
  job: 'Jobs that wait in a queue',
  stored: 'What is stored already',
} as const

const KINDS: Readonly<Record<NarrowingKind, { readonly severity: Severity; readonly what: string }>> = {
  removed: { severity: 'medium', what: 'is taken away' },
  renamed: { severity: 'low', what: 'is renamed: clients that go by name do not find it' },
  renumbered: { severity: 'high', what: 'has another number: messages of the other version are read wrongly' },
  'type-changed': { severity: 'medium', what: 'has another type' },
  'made-required': { severity: 'medium', what: 'is required now: calls of clients that do not know it fail' },
  'value-removed': { severity: 'medium', what: 'is no value any more' },
  'made-nullable': { severity: 'low', what: 'may be null now' },
}

/** Contracts that promise less. A file's changes of one kind are one exposure, and so are those of its copies: they are one decision. */
export function contractExposures(contracts: ContractsOfChange, judging: Judging): readonly Exposure[] {
  const copies = new Map<string, Exposure[]>()
  for (const exposure of contracts.files.flatMap((file) => exposuresOf(file, judging))) {
    const key = `${exposure.says} ${exposure.anchor}`
    copies.set(key, [...(copies.get(key) ?? []), exposure])
  }
  return [...copies.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? []
    return { ...first, says: `${first.says} (and in ${others.length} more ${others.length === 1 ? 'file' : 'files'})` }
  })
}

function exposuresOf(file: ContractsOfFile, judging: Judging): readonly Exposure[] {
  const groups = new Map<string, ContractChange[]>()
  for (const change of file.changes) {
    const key = `${change.kind} ${change.announced} ${change.corrupts}`
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups.values()].flatMap((group) => exposureOf(file, group, judging))
}

function exposureOf(file: ContractsOfFile, group: readonly ContractChange[], judging: Judging): readonly Exposure[] {
  const first = group[0]
  if (first === undefined) return []
  const path = first.side === 'base' ? (file.file.base?.path ?? file.file.path) : file.file.path
  const severity = severityOf(first)
  const named = group.slice(0, 3).map((change) => change.subject)
  const more = group.length > 3 ? ` and ${group.length - 3} more` : ''
  const notice = first.announced ? ' (announced before, or not promised yet)' : ''
  const question = {
    path,
    blob: file.file.head?.blob ?? null,
    framework: first.format,
    hazard: 'clients',
    severity,
    own: null,
  } as const
  return [
    {
      kind: `contract-${first.kind}`,
      severity,
      at: { path, startLine: first.line, endLine: first.line, side: first.side },
      says: `${NAMES[first.format]}: ${named.join(', ')}${more} ${whatOf(first)}${notice}`,
      remedy:
        first.format === 'stored'
          ? 'Read both for one release and write the new one in the next, or attest that what is stored may be lost'
          : 'Mark it deprecated and keep it for one more release, or attest that no client uses it',
      evidence: proofOf(question, judging.facts, judging.required, judging.limits).evidence,
      within: path,
      anchor: `${first.kind} ${group.map((change) => change.subject).join(' ')}`,
    },
  ]
}

function severityOf(change: ContractChange): Severity {
  if (change.announced) return 'low'
  if (change.format === 'stored' || change.format === 'job') return 'medium'
  return change.corrupts ? 'high' : KINDS[change.kind].severity
}

function whatOf(change: ContractChange): string {
  if (change.format === 'stored')
    return change.kind === 'renamed'
      ? 'gets another name: neither version finds what the other left there'
      : 'changes: neither version reads what the other wrote'
  if (change.format !== 'job') return KINDS[change.kind].what
  if (change.kind === 'renamed') return 'has another name in the queue: jobs that wait under the old one are not found'
  return change.kind === 'removed'
    ? 'is taken away: jobs that still give it fail'
    : 'is required now: jobs that wait without it fail'
}
