/** Longer names are nobody's slip of the finger, and comparing them costs. */
const LONGEST = 40

/**
 * The known name that was most likely meant, or null when none is near: same letters in another spelling
 * (`errorPaths`, `Error_Paths` → `error-paths`), or a third of the letters wrong at most. The first of equals wins.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > LONGEST) return null
  const wanted = letters(name)
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  let nearest: string | null = null
  let least = allowed + 1
  for (const candidate of known) {
    const distance = editDistance(wanted, letters(candidate))
    if (distance < least && distance < letters(candidate).length) {
      nearest = candidate
      least = distance
    }
  }
  return nearest
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '')
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforePrevious[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforePrevious = previous
    previous = current
  }
  return previous[to.length] ?? 0
}
