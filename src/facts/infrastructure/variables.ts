/** A map of stores in a file of Terraform's variables: the keys of its entries, and where they stand. */
export interface StoreEntry {
  /** 'persistent_disks["a"]' */
  readonly subject: string
  readonly line: number
}

const STORES = /^([\w-]*(?:disks?|databases?|buckets?|volumes?|filestores?|file_systems?))\s*=\s*\{\s*(?:#.*)?$/

/** Entries of `persistent_disks = { "a" = { … } }`: modules make one store of each. */
export function storesIn(text: string): readonly StoreEntry[] {
  const found: StoreEntry[] = []
  let variable: string | null = null
  let depth = 0
  text.split('\n').forEach((line, i) => {
    const code = line.slice(0, 500).replace(/"[^"]*"/g, (quoted) => quoted.replaceAll(/[{}#]/g, '_'))
    if (depth === 0) variable = STORES.exec(code)?.[1] ?? null
    const key = depth === 1 && variable !== null ? /^\s*"?([\w.-]+)"?\s*[=:]/.exec(line)?.[1] : undefined
    if (key !== undefined) found.push({ subject: `${variable}["${key}"]`, line: i + 1 })
    for (const char of code.split('#', 1)[0] ?? '') {
      if (char === '{') depth++
      else if (char === '}') depth = Math.max(0, depth - 1)
    }
  })
  return found
}
