import type { Severity } from '../checks/define-check.ts'

/** An exposure as far as its price is concerned. */
export interface Priced {
  readonly severity: Severity
  readonly covered: boolean
  /** Exposures with the same group (kind and function) cost less and less. */
  readonly group: string
  /** Factor of the critical journey at its path; 1 elsewhere. */
  readonly factor: number
}

/** No single exposure takes more than this share of the confidence that is left. */
const MAX_COST = 0.9
/** Each further exposure of one kind in one function costs half of the one before. */
const REPEAT_RATE = 0.5

/**
 * Confidence = 100 · Π(1 − cost) over the uncovered exposures, as design section 1 defines it.
 * @returns `confidence` in 0–100 with one decimal, and each exposure's own price in points (0 when covered).
 */
export function confidenceOf(
  exposures: readonly Priced[],
  prices: Readonly<Record<Severity, number>>,
): { readonly confidence: number; readonly costs: readonly number[]; readonly weights: readonly number[] } {
  const full = exposures.map((one) => Math.min(MAX_COST, (prices[one.severity] / 100) * one.factor))
  const weights = falling(exposures, full, () => true)
  const shares = falling(exposures, full, (one) => !one.covered)
  const confidence = 100 * shares.reduce((left, share) => left * (1 - share), 1)
  return { confidence: round(confidence), costs: shares.map((share) => round(share * 100)), weights }
}

/** Shares after the falling rate: within a group the dearest counts in full, so that the order of the list does not matter. */
function falling(
  exposures: readonly Priced[],
  full: readonly number[],
  counts: (one: Priced) => boolean,
): readonly number[] {
  const order = [...exposures.keys()].sort((a, b) => (full[b] ?? 0) - (full[a] ?? 0))
  const seen = new Map<string, number>()
  const shares = exposures.map(() => 0)
  for (const index of order) {
    const one = exposures[index]
    if (one === undefined || !counts(one)) continue
    const before = seen.get(one.group) ?? 0
    shares[index] = (full[index] ?? 0) * REPEAT_RATE ** before
    seen.set(one.group, before + 1)
  }
  return shares
}

/** One decimal; JSON and every report show the same number. */
function round(value: number): number {
  return Math.round(value * 10) / 10
}
