import type { Framework } from './framework.ts'
import { readAlembic } from './frameworks/alembic.ts'
import { readDjango } from './frameworks/django.ts'
import { readEcto } from './frameworks/ecto.ts'
import { readEfCore } from './frameworks/ef-core.ts'
import { readFluentMigrator } from './frameworks/fluent-migrator.ts'
import { readGoCode } from './frameworks/go-code.ts'
import { readLaravel } from './frameworks/laravel.ts'
import { readLiquibase } from './frameworks/liquibase.ts'
import { readPhinx } from './frameworks/phinx.ts'
import { readRails } from './frameworks/rails.ts'
import { readScript } from './frameworks/script.ts'
import { type DownFile, readSqlFile } from './frameworks/sql-file.ts'
import type { Migration, MigrationStep, ReadMigration } from './migration.ts'
import { netEffect } from './net-effect.ts'
import type { Operation } from './operation.ts'
import { sameName } from './operation.ts'
import type { Call, Program } from './program/program.ts'
import type { PostgresParser } from './sql/postgres-parser.ts'
import { guessDialect, type SqlReader } from './sql/read-sql.ts'
import { judgeUndo } from './undo.ts'

/** What the repository said about a column before the change. */
export interface Before {
  /** The call that declared a Django field, `models.CharField(max_length=20)`. */
  readonly djangoField: (model: string, column: string) => Call | null
  /** Whether a Django model is kept at one row. */
  readonly isOneRow: (model: string) => boolean
  /** Type of a column in the dumped schema, or in the migrations before the one at `path`. */
  readonly columnType: (table: string, column: string, path: string) => string | null
  /** Whether a migration before made it refuse NULL. */
  readonly isRequired: (table: string, column: string, path: string) => boolean
}

export const nothingBefore: Before = {
  djangoField: () => null,
  isOneRow: () => false,
  columnType: () => null,
  isRequired: () => false,
}

export interface MigrationText {
  readonly path: string
  readonly text: string
  /** Null where the form is SQL, or its language is not read. */
  readonly program: Program | null
  readonly down: DownFile | null
}

/** Reads one migration. Null when its language or form cannot be read: that is not the same as harmless. */
export function readMigration(
  framework: Framework,
  file: MigrationText,
  postgres: PostgresParser | null,
  before: Before,
): Migration | null {
  const dialect = framework.dialect ?? (framework.form === 'sql' ? guessDialect(file.text) : 'unknown')
  const read = readForm(framework, file, { dialect, postgres }, before)
  if (read === null) return null
  const net = withoutRestated(netEffect(read), before, file.path)
  const steps = judgeUndo(net).map((step) => withPriorType(step, net, before, file.path))
  return { framework: framework.id, title: framework.title, path: file.path, steps, down: net.down }
}

function readForm(framework: Framework, file: MigrationText, sql: SqlReader, before: Before): ReadMigration | null {
  const { path, program } = file
  if (framework.form === 'sql') return readSqlFile(framework, path, file.text, file.down, sql)
  if (framework.form === 'liquibase') return readLiquibase(file.text, path, sql)
  if (program === null) return null
  switch (framework.form) {
    case 'rails':
      return readRails(program, path, sql)
    case 'django':
      return readDjango(program, sql, before)
    case 'alembic':
      return readAlembic(program, path, sql)
    case 'laravel':
      return readLaravel(program, path, sql)
    case 'ef-core':
      return readEfCore(program, path, sql)
    case 'script':
      return readScript(program, path, sql, {
        downRequired: framework.down === 'same-file' && framework.id !== 'node-pg-migrate' && framework.id !== 'kysely',
      })
    case 'ecto':
      return readEcto(program, path, sql)
    case 'fluent-migrator':
      return readFluentMigrator(program, path, file.text, sql)
    case 'go-code':
      return readGoCode(program, path, sql)
    case 'phinx':
      return readPhinx(program, path, sql)
  }
}

/** A column that refused NULL before: an earlier migration says so, or the way down, which makes it so as well. */
function withoutRestated(read: ReadMigration, before: Before, path: string): ReadMigration {
  const downs: readonly Operation[] = read.down.kind === 'operations' ? read.down.operations : []
  const steps = read.steps.map((step) => {
    const { operation } = step
    if (operation.kind !== 'set-not-null') return step
    const { table, column, line } = operation
    const renamed = read.steps.flatMap(({ operation: other }) =>
      other.kind === 'rename-column' && sameName(other.table, table) && sameName(other.column, column) ? other.to : [],
    )
    const isInDown = downs.some(
      (down) =>
        down.kind === 'set-not-null' &&
        sameName(down.table, table) &&
        [column, ...renamed].some((name) => sameName(down.column, name)),
    )
    if (!isInDown && !before.isRequired(table, column, path)) return step
    return { ...step, operation: { kind: 'neutral' as const, says: 'NOT NULL as before', line } }
  })
  return { ...read, steps }
}

/** What a column was: as the migration says, as its way down restores it, or as the dumped schema had it. */
function withPriorType(step: MigrationStep, read: ReadMigration, before: Before, path: string): MigrationStep {
  const { operation } = step
  if (operation.kind !== 'change-type' || operation.from !== null) return step
  const downs: readonly Operation[] = read.down.kind === 'operations' ? read.down.operations : []
  const restored = downs.find(
    (down) =>
      down.kind === 'change-type' && sameName(down.table, operation.table) && sameName(down.column, operation.column),
  )
  const from =
    (restored?.kind === 'change-type' ? restored.to : null) ??
    before.columnType(operation.table, operation.column, path)
  return { ...step, operation: { ...operation, from } }
}
