import type { ReadMigration } from '../migration.ts'
import type { ConstraintType, DefaultValue, Operation, OperationBody } from '../operation.ts'
import {
  argument,
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
import { readUpAndDown } from '../program/read-up-and-down.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/** Alembic: `upgrade()` and `downgrade()` over `op`, also inside `batch_alter_table`. */
export function readAlembic(program: Program, path: string, sql: SqlReader): ReadMigration {
  const readCall = vocabulary(program, sql, null)
  return readUpAndDown(functionNamed(program, 'upgrade'), functionNamed(program, 'downgrade'), path, () => readCall)
}

const CONSTRAINTS: Readonly<Record<string, ConstraintType>> = {
  create_foreign_key: 'foreign-key',
  create_unique_constraint: 'unique',
  create_check_constraint: 'check',
  create_primary_key: 'primary-key',
  create_exclude_constraint: 'exclude',
}

/** `batch` is the table of the enclosing `batch_alter_table`, whose calls leave the table out. */
function vocabulary(program: Program, sql: SqlReader, batch: string | null): ReadCall {
  return following(program, (call) => {
    if (call.name === 'batch_alter_table') {
      const table = nameOr(argument(call, 0, 'table_name'), program)
      return call.block === null ? [] : readSteps(call.block.steps, vocabulary(program, sql, table))
    }
    if (call.name === 'execute' || call.name === 'exec_driver_sql')
      return sqlOperations(argument(call, 0, 'sqltext'), program, sql, call.line)
    if (call.name === 'get_bind' || call.name === 'get_context' || call.name === 'f') return []
    const bodies = statement(call, program, batch)
    return bodies === null ? null : bodies.map((body) => ({ ...body, line: call.line }))
  })
}

function statement(call: Call, program: Program, batch: string | null): readonly OperationBody[] | null {
  const shift = batch === null ? 0 : -1
  const at = (position: number, name: string): Value | null =>
    argument(call, position + (position > 0 ? shift : 0), name)
  const table = batch ?? nameOr(argument(call, 0, 'table_name'), program)
  const constraint = CONSTRAINTS[call.name]
  if (constraint !== undefined) {
    const name = textOf(argument(call, 0, 'constraint_name'), program)
    const on = batch ?? nameOr(argument(call, 1, constraint === 'foreign-key' ? 'source_table' : 'table_name'), program)
    const columns = textsOf(constraint === 'foreign-key' ? at(3, 'local_cols') : at(2, 'columns'), program)
    return [
      {
        kind: 'add-constraint',
        table: on,
        name,
        type: constraint,
        columns,
        validated: !isBool(optionOf(call, 'postgresql_not_valid'), true),
      },
    ]
  }
  switch (call.name) {
    case 'create_table':
      return [{ kind: 'create-table', table, ifNotExists: false }]
    case 'drop_table':
      return [{ kind: 'drop-table', table }]
    case 'rename_table':
      return [{ kind: 'rename-table', table, to: nameOr(argument(call, 1, 'new_table_name'), program) }]
    case 'add_column':
      return addColumn(table, batch === null ? argument(call, 1, 'column') : argument(call, 0, 'column'), program)
    case 'drop_column':
      return [
        {
          kind: 'drop-column',
          table,
          column: nameOr(batch === null ? argument(call, 1, 'column_name') : argument(call, 0, 'column_name'), program),
        },
      ]
    case 'alter_column':
      return alterColumn(
        call,
        table,
        nameOr(batch === null ? argument(call, 1, 'column_name') : argument(call, 0, 'column_name'), program),
        program,
      )
    case 'create_index': {
      const on = batch ?? nameOr(argument(call, 1, 'table_name'), program)
      const columns = textsOf(at(2, 'columns'), program)
      const concurrently = isBool(optionOf(call, 'postgresql_concurrently'), true)
      return [
        {
          kind: 'add-index',
          table: on,
          name: indexName(call, program),
          columns,
          unique: isBool(argument(call, 3, 'unique'), true),
          concurrently,
        },
      ]
    }
    case 'drop_index':
      return [
        {
          kind: 'drop-index',
          table: batch ?? textOf(argument(call, 1, 'table_name'), program),
          name: indexName(call, program),
          columns: [],
          concurrently: false,
        },
      ]
    case 'drop_constraint':
      return [
        {
          kind: 'drop-constraint',
          table: batch ?? nameOr(argument(call, 1, 'table_name'), program),
          name: textOf(argument(call, 0, 'constraint_name'), program),
          columns: [],
        },
      ]
    case 'bulk_insert':
      return [{ kind: 'insert-rows', table: '?' }]
    default:
      return null
  }
}

/** `op.f('ix_a')` only marks a name as final. */
function indexName(call: Call, program: Program): string | null {
  const first = argument(call, 0, 'index_name')
  return first?.kind === 'call' ? textOf(first.args[0], program) : textOf(first, program)
}

function addColumn(table: string, value: Value | null, program: Program): readonly OperationBody[] {
  if (value?.kind !== 'call')
    return [{ kind: 'add-column', table, column: '?', type: null, nullable: true, default: 'none' }]
  const nullable = !isBool(optionOf(value, 'nullable'), false)
  const column = nameOr(argument(value, 0, 'name'), program)
  return [
    {
      kind: 'add-column',
      table,
      column,
      type: typeText(argument(value, 1, 'type_')),
      nullable,
      default: serverDefault(value),
    },
  ]
}

function serverDefault(column: Call): DefaultValue {
  const given = optionOf(column, 'server_default')
  if (given !== null && given.kind !== 'null')
    return given.kind === 'call' && given.name !== 'text' ? 'computed' : 'constant'
  return optionOf(column, 'default') === null ? 'none' : 'code'
}

/** `sa.String(length=20)` → `String(20)`. */
function typeText(value: Value | null): string | null {
  if (value?.kind === 'name') return value.text.split('.').at(-1) ?? value.text
  if (value?.kind !== 'call') return null
  const sizes = [...value.args, ...value.named.values()].flatMap((arg) => (arg.kind === 'number' ? arg.text : []))
  return sizes.length > 0 ? `${value.name}(${sizes.join(', ')})` : value.name
}

function alterColumn(
  call: Call,
  table: string,
  column: string,
  program: Program,
): readonly Operation[] | readonly OperationBody[] {
  const bodies: OperationBody[] = []
  const to = textOf(optionOf(call, 'new_column_name'), program)
  if (to !== null) bodies.push({ kind: 'rename-column', table, column, to })
  const type = optionOf(call, 'type_')
  if (type !== null)
    bodies.push({
      kind: 'change-type',
      table,
      column,
      from: typeText(optionOf(call, 'existing_type')),
      to: typeText(type),
    })
  const nullable = optionOf(call, 'nullable')
  if (isBool(nullable, false))
    bodies.push({ kind: 'set-not-null', table, column, fill: serverDefault(call) === 'none' ? 'none' : 'constant' })
  if (isBool(nullable, true)) bodies.push({ kind: 'drop-not-null', table, column })
  const value = optionOf(call, 'server_default')
  if (value !== null) {
    const drops = value.kind === 'null' || (value.kind === 'bool' && !value.value)
    bodies.push({ kind: drops ? 'drop-default' : 'set-default', table, column })
  }
  return bodies
}
