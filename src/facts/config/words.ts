/** Words of a key in lower case: `dbPool.maxSize`, `DB_POOL-MAX_SIZE` → db, pool, max, size. Linear. */
export function wordsOf(key: string): readonly string[] {
  return key
    .slice(0, 400)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
