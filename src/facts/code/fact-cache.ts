/** Keeps what was asked for last. */
export interface FactCache<T> {
  readonly get: (key: string) => T | undefined
  /** @param size characters of the text behind the value */
  readonly set: (key: string, value: T, size: number) => void
}

/** Holds values of `capacity` in all; what was not asked for the longest goes first. */
export function createFactCache<T>(capacity: number): FactCache<T> {
  /** A Map goes through its keys in the order in which they were set. */
  const entries = new Map<string, { readonly value: T; readonly size: number }>()
  let filled = 0

  function drop(key: string): void {
    filled -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, size) {
      drop(key)
      entries.set(key, { value, size })
      filled += size
      for (const oldest of entries.keys()) {
        if (filled <= capacity || oldest === key) break
        drop(oldest)
      }
    },
  }
}
