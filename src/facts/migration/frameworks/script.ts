import { type ReadMigration, unread, writtenDown } from '../migration.ts'
import type { ConstraintType, Operation, OperationBody } from '../operation.ts'
import {
  argument,
  type Block,
  type Call,
  functionNamed,
  isBool,
  optionOf,
  type Program,
  textOf,
  textsOf,
  type Value,
} from '../program/program.ts'
import { following, nameOr, type ReadCall, readSteps, sqlOperations } from '../program/read-steps.ts'
import type { SqlReader } from '../sql/read-sql.ts'
import { readKysely } from './kysely.ts'
import { readMongo } from './mongo.ts'
import { addColumns, changeColumn, columnDefinition, tableOf } from './script-columns.ts'
import { alterTable } from './table-builder.ts'

/** Whether the framework derives the way down when none is exported. */
export interface ScriptStyle {
  readonly downRequired: boolean
}

const UPS = ['up', 'migrate', 'run'] as const

/**
 * Migrations in JavaScript and TypeScript. Knex, Sequelize, TypeORM, MikroORM, Kysely and node-pg-migrate name the same
 * things alike, so one vocabulary of method names reads them all.
 */
export function readScript(program: Program, path: string, sql: SqlReader, style: ScriptStyle): ReadMigration {
  const readCall = vocabulary(program, sql)
  const up = functionNamed(program, ...UPS)
  const body: readonly Operation[] = up === null ? wholeFile(program, readCall) : readSteps(up.block.steps, readCall)
  const steps = unread(body)
  const declared = program.assigned.get('down')
  if (declared?.kind === 'bool' && !declared.value) {
    return { steps, down: { kind: 'refused', path, line: 1, says: 'down is declared as false' } }
  }
  const down = functionNamed(program, 'down')
  if (down === null) return { steps, down: { kind: style.downRequired ? 'missing' : 'none' } }
  return { steps, down: writtenDown(readSteps(down.block.steps, readCall), path, down.line) }
}

/** A data migration without `up`: everything the script does. */
function wholeFile(program: Program, readCall: ReadCall): readonly Operation[] {
  const bodies = program.functions.flatMap((found) => found.block.steps)
  const found = [...readSteps(program.steps, readCall), ...readSteps(bodies, readCall)]
  return found.filter(
    (operation, i) =>
      operation.kind !== 'refuse' &&
      found.findIndex((other) => other.line === operation.line && other.kind === operation.kind) === i,
  )
}

const SQL_CALLS = new Set([
  'query',
  'raw',
  'addSql',
  'sql',
  'execute',
  '$executeRaw',
  '$executeRawUnsafe',
  '$queryRaw',
  '$queryRawUnsafe',
  'runSql',
  'unprepared',
  'executeSql',
  'executeRaw',
])
const READS = new Set([
  'hasTable',
  'hasColumn',
  'describeTable',
  'showAllTables',
  'getTable',
  'findMany',
  'findAll',
  'findOne',
  'find',
  'findFirst',
  'findUnique',
  'select',
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'count',
])

function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    if (READS.has(call.name)) return []
    const chain = readKysely(call, program) ?? readMongo(call, program)
    if (chain !== null) return chain
    if (SQL_CALLS.has(call.name) && call.args.length > 0) {
      const [first] = call.receiver?.kind === 'call' && call.receiver.name === 'sql' ? call.receiver.args : call.args
      return first?.kind === 'text' || first?.kind === 'name' ? sqlOperations(first, program, sql, call.line) : null
    }
    const table = nameOr(argument(call, 0), program)
    const callback = call.args.find((arg): arg is Block => arg.kind === 'block')
    if ((call.name === 'alterTable' || call.name === 'table') && callback) {
      return [...chained(call, program, sql), ...alterTable(table, callback, program, { nullableByDefault: true })]
    }
    const bodies = statement(call, program)
    return bodies === null
      ? null
      : [...chained(call, program, sql), ...bodies.map((body) => ({ ...body, line: call.line }))]
  })
}

/** `knex.schema.createTable(…).createTable(…)`: what stands in front in the chain happens too. */
function chained(call: Call, program: Program, sql: SqlReader): readonly Operation[] {
  return call.receiver?.kind === 'call' ? readSteps([call.receiver], vocabulary(program, sql)) : []
}

function columnOf(value: Value | null, program: Program): string {
  return value?.kind === 'call' || value?.kind === 'map' ? tableOf(value, program) : nameOr(value, program)
}

const CONSTRAINT_TYPES: Readonly<Record<string, ConstraintType>> = {
  createForeignKey: 'foreign-key',
  createForeignKeys: 'foreign-key',
  createUniqueConstraint: 'unique',
  createPrimaryKey: 'primary-key',
  createCheckConstraint: 'check',
  addForeignKeyConstraint: 'foreign-key',
  addUniqueConstraint: 'unique',
}

function statement(call: Call, program: Program): readonly OperationBody[] | null {
  const first = argument(call, 0)
  const second = argument(call, 1)
  const table = tableOf(first, program)
  const column = columnOf(second, program)
  const definition = argument(call, 2) ?? second
  const constraint = CONSTRAINT_TYPES[call.name]
  if (constraint)
    return [
      { kind: 'add-constraint', table, name: textOf(second, program), type: constraint, columns: [], validated: true },
    ]
  switch (call.name) {
    case 'createTable':
    case 'createTableIfNotExists':
    case 'createCollection':
      return [{ kind: 'create-table', table, ifNotExists: call.name !== 'createTable' }]
    case 'dropTable':
    case 'dropTableIfExists':
    case 'dropCollection':
      return [{ kind: 'drop-table', table }]
    case 'dropAllTables':
      return [{ kind: 'drop-table', table: 'all tables' }]
    case 'renameTable':
      return [{ kind: 'rename-table', table, to: tableOf(second, program) }]
    case 'addColumn':
      return [{ kind: 'add-column', table, column, ...columnDefinition(call, definition, program) }]
    case 'addColumns':
      return addColumns(table, second, program)
    case 'dropColumn':
    case 'removeColumn':
      return textsOf(second, program).length > 1
        ? textsOf(second, program).map((each) => ({ kind: 'drop-column', table, column: each }))
        : [{ kind: 'drop-column', table, column: textsOf(second, program)[0] ?? column }]
    case 'dropColumns':
      return textsOf(second, program).map((each) => ({ kind: 'drop-column', table, column: each }))
    case 'renameColumn':
      return [{ kind: 'rename-column', table, column, to: columnOf(argument(call, 2), program) }]
    case 'changeColumn':
    case 'alterColumn':
      return changeColumn(table, column, definition, program)
    case 'addIndex':
    case 'createIndex':
      return [addIndex(call, table, program)]
    case 'removeIndex':
    case 'dropIndex':
      return [
        {
          kind: 'drop-index',
          table,
          name: textOf(second, program),
          columns: second?.kind === 'list' ? textsOf(second, program) : [],
          concurrently: false,
        },
      ]
    case 'addConstraint':
      return [addConstraint(table, call, program)]
    case 'removeConstraint':
    case 'dropConstraint':
    case 'dropForeignKey':
    case 'dropForeignKeys':
    case 'dropUniqueConstraint':
    case 'dropPrimaryKey':
    case 'dropCheckConstraint':
      return [{ kind: 'drop-constraint', table, name: textOf(second, program), columns: [] }]
    case 'createType':
    case 'addType':
      return [{ kind: 'create-object', object: 'type', name: table, replace: false }]
    case 'dropType':
    case 'dropEnum':
      return [{ kind: 'drop-object', object: 'type', name: table }]
    case 'addTypeValue':
      return [{ kind: 'add-enum-value', name: table, value: column }]
    case 'createView':
      return [{ kind: 'create-object', object: 'view', name: table, replace: isBool(optionOf(call, 'replace'), true) }]
    case 'dropView':
      return [{ kind: 'drop-object', object: 'view', name: table }]
    case 'createExtension':
    case 'addExtension':
      return [{ kind: 'create-object', object: 'extension', name: table, replace: false }]
    default:
      return null
  }
}

function addIndex(call: Call, table: string, program: Program): OperationBody {
  const options = call.args.find((arg) => arg.kind === 'map')
  const fields = call.args.find((arg) => arg.kind === 'list') ?? optionOf(call, 'fields')
  const named = textOf(optionOf(call, 'name') ?? optionOf(call, 'indexName'), program)
  const unique = isBool(optionOf(call, 'unique'), true) || textOf(optionOf(call, 'type')) === 'UNIQUE'
  const concurrently = options !== undefined && isBool(optionOf(call, 'concurrently'), true)
  return {
    kind: 'add-index',
    table,
    name: named,
    columns: textsOf(fields, program),
    unique,
    concurrently,
  }
}

function addConstraint(table: string, call: Call, program: Program): OperationBody {
  const name = textOf(optionOf(call, 'name'), program) ?? textOf(argument(call, 1), program)
  const type = textOf(optionOf(call, 'type'))?.toLowerCase() ?? ''
  const kinds: Readonly<Record<string, ConstraintType>> = {
    unique: 'unique',
    'foreign key': 'foreign-key',
    'primary key': 'primary-key',
  }
  return {
    kind: 'add-constraint',
    table,
    name,
    type: kinds[type] ?? 'check',
    columns: textsOf(optionOf(call, 'fields'), program),
    validated: true,
  }
}
