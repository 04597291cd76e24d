/** The latest of some dates (ISO 8601), in UTC; null when none of them is one. */
export function laterDate(dates: readonly (string | null | undefined)[]): string | null {
  const times = dates.map((date) => Date.parse(date ?? '')).filter((time) => !Number.isNaN(time))
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString()
}
