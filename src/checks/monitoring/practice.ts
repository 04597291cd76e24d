import type { Behaviour, BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { signalsOf } from '../../facts/behaviour/signals.ts'

/** The same facts with what the team's own calls show. */
export function withOwnSignals(behaviour: BehaviourOfChange, calls: readonly string[]): BehaviourOfChange {
  if (calls.length === 0) return behaviour
  const again = (one: Behaviour | null): Behaviour | null =>
    one === null || one.code === null ? one : { ...one, signals: signalsOf(one.code, behaviour.catalog, calls) }
  const files = behaviour.files.map((one) => ({ ...one, base: again(one.base), head: again(one.head) }))
  return { ...behaviour, files }
}

/** Something installed that watches, or more than log lines in the files of the change, before or after. */
export function hasTelemetry({ files, practice }: BehaviourOfChange): boolean {
  if (practice.telemetry.length > 0) return true
  return files.some(({ base, head }) =>
    [base, head].some((one) => one?.signals.some(({ kind }) => kind !== 'log') ?? false),
  )
}

const WATCHED =
  /\b(?:health|healthz|livez|readyz|ready|liveness|readiness|ping|metrics|version|favicon|robots|sitemap|docs|openapi|swagger|debug|pprof)\b/i

/** A health endpoint is a signal itself; a command or a page fails in front of somebody. */
export function isSeenElsewhere(entry: EntryPoint): boolean {
  return entry.kind === 'command' || entry.kind === 'page' || WATCHED.test(entry.identity)
}
