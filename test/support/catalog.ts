import { catalogFromSources } from '../../src/entrypoints/catalog-from-sources.ts'
import type { Catalog } from '../../src/facts/behaviour/catalog.ts'

/** The catalog that ships. */
export const catalog: Catalog = catalogFromSources()
