import { type ReadMigration, type ReadStep, type Undo, unread, writtenDown } from '../migration.ts'
import type { Operation, OperationBody } from '../operation.ts'
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
} from '../program/program.ts'
import { following, nameOr, type ReadCall, readSteps, sqlOperations } from '../program/read-steps.ts'
import { readUpAndDown } from '../program/read-up-and-down.ts'
import type { SqlReader } from '../sql/read-sql.ts'
import { alterTable } from './table-builder.ts'

/** ActiveRecord migrations. Which calls of `change` reverse by themselves follows `ActiveRecord::Migration::CommandRecorder`. */
export function readRails(program: Program, path: string, sql: SqlReader): ReadMigration {
  const change = functionNamed(program, 'change')
  const readCall = vocabulary(program, sql)
  if (change === null) {
    const [up, down] = [functionNamed(program, 'up', 'self.up'), functionNamed(program, 'down', 'self.down')]
    return readUpAndDown(up, down, path, () => readCall)
  }
  const steps: ReadStep[] = []
  const downs: Operation[] = []
  const visit = (block: Block): void => {
    for (const step of block.steps) {
      if (step.kind === 'raise') continue
      const direction = step.receiver !== null && (step.name === 'up' || step.name === 'down') ? step.name : null
      if (direction === 'up' && step.block) steps.push(...unread(readSteps(step.block.steps, readCall)))
      else if (direction === 'down' && step.block) downs.push(...readSteps(step.block.steps, readCall))
      else if (step.name === 'up_only' && step.block)
        steps.push(...marked(readSteps(step.block.steps, readCall), 'noop'))
      else if (step.block !== null && (step.name === 'reversible' || readCall(step) === null)) visit(step.block)
      else steps.push(...marked(readSteps([step], readCall), reverses(step) ? 'automatic' : 'refused'))
    }
  }
  visit(change.block)
  const open = steps.some((step) => step.undo === null)
  return { steps, down: open ? writtenDown(downs, path, change.line) : { kind: 'none' } }
}

function marked(operations: readonly Operation[], undo: Undo): readonly ReadStep[] {
  return operations.map((operation) => ({ operation, undo: operation.kind === 'neutral' ? 'automatic' : undo }))
}

const ALWAYS = new Set(
  'create_table create_join_table add_column add_timestamps add_index add_reference add_belongs_to add_foreign_key add_check_constraint add_exclusion_constraint add_unique_constraint change_column_null rename_column rename_table rename_index enable_extension disable_extension create_enum remove_timestamps remove_reference remove_belongs_to add_columns validate_foreign_key validate_check_constraint validate_constraint create_schema drop_schema enable_index disable_index create_virtual_table rename_enum'.split(
    ' ',
  ),
)

/** Whether Rails can run this call of `change` backwards. */
function reverses(call: Call): boolean {
  if (ALWAYS.has(call.name)) return true
  const types = call.args.length >= 3
  switch (call.name) {
    case 'remove_column':
      return types
    case 'remove_columns':
      return optionOf(call, 'type') !== null
    case 'drop_table':
    case 'drop_join_table':
      return (
        call.block !== null ||
        (call.args.length === 1 && [...call.named.keys()].some((key) => key !== 'if_exists' && key !== 'force'))
      )
    case 'change_column_default':
    case 'change_column_comment':
    case 'change_table_comment':
    case 'rename_enum_value':
      return optionOf(call, 'from') !== null && optionOf(call, 'to') !== null
    case 'remove_index':
      return call.args.length >= 2 || optionOf(call, 'column') !== null
    case 'remove_foreign_key':
      return call.args.length >= 2 || optionOf(call, 'to_table') !== null
    case 'remove_check_constraint':
      return call.args.length >= 2
    case 'remove_unique_constraint':
    case 'remove_exclusion_constraint':
      return call.args.length >= 2
    case 'drop_enum':
      return call.args.length >= 2
    case 'change_table':
      return (call.block?.steps ?? []).every(
        (step) => step.kind === 'call' && !/^(?:change|change_default|remove)$/.test(step.name),
      )
    default:
      return false
  }
}

function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    const bodies = call.receiver === null ? statement(call, program) : null
    if (bodies !== null) return bodies.map((body) => ({ ...body, line: call.line }))
    if (call.name === 'change_table' && call.block)
      return alterTable(nameOr(argument(call, 0), program), call.block, program, { nullableByDefault: true })
    if (/^(?:execute|exec_query|exec_update|update_sql)$/.test(call.name))
      return sqlOperations(argument(call, 0), program, sql, call.line)
    return null
  })
}

function statement(call: Call, program: Program): readonly OperationBody[] | null {
  const table = nameOr(argument(call, 0), program)
  const column = nameOr(argument(call, 1), program)
  const name = textOf(optionOf(call, 'name'), program)
  const columns = textsOf(argument(call, 1) ?? optionOf(call, 'column'), program)
  const nullable = !isBool(optionOf(call, 'null'), false)
  const value = optionOf(call, 'default')
  const filled = value === null || value.kind === 'null' ? 'none' : value.kind === 'block' ? 'computed' : 'constant'
  switch (call.name) {
    case 'create_table':
    case 'create_join_table':
      return [{ kind: 'create-table', table, ifNotExists: isBool(optionOf(call, 'if_not_exists'), true) }]
    case 'drop_table':
    case 'drop_join_table':
      return call.args.flatMap((arg) => (arg.kind === 'text' ? [{ kind: 'drop-table' as const, table: arg.text }] : []))
    case 'rename_table':
      return [{ kind: 'rename-table', table, to: column }]
    case 'add_column':
      return [
        { kind: 'add-column', table, column, type: textOf(argument(call, 2), program), nullable, default: filled },
      ]
    case 'add_columns':
      return textsOf({ kind: 'list', items: call.args.slice(1) }, program).map((each) => ({
        kind: 'add-column',
        table,
        column: each,
        type: null,
        nullable,
        default: filled,
      }))
    case 'add_timestamps':
    case 'add_timestamps_with_timezone':
      return ['created_at', 'updated_at'].map((each) => ({
        kind: 'add-column',
        table,
        column: each,
        type: 'timestamp',
        nullable: isBool(optionOf(call, 'null'), true),
        default: filled,
      }))
    case 'add_reference':
    case 'add_belongs_to':
      return [{ kind: 'add-column', table, column: `${column}_id`, type: 'bigint', nullable, default: filled }]
    case 'remove_reference':
    case 'remove_belongs_to':
      return [{ kind: 'drop-column', table, column: `${column}_id` }]
    case 'remove_column':
      return [{ kind: 'drop-column', table, column }]
    case 'remove_columns':
      return textsOf({ kind: 'list', items: call.args.slice(1) }, program).map((each) => ({
        kind: 'drop-column',
        table,
        column: each,
      }))
    case 'remove_timestamps':
      return ['created_at', 'updated_at'].map((each) => ({ kind: 'drop-column', table, column: each }))
    case 'rename_column':
      return [{ kind: 'rename-column', table, column, to: nameOr(argument(call, 2), program) }]
    case 'change_column':
      return [{ kind: 'change-type', table, column, from: null, to: typeWithLimit(call, program) }]
    case 'change_column_default':
      return [{ kind: 'set-default', table, column }]
    case 'change_column_null':
      return [
        isBool(argument(call, 2), true)
          ? { kind: 'drop-not-null', table, column }
          : { kind: 'set-not-null', table, column, fill: call.args.length > 3 ? 'constant' : 'none' },
      ]
    case 'add_index':
    case 'add_concurrent_index':
      return [
        {
          kind: 'add-index',
          table,
          name,
          columns,
          unique: isBool(optionOf(call, 'unique'), true),
          concurrently: call.name === 'add_concurrent_index' || textOf(optionOf(call, 'algorithm')) === 'concurrently',
        },
      ]
    case 'remove_index':
    case 'remove_concurrent_index':
    case 'remove_concurrent_index_by_name':
      return [
        {
          kind: 'drop-index',
          table,
          name: call.name === 'remove_concurrent_index_by_name' ? column : name,
          columns,
          concurrently: false,
        },
      ]
    case 'rename_index':
      return [{ kind: 'rename-object', object: 'other', name: column, to: nameOr(argument(call, 2), program) }]
    case 'add_foreign_key':
    case 'add_concurrent_foreign_key':
      return [
        {
          kind: 'add-constraint',
          table,
          name,
          type: 'foreign-key',
          columns: textsOf(optionOf(call, 'column'), program),
          validated: !isBool(optionOf(call, 'validate'), false),
        },
      ]
    case 'add_check_constraint':
      return [
        {
          kind: 'add-constraint',
          table,
          name,
          type: 'check',
          columns: [],
          validated: !isBool(optionOf(call, 'validate'), false),
        },
      ]
    case 'add_unique_constraint':
    case 'add_exclusion_constraint':
      return [{ kind: 'add-constraint', table, name, type: 'unique', columns, validated: true }]
    case 'remove_foreign_key':
    case 'remove_check_constraint':
    case 'remove_unique_constraint':
    case 'remove_exclusion_constraint':
      return [{ kind: 'drop-constraint', table, name, columns: [] }]
    case 'enable_extension':
      return [{ kind: 'create-object', object: 'extension', name: table, replace: false }]
    case 'disable_extension':
      return [{ kind: 'drop-object', object: 'extension', name: table }]
    case 'create_enum':
      return [{ kind: 'create-object', object: 'type', name: table, replace: false }]
    case 'drop_enum':
      return [{ kind: 'drop-object', object: 'type', name: table }]
    case 'add_enum_value':
      return [{ kind: 'add-enum-value', name: table, value: column }]
    case 'rename_enum_value':
      return [
        {
          kind: 'rename-enum-value',
          name: table,
          value: textOf(optionOf(call, 'from')) ?? '?',
          to: textOf(optionOf(call, 'to')) ?? '?',
        },
      ]
    default:
      return null
  }
}

function typeWithLimit(call: Call, program: Program): string | null {
  const type = textOf(argument(call, 2), program)
  const limit = optionOf(call, 'limit')
  return type !== null && limit?.kind === 'number' ? `${type}(${limit.text})` : type
}
