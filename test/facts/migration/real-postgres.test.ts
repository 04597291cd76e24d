import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { riskOf } from '../../../src/checks/rollback/risk.ts'
import { nothingBefore, readMigration } from '../../../src/facts/migration/read-migration.ts'
import { recogniseFramework } from '../../../src/facts/migration/recognise-framework.ts'
import { loadPostgresParser, type PostgresParser } from '../../../src/facts/migration/sql/postgres-parser.ts'
import { installedPostgres, type PostgresServer, startPostgres } from '../../support/postgres-server.ts'
import { RESET, reversibleCases, SETUP } from './reversible-cases.ts'

const bin = installedPostgres()
const installed = bin === null ? ' (skipped: PostgreSQL is not installed, apt-get install postgresql)' : ''

/** The check's word: every step is undone as written, and no step loses data. */
function saysReversible(up: string, down: string, parser: PostgresParser): boolean {
  const path = 'migrations/1.up.sql'
  const framework = recogniseFramework(path, up, () => false)
  if (framework === null) throw new Error('not recognised')
  const file = { path, text: up, program: null, down: { path: 'migrations/1.down.sql', text: down } }
  const migration = readMigration({ ...framework, dialect: 'postgres' }, file, parser, nothingBefore)
  if (migration === null) throw new Error('not read')
  const { steps } = migration
  const operations = steps.map((step) => step.operation)
  const around = {
    newTables: operations.flatMap((operation) => (operation.kind === 'create-table' ? operation.table : [])),
    newColumns: operations.flatMap((operation) => (operation.kind === 'add-column' ? operation : [])),
    usedBefore: () => null,
  }
  return steps.every((step) => step.undo === 'written' && riskOf(step, migration, around).hazard !== 'data')
}

describe.skipIf(bin === null)(`the word of the check and a real PostgreSQL agree${installed}`, () => {
  let server: PostgresServer
  let parser: PostgresParser
  let before: string
  beforeAll(async () => {
    parser = await loadPostgresParser()
    server = startPostgres(bin ?? '')
    server.run('postgres', `${RESET}${SETUP}`)
    before = server.dump('postgres')
  }, 60_000)
  afterAll(() => server.stop(), 60_000)

  it.each(reversibleCases)('$name', ({ up, down }) => {
    server.run('postgres', `${RESET}${SETUP}${up}`)
    const back = wentBack(down)
    expect({ reversible: saysReversible(up, down, parser) }).toEqual({ reversible: back })
  })

  function wentBack(down: string): boolean {
    try {
      server.run('postgres', down)
    } catch {
      return false
    }
    return server.dump('postgres') === before
  }
})
