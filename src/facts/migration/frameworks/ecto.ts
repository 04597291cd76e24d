import type { ReadMigration, ReadStep } from '../migration.ts'
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
  type Value,
} from '../program/program.ts'
import { following, type ReadCall, readSteps, sqlOperations } from '../program/read-steps.ts'
import { readUpAndDown } from '../program/read-up-and-down.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/** Ecto: `change` with inverses of its own, or `up` and `down`. What `change` reverses follows `Ecto.Migration`. */
export function readEcto(program: Program, path: string, sql: SqlReader): ReadMigration {
  const change = functionNamed(program, 'change')
  const readCall = vocabulary(program, sql)
  if (change !== null)
    return {
      steps: change.block.steps.flatMap((step) => changeSteps(step.kind === 'call' ? step : null, readCall)),
      down: { kind: 'none' },
    }
  return readUpAndDown(functionNamed(program, 'up'), functionNamed(program, 'down'), path, () => readCall)
}

function changeSteps(call: Call | null, readCall: ReadCall): readonly ReadStep[] {
  if (call === null) return []
  const undo = reverses(call) ? 'automatic' : 'refused'
  return readSteps([call], readCall).map((operation) => ({
    operation,
    undo: operation.kind === 'drop-column' && !reversesColumn(call, operation.column) ? 'refused' : undo,
  }))
}

function reverses(call: Call): boolean {
  if (call.name === 'execute') return call.args.length > 1
  if (/^(?:create|create_if_not_exists|alter|rename)$/.test(call.name)) return true
  // A dropped table or index comes back only where its definition is part of the call.
  return /^drop/.test(call.name) && call.args[0]?.kind === 'call' && /index/.test(call.args[0].name)
}

/** `remove :a` without its type cannot be put back. */
function reversesColumn(call: Call, column: string): boolean {
  return (call.block?.steps ?? []).some(
    (step) => step.kind === 'call' && step.name === 'remove' && textOf(step.args[0]) === column && step.args.length > 1,
  )
}

function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    if (call.name === 'execute') return sqlOperations(argument(call, 0), program, sql, call.line)
    if (call.name === 'alter' && call.block) return alter(tableName(call.args[0] ?? null), call.block)
    if (call.name === 'flush') return []
    const body = statement(call)
    return body === null ? null : [{ ...body, line: call.line }]
  })
}

/** `table(:users)`, `index(:users, …)`, `:users`. */
function tableName(value: Value | null): string {
  if (value?.kind === 'call') return textOf(value.args[0]) ?? '?'
  return textOf(value) ?? '?'
}

function statement(call: Call): OperationBody | null {
  const object = call.args[0]
  const inner = object?.kind === 'call' ? object : null
  const table = tableName(object ?? null)
  const name = inner === null ? null : textOf(optionOf(inner, 'name'))
  const columns = inner === null ? [] : textsOf(argument(inner, 1))
  switch (`${call.name.replace(/_if_(?:not_)?exists$/, '')} ${inner?.name ?? ''}`) {
    case 'create table':
      return { kind: 'create-table', table, ifNotExists: call.name !== 'create' }
    case 'drop table':
      return { kind: 'drop-table', table }
    case 'create index':
    case 'create unique_index': {
      const unique = inner?.name === 'unique_index' || (inner !== null && isBool(optionOf(inner, 'unique'), true))
      return {
        kind: 'add-index',
        table,
        name,
        columns,
        unique,
        concurrently: inner !== null && isBool(optionOf(inner, 'concurrently'), true),
      }
    }
    case 'drop index':
    case 'drop unique_index':
      return { kind: 'drop-index', table, name, columns, concurrently: false }
    case 'create constraint':
      return {
        kind: 'add-constraint',
        table,
        name: inner === null ? null : textOf(argument(inner, 1)),
        type: 'check',
        columns: [],
        validated: true,
      }
    case 'drop constraint':
      return { kind: 'drop-constraint', table, name: inner === null ? null : textOf(argument(inner, 1)), columns: [] }
    case 'rename table': {
      const to = optionOf(call, 'to')
      const column = textOf(call.args[1])
      return column === null
        ? { kind: 'rename-table', table, to: tableName(to) }
        : { kind: 'rename-column', table, column, to: textOf(to) ?? '?' }
    }
    default:
      return null
  }
}

function alter(table: string, block: Block): readonly Operation[] {
  return block.steps.flatMap((step): readonly Operation[] => {
    if (step.kind !== 'call') return []
    return alterColumn(table, step).map((body) => ({ ...body, line: step.line }))
  })
}

function alterColumn(table: string, call: Call): readonly OperationBody[] {
  const column = textOf(call.args[0]) ?? '?'
  const value = optionOf(call, 'default')
  const fragment = value?.kind === 'call'
  const filled = value === null || value.kind === 'null' ? 'none' : fragment ? 'computed' : 'constant'
  const nullable = !isBool(optionOf(call, 'null'), false)
  switch (call.name) {
    case 'add':
    case 'add_if_not_exists':
      return [{ kind: 'add-column', table, column, type: typeOf(call.args[1]), nullable, default: filled }]
    case 'remove':
    case 'remove_if_exists':
      return [{ kind: 'drop-column', table, column }]
    case 'timestamps':
      return ['inserted_at', 'updated_at'].map((each) => ({
        kind: 'add-column',
        table,
        column: each,
        type: 'timestamp',
        nullable,
        default: filled,
      }))
    case 'modify': {
      const from = optionOf(call, 'from')
      const type: OperationBody = {
        kind: 'change-type',
        table,
        column,
        from: typeOf(from ?? undefined),
        to: sized(typeOf(call.args[1]), call),
      }
      if (isBool(optionOf(call, 'null'), false)) return [type, { kind: 'set-not-null', table, column, fill: filled }]
      // A type has to be written again to let a column be NULL.
      return from === null && isBool(optionOf(call, 'null'), true) ? [{ kind: 'drop-not-null', table, column }] : [type]
    }
    default:
      return []
  }
}

/** `:decimal, precision: 6, scale: 2` → `decimal(6, 2)`. */
function sized(type: string | null, call: Call): string | null {
  const sizes = ['size', 'precision', 'scale'].flatMap((name) => {
    const value = optionOf(call, name)
    return value?.kind === 'number' ? value.text : []
  })
  return type === null || sizes.length === 0 ? type : `${type}(${sizes.join(', ')})`
}

function typeOf(value: Value | undefined): string | null {
  if (value?.kind === 'list') return typeOf(value.items[0])
  if (value?.kind === 'call') return 'references'
  return textOf(value)
}
