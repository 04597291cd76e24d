import type { Behaviour, BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { flagGatesOf } from '../../facts/behaviour/flag-gates.ts'

/** The same facts with the gates that the team's own flag calls make. */
export function withOwnFlags(behaviour: BehaviourOfChange, calls: readonly string[]): BehaviourOfChange {
  if (calls.length === 0) return behaviour
  const again = (one: Behaviour | null): Behaviour | null =>
    one === null || one.code === null ? one : { ...one, gates: flagGatesOf(one.code, behaviour.catalog, calls) }
  return {
    ...behaviour,
    files: behaviour.files.map((one) => ({ ...one, base: again(one.base), head: again(one.head) })),
  }
}

/** A flag SDK in a manifest, a flag module in the listing, or a flag asked in the files of the change. */
export function hasFlagPractice({ files, practice }: BehaviourOfChange): boolean {
  if (practice.flags.length > 0) return true
  return files.some(({ base, head }) => [base, head].some((one) => one?.gates.some((gate) => gate.live) ?? false))
}

const ASIDE =
  /\b(?:health|healthz|livez|readyz|ready|liveness|readiness|ping|metrics|version|favicon|robots|sitemap|well-known|docs|openapi|swagger|debug|pprof|status)\b/i

/** What no team puts behind a flag: a health or metrics endpoint, a command somebody types. */
export function isExempt(entry: EntryPoint): boolean {
  return entry.kind === 'command' || ASIDE.test(entry.identity)
}
