import type { Change, Note } from '../change/change.ts'
import type { Contents } from '../change/contents.ts'
import { behaviourReader } from './behaviour/behaviour-reader.ts'
import type { Catalog } from './behaviour/catalog.ts'
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

/** What the readers share: each is made once and keeps what it has read. */
export interface Parsers {
  readonly catalog: Catalog
  readonly code: CodeReader
  readonly programs: ProgramReader
}

export function createFactReaders({ catalog, code, programs }: Parsers): FactReaders {
  return {
    behaviour: behaviourReader(code, catalog),
    code: codeFactReader(code),
    config: configFactReader(),
    contracts: contractFactReader(),
    infrastructure: infrastructureFactReader(),
    migrations: migrationFactReader(programs),
    tests: testFactReader(code),
  }
}

/** All facts; those of a need that no enabled check has are the facts of an empty change. */
export function extractFacts(
  readers: FactReaders,
  needs: ReadonlySet<keyof FactsByNeed>,
  change: Change,
  contents: Contents,
  environments: readonly string[],
  added?: Catalog,
): { readonly facts: FactsByNeed; readonly notes: readonly Note[] } {
  const notes: Note[] = []
  function read<N extends keyof FactsByNeed>(reader: FactReader<N>): FactsByNeed[N] {
    const seen = needs.has(reader.need) ? change : { ...change, files: [] }
    const one = reader.extract(seen, contents, environments, added)
    notes.push(...one.notes)
    return one.facts
  }
  const facts = {
    behaviour: read(readers.behaviour),
    code: read(readers.code),
    config: read(readers.config),
    contracts: read(readers.contracts),
    infrastructure: read(readers.infrastructure),
    migrations: read(readers.migrations),
    tests: read(readers.tests),
  }
  return { facts, notes }
}
