import { codeFactReader } from './code/code-fact-reader.ts'
import type { CodeReader } from './code/code-reader.ts'
import { testFactReader } from './code/test-fact-reader.ts'
import { configFactReader } from './config/config-fact-reader.ts'
import { contractFactReader } from './contract/contract-fact-reader.ts'
import type { FactReader } from './fact-reader.ts'
import type { FactsByNeed } from './facts.ts'
import { infrastructureFactReader } from './infrastructure/infrastructure-fact-reader.ts'
import { migrationFactReader } from './migration/migration-fact-reader.ts'
import type { ProgramReader } from './migration/program/program-reader.ts'

/** One reader for each need. */
export type FactReaders = { readonly [N in keyof FactsByNeed]: FactReader<N> }

export function createFactReaders(code: CodeReader, programs: ProgramReader): FactReaders {
  return {
    code: codeFactReader(code),
    config: configFactReader(),
    contracts: contractFactReader(),
    infrastructure: infrastructureFactReader(),
    migrations: migrationFactReader(programs),
    tests: testFactReader(code),
  }
}
