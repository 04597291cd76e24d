import type {
  InfrastructureChange,
  InfrastructureKind,
  InfrastructureOfChange,
} from '../../facts/infrastructure/infrastructure-facts.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { type Judging, proofOf } from './proof.ts'

const KINDS: Readonly<
  Record<
    InfrastructureKind,
    { readonly severity: Severity; readonly says: (change: InfrastructureChange) => string; readonly remedy: string }
  >
> = {
  destroyed: {
    severity: 'high',
    says: ({ subject }) => `${subject} is no longer declared: the next apply destroys it with its data`,
    remedy: 'Say what becomes of it (a moved or removed block), or record a rehearsal that restored the data',
  },
  replaced: {
    severity: 'high',
    says: ({ subject, what }) =>
      `${subject} gets another ${what}, which cannot be changed in place: the next apply makes a new one without the data`,
    remedy: 'Make the new one beside the old one and move the data, or record a rehearsal that restored it',
  },
  'protection-removed': {
    severity: 'medium',
    says: ({ subject, what }) => `${subject} loses what kept its data (${what})`,
    remedy: 'Keep the protection, or attest that the data may go',
  },
  'way-back-removed': {
    severity: 'medium',
    says: ({ what }) => `The deployment cannot go back by itself any more (${what})`,
    remedy: 'Keep at least one revision and the automatic way back',
  },
}

/** Infrastructure that deploying the previous version does not bring back. */
export function infrastructureExposures(infrastructure: InfrastructureOfChange, judging: Judging): readonly Exposure[] {
  return infrastructure.changes.map((change) => {
    const { severity, says, remedy } = KINDS[change.kind]
    const path = change.side === 'base' ? (change.file.base?.path ?? change.file.path) : change.file.path
    const question = {
      path,
      blob: change.file.head?.blob ?? null,
      framework: 'infrastructure',
      hazard: 'data',
      severity,
      own: null,
    } as const
    return {
      kind: `infrastructure-${change.kind}`,
      severity,
      at: { path, startLine: change.line, endLine: change.line, side: change.side },
      says: says(change),
      remedy,
      evidence: proofOf(question, judging.facts, judging.required, judging.limits).evidence,
      within: change.subject,
      anchor: `${change.kind} ${change.subject} ${change.what}`,
    }
  })
}
