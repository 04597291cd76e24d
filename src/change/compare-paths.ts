/** By code unit: the same order everywhere, whatever the language of the machine. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
