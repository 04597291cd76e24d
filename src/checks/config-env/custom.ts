import type { ConfigFactsOfChange, Mention } from '../../facts/config/config-facts.ts'
import { PROVIDED } from './variable-names.ts'

/** So few older names show no custom. */
const FEW = 3

/**
 * Which part of the names that were read before is given or shown in this repository. A new one breaks a custom only where most are;
 * elsewhere the team keeps them in a place that is not seen from here. Null where there are too few to tell.
 */
export function shareShown(
  names: Iterable<string>,
  facts: ConfigFactsOfChange,
  answers: (mention: Mention) => boolean = () => true,
  few: number = FEW,
): number | null {
  const known = [...new Set(names)].filter((name) => !PROVIDED.test(name))
  const shown = known.filter((name) => (facts.mentions.get(name) ?? []).some(answers))
  return known.length < few ? null : shown.length / known.length
}
