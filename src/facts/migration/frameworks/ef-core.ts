import type { ReadMigration } from '../migration.ts'
import type { ConstraintType, DefaultValue, OperationBody } from '../operation.ts'
import {
  argument,
  type Call,
  functionNamed,
  isBool,
  optionOf,
  type Program,
  textOf,
  textsOf,
} from '../program/program.ts'
import { following, type ReadCall, sqlOperations } from '../program/read-steps.ts'
import { readUpAndDown } from '../program/read-up-and-down.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/** Entity Framework Core: `Up(MigrationBuilder)` and `Down(MigrationBuilder)`. */
export function readEfCore(program: Program, path: string, sql: SqlReader): ReadMigration {
  const readCall = vocabulary(program, sql)
  return readUpAndDown(functionNamed(program, 'Up'), functionNamed(program, 'Down'), path, () => readCall)
}

function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    if (call.name === 'Sql') return sqlOperations(argument(call, 0, 'sql'), program, sql, call.line)
    const bodies = statement(call, program)
    return bodies === null ? null : bodies.map((body) => ({ ...body, line: call.line }))
  })
}

const ADDS: Readonly<Record<string, ConstraintType>> = {
  AddForeignKey: 'foreign-key',
  AddPrimaryKey: 'primary-key',
  AddUniqueConstraint: 'unique',
  AddCheckConstraint: 'check',
}

function statement(call: Call, program: Program): readonly OperationBody[] | null {
  const text = (name: string, position = -1): string | null =>
    textOf(position < 0 ? optionOf(call, name) : argument(call, position, name), program)
  const name = text('name', 0) ?? '?'
  const table = text('table', 1) ?? '?'
  const add = ADDS[call.name]
  if (add)
    return [
      {
        kind: 'add-constraint',
        table,
        name,
        type: add,
        columns: textsOf(optionOf(call, 'column') ?? optionOf(call, 'columns'), program),
        validated: true,
      },
    ]
  switch (call.name) {
    case 'CreateTable':
      return [{ kind: 'create-table', table: name, ifNotExists: false }]
    case 'DropTable':
      return [{ kind: 'drop-table', table: name }]
    case 'RenameTable':
      return [{ kind: 'rename-table', table: name, to: text('newName') ?? name }]
    case 'AddColumn':
      return [
        {
          kind: 'add-column',
          table,
          column: name,
          type: text('type'),
          nullable: isBool(optionOf(call, 'nullable'), true),
          default: defaultOf(call),
        },
      ]
    case 'DropColumn':
      return [{ kind: 'drop-column', table, column: name }]
    case 'RenameColumn':
      return [{ kind: 'rename-column', table, column: name, to: text('newName', 2) ?? '?' }]
    case 'AlterColumn':
      return alterColumn(call, table, name, text)
    case 'CreateIndex':
      return [
        {
          kind: 'add-index',
          table,
          name,
          columns: textsOf(argument(call, 2, 'column') ?? optionOf(call, 'columns'), program),
          unique: isBool(optionOf(call, 'unique'), true),
          concurrently: false,
        },
      ]
    case 'DropIndex':
      return [{ kind: 'drop-index', table, name, columns: [], concurrently: false }]
    case 'RenameIndex':
      return [{ kind: 'rename-object', object: 'other', name, to: text('newName') ?? '?' }]
    case 'DropForeignKey':
    case 'DropPrimaryKey':
    case 'DropUniqueConstraint':
    case 'DropCheckConstraint':
      return [{ kind: 'drop-constraint', table, name, columns: [] }]
    case 'InsertData':
      return [{ kind: 'insert-rows', table: text('table', 0) ?? '?' }]
    case 'UpdateData':
      return [
        {
          kind: 'update-rows',
          table: text('table', 0) ?? '?',
          columns: textsOf(optionOf(call, 'columns') ?? optionOf(call, 'column'), program),
          where: true,
        },
      ]
    case 'DeleteData':
      return [{ kind: 'delete-rows', table: text('table', 0) ?? '?', where: true }]
    case 'CreateSequence':
      return [{ kind: 'create-object', object: 'sequence', name, replace: false }]
    case 'DropSequence':
      return [{ kind: 'drop-object', object: 'sequence', name }]
    case 'DropSchema':
      return [{ kind: 'drop-object', object: 'schema', name }]
    case 'EnsureSchema':
      return [{ kind: 'neutral', says: 'EnsureSchema' }]
    case 'AlterDatabase':
    case 'AlterTable':
    case 'Annotation':
    case 'OldAnnotation':
      return call.receiver?.kind === 'call' ? statement(call.receiver, program) : [{ kind: 'neutral', says: call.name }]
    default:
      return null
  }
}

function defaultOf(call: Call): DefaultValue {
  if (optionOf(call, 'defaultValueSql') !== null || optionOf(call, 'computedColumnSql') !== null) return 'computed'
  const value = optionOf(call, 'defaultValue')
  return value === null || value.kind === 'null' ? 'none' : 'constant'
}

/** It states the new column and, with `old…`, what it was: what differs is what changes. */
function alterColumn(
  call: Call,
  table: string,
  column: string,
  text: (name: string) => string | null,
): readonly OperationBody[] {
  const size = (name: string): string => {
    const value = optionOf(call, name)
    return value?.kind === 'number' ? `(${value.text})` : ''
  }
  const bodies: OperationBody[] = []
  const from = text('oldType')
  const to = text('type')
  const narrowed = size('maxLength') !== size('oldMaxLength')
  if (from !== to || narrowed)
    bodies.push({
      kind: 'change-type',
      table,
      column,
      from: from === null ? null : withSize(from, size('oldMaxLength')),
      to: to === null ? null : withSize(to, size('maxLength')),
    })
  const nullable = isBool(optionOf(call, 'nullable'), true)
  const wasNullable = isBool(optionOf(call, 'oldNullable'), true)
  if (!nullable && wasNullable) bodies.push({ kind: 'set-not-null', table, column, fill: defaultOf(call) })
  if (nullable && !wasNullable) bodies.push({ kind: 'drop-not-null', table, column })
  if (bodies.length === 0) bodies.push({ kind: 'set-default', table, column })
  return bodies
}

function withSize(type: string, size: string): string {
  return type.includes('(') ? type : `${type}${size}`
}
