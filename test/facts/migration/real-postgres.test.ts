import { beforeAll, describe, expect, it } from 'vitest'
import { riskOf } from '../../../src/checks/rollback/risk.ts'
import { NO_HABITS } from '../../../src/facts/migration/habits.ts'
import { nothingBefore, readMigration } from '../../../src/facts/migration/read-migration.ts'
import { recogniseFramework } from '../../../src/facts/migration/recognise-framework.ts'
import { loadPostgresParser, type PostgresParser } from '../../../src/facts/migration/sql/postgres-parser.ts'
import { installedPostgres, startPostgres } from '../../support/postgres-server.ts'
import { reversibleCases, SETUP } from './reversible-cases.ts'

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
  const newTables = operations.flatMap((operation) => (operation.kind === 'create-table' ? operation.table : []))
  const around = {
    newTables,
    createdTables: newTables,
    newColumns: operations.flatMap((operation) => (operation.kind === 'add-column' ? { ...operation, path } : [])),
    newConstraints: [],
    usedBefore: () => '',
    ignoredBefore: () => false,
    usedAnew: () => false,
    habits: NO_HABITS,
  }
  return steps.every((step) => step.undo === 'written' && riskOf(step, migration, around).hazard !== 'data')
}

/** Every case has a schema of its own, so that three calls of the server do for all. */
function inSchema(name: string, sql: string): string {
  return `SET search_path = ${name};\n${sql};\n`
}

describe.skipIf(bin === null)(`the word of the check and a real PostgreSQL agree${installed}`, () => {
  let parser: PostgresParser
  let after: ReadonlyMap<string, string>
  beforeAll(async () => {
    parser = await loadPostgresParser()
    const server = startPostgres(bin ?? '')
    const cases = reversibleCases.map((one, i) => ({ ...one, schema: `c${i}` }))
    try {
      server.run(`CREATE SCHEMA start;\n${inSchema('start', SETUP)}`)
      server.run(
        cases.map(({ schema, up }) => `CREATE SCHEMA ${schema};\n${inSchema(schema, `${SETUP};\n${up}`)}`).join(''),
      )
      server.tryAll(cases.map(({ schema, down }) => inSchema(schema, down)).join(''))
      after = server.dump()
    } finally {
      server.stop()
    }
  }, 120_000)

  it.each(reversibleCases.map((one, i) => ({ ...one, schema: `c${i}` })))('$name', ({ up, down, schema }) => {
    const wentBack = after.get(schema) === after.get('start')
    expect({ reversible: saysReversible(up, down, parser) }).toEqual({ reversible: wentBack })
  })

  it('saw both: ways back that work, and ways back that do not', () => {
    const back = reversibleCases.filter((_, i) => after.get(`c${i}`) === after.get('start')).length
    expect(after.get('start')).toContain('CREATE TABLE users')
    expect(back).toBeGreaterThan(25)
    expect(reversibleCases.length - back).toBeGreaterThan(15)
  })
})
