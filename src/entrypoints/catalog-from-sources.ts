import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Catalog } from '../facts/behaviour/catalog.ts'
import { parseCatalog } from '../facts/behaviour/catalog-schema.ts'
import { packageRoot } from './assets.ts'

/** `src/facts/catalog/*.yml`, in alphabetical order, as one catalog. It takes as long as a review: the build does it once. */
export function catalogFromSources(): Catalog {
  const folder = join(packageRoot, 'src', 'facts', 'catalog')
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
  return parseCatalog(new Map(files.sort().map((name) => [name, parse(readFileSync(join(folder, name), 'utf8'))])))
}
