import { behaviourReader } from './behaviour/behaviour-reader.ts'
import type { Catalog } from './behaviour/catalog.ts'
import { codeFactReader } from './code/code-fact-reader.ts'
import type { CodeReader } from './code/code-reader.ts'
import { testFactReader } from './code/test-fact-reader.ts'
import type { FactReader } from './fact-reader.ts'
import type { FactsByNeed } from './facts.ts'

/** One reader for each need. */
export type FactReaders = { readonly [N in keyof FactsByNeed]: FactReader<N> }

export function createFactReaders(code: CodeReader, catalog: Catalog): FactReaders {
  return { behaviour: behaviourReader(code, catalog), code: codeFactReader(code), tests: testFactReader(code) }
}
