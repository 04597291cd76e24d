import { codeFactReader } from './code/code-fact-reader.ts'
import type { CodeReader } from './code/code-reader.ts'
import { testFactReader } from './code/test-fact-reader.ts'
import type { FactReader } from './fact-reader.ts'
import type { FactsByNeed } from './facts.ts'

/** One reader for each need. */
export type FactReaders = { readonly [N in keyof FactsByNeed]: FactReader<N> }

export function createFactReaders(code: CodeReader): FactReaders {
  return { code: codeFactReader(code), tests: testFactReader(code) }
}
