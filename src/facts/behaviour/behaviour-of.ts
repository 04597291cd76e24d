import type { CodeFacts, ImportFact } from '../code/code-facts.ts'
import type { Behaviour } from './behaviour-facts.ts'
import type { Catalog } from './catalog.ts'
import { entryPointsOf } from './entry-points.ts'
import { flagGatesOf } from './flag-gates.ts'
import { outboundCallsOf } from './outbound-calls.ts'
import { signalsOf } from './signals.ts'

/**
 * What one revision of one file of code does that others can reach or see. `also`: imports of its other revision; a file that
 * starts to name its framework had its ways in before.
 */
export function behaviourOf(
  facts: CodeFacts,
  path: string,
  catalog: Catalog,
  also: readonly ImportFact[] = [],
): Behaviour {
  return {
    entryPoints: entryPointsOf({ ...facts, imports: [...facts.imports, ...also] }, path, catalog),
    outbound: outboundCallsOf(facts, catalog),
    signals: signalsOf(facts, catalog),
    gates: flagGatesOf(facts, catalog),
    alerts: [],
    flagDefaults: [],
    code: facts,
  }
}
