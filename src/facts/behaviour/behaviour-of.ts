import type { CodeFacts, ImportFact } from '../code/code-facts.ts'
import type { Behaviour } from './behaviour-facts.ts'
import type { Catalog } from './catalog.ts'
import { entryPointsOf } from './entry-points.ts'
import { flagGatesOf } from './flag-gates.ts'
import { outboundCallsOf } from './outbound-calls.ts'
import { signalsOf } from './signals.ts'

/**
 * What one revision of one file of code does that others can reach or see. `also`: imports of its other revision; a file that
 * names its library from now on used it before, under another name or through another file.
 */
export function behaviourOf(
  facts: CodeFacts,
  path: string,
  catalog: Catalog,
  also: readonly ImportFact[] = [],
): Behaviour {
  const seen = also.length === 0 ? facts : { ...facts, imports: [...facts.imports, ...also] }
  return {
    entryPoints: entryPointsOf(seen, path, catalog),
    outbound: outboundCallsOf(seen, catalog),
    signals: signalsOf(seen, catalog),
    gates: flagGatesOf(seen, catalog),
    alerts: [],
    flagDefaults: [],
    code: facts,
  }
}
