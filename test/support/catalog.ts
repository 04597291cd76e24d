import { readCatalogSources } from '../../src/entrypoints/assets.ts'
import { type Catalog, parseCatalog } from '../../src/facts/behaviour/catalog.ts'

/** The catalog that ships. */
export const catalog: Catalog = parseCatalog(readCatalogSources())
