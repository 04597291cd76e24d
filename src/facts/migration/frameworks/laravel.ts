import type { ReadMigration } from '../migration.ts'
import type { OperationBody } from '../operation.ts'
import { argument, type Block, type Call, functionNamed, type Program, textsOf } from '../program/program.ts'
import { following, nameOr, type ReadCall, sqlOperations } from '../program/read-steps.ts'
import { readUpAndDown } from '../program/read-up-and-down.ts'
import type { SqlReader } from '../sql/read-sql.ts'
import { alterTable } from './table-builder.ts'

/** Laravel: `Schema::table('t', fn (Blueprint $table) => …)` in `up()` and `down()`. A migration may leave `down()` out. */
export function readLaravel(program: Program, path: string, sql: SqlReader): ReadMigration {
  const readCall = vocabulary(program, sql)
  return readUpAndDown(functionNamed(program, 'up'), functionNamed(program, 'down'), path, () => readCall)
}

const SQL_CALLS = new Set(['statement', 'unprepared', 'raw', 'addSql', 'executeStatement'])
const READS = new Set([
  'hasTable',
  'hasColumn',
  'hasColumns',
  'getColumnListing',
  'disableForeignKeyConstraints',
  'enableForeignKeyConstraints',
  'getDriverName',
  'getConnection',
])

function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    if (READS.has(call.name)) return []
    if (SQL_CALLS.has(call.name)) return sqlOperations(argument(call, 0), program, sql, call.line)
    const schema =
      call.receiver?.kind === 'name'
        ? /Schema$/.test(call.receiver.text)
        : call.receiver?.kind === 'call' && /^(?:connection|getSchemaBuilder)$/.test(call.receiver.name)
    if (!schema) return null
    const callback = call.args.find((arg): arg is Block => arg.kind === 'block')
    const table = nameOr(argument(call, 0), program)
    if (call.name === 'table' && callback) return alterTable(table, callback, program, { nullableByDefault: false })
    const bodies = statement(call, table, program)
    return bodies === null ? null : bodies.map((body) => ({ ...body, line: call.line }))
  })
}

function statement(call: Call, table: string, program: Program): readonly OperationBody[] | null {
  switch (call.name) {
    case 'create':
      return [{ kind: 'create-table', table, ifNotExists: false }]
    case 'drop':
    case 'dropIfExists':
      return [{ kind: 'drop-table', table }]
    case 'rename':
      return [{ kind: 'rename-table', table, to: nameOr(argument(call, 1), program) }]
    case 'dropColumns':
      return textsOf(argument(call, 1), program).map((column) => ({ kind: 'drop-column', table, column }))
    default:
      return null
  }
}
