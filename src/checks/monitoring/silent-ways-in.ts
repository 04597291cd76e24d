import { createHash } from 'node:crypto'
import type { Behaviour, BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import { type ReachedCode, reachedFrom } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { signalEvidence } from './signal-evidence.ts'
import { remedyOfWayIn, saysOfWayIn } from './wording.ts'

/** An exposure for each new way in that works on the server; what shows its failures is its evidence. */
export function silentWaysIn(fresh: readonly NewWayIn[], behaviour: BehaviourOfChange): readonly Exposure[] {
  return fresh
    .filter(({ head }) => head.code !== null)
    .map((way) => {
      const { file, head, entry } = way
      const reached = reachedFrom(file.path, head, entry, behaviour.files)
      return {
        kind: `silent-${entry.kind}`,
        severity: severityOf(way, reached, behaviour),
        at: { path: file.path, startLine: entry.span.startLine, endLine: entry.span.endLine, side: 'head' },
        says: saysOfWayIn(entry, behaviour),
        remedy: remedyOfWayIn(entry, behaviour),
        evidence: signalEvidence(way, reached, behaviour),
        within: entry.handler ?? '',
        anchor: createHash('sha256').update(`${entry.kind} ${entry.identity}`).digest('hex').slice(0, 16),
      }
    })
}

/**
 * Nobody waits for a job's answer, so a silent one is found by its victims. A route answers its caller: it is medium only
 * where its neighbours in the file have signals of their own, for then a missing one is a gap and no habit.
 */
function severityOf(
  { head, entry }: NewWayIn,
  reached: readonly ReachedCode[],
  behaviour: BehaviourOfChange,
): Severity {
  if (entry.kind === 'job' || entry.kind === 'consumer' || entry.kind === 'schedule')
    return isWatched(behaviour) && reached.length > 0 ? 'medium' : 'low'
  if (reached.length === 0) return 'low'
  return neighboursHaveSignals(head, entry) ? 'medium' : 'low'
}

/** More than log lines: somebody looks at numbers, traces or reports. */
function isWatched({ files, practice }: BehaviourOfChange): boolean {
  return (
    practice.telemetry.length > 0 || files.some(({ base }) => base?.signals.some(({ kind }) => kind !== 'log') ?? false)
  )
}

function neighboursHaveSignals(head: Behaviour, own: EntryPoint): boolean {
  const others = head.entryPoints.filter((one) => one.span.start !== own.span.start && one.body !== null)
  const seen = others.filter(({ body }) =>
    head.signals.some((signal) => signal.kind !== 'log' && body !== null && encloses(body, signal.span)),
  )
  return seen.length > 0 && seen.length * 2 >= others.length
}
