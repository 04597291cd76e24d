import { readdirSync, readFileSync } from 'node:fs'
import { type Catalog, parseCatalog } from '../../src/facts/behaviour/catalog.ts'

const folder = new URL('../../src/facts/catalog/', import.meta.url)

const catalogTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

/** The catalog that ships. */
export const catalog: Catalog = parseCatalog(catalogTexts)
