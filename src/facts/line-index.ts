/** Offset at which each line of a text starts; the first is 0. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The 1-based line that an offset stands in, by binary search. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}

/** Maps an offset to its 1-based line. Built once, then a binary search each. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = lineStarts(text)
  return (offset) => lineAt(starts, offset)
}
