import type { MigrationStep, ReadMigration, Undo } from './migration.ts'
import { type Operation, type OperationBody, sameName, sameNames } from './operation.ts'

/** Judges every step of a migration against the way down that was written for it. */
export function judgeUndo(migration: ReadMigration): readonly MigrationStep[] {
  const operations = migration.steps.map((step) => step.operation)
  return migration.steps.map((step) => ({
    operation: step.operation,
    undo: step.undo ?? undoOf(step.operation, operations, migration),
  }))
}

function undoOf(operation: Operation, ups: readonly Operation[], migration: ReadMigration): Undo {
  const { down } = migration
  switch (down.kind) {
    case 'none':
      return 'forward-only'
    case 'missing':
    case 'empty':
    case 'refused':
      return operation.kind === 'neutral' ? 'written' : down.kind
    case 'operations':
      return undone(operation, ups, down.operations)
  }
}

/** Whether a written way down undoes one operation of the way up. */
function undone(up: Operation, ups: readonly Operation[], downs: readonly Operation[]): Undo {
  if (up.kind === 'neutral') return 'written'
  if (downs.some((down) => inverts(down, up))) return 'written'
  if (goesWithTable(up, ups, downs)) return 'written'
  if (isIdempotentRedo(up)) return 'written'
  if (!readable(up) || downs.some((down) => !readable(down))) return 'unreadable'
  return 'wrong'
}

function readable(operation: Operation): boolean {
  return operation.kind !== 'run-code' && operation.kind !== 'unknown'
}

/** What stands on a table or column that the way up made goes when the way down drops it. */
function goesWithTable(up: Operation, ups: readonly Operation[], downs: readonly Operation[]): boolean {
  const table = 'table' in up ? up.table : null
  if (table === null) return false
  const names = [
    table,
    ...ups.flatMap((op) => (op.kind === 'rename-table' && sameName(op.to, table) ? [op.table] : [])),
  ]
  const created = ups.some((op) => op.kind === 'create-table' && sameName(op.table, table))
  const dropped = downs.some((op) => op.kind === 'drop-table' && names.some((name) => sameName(op.table, name)))
  if (dropped && (created || up.kind !== 'drop-table')) return true
  const columns = columnsOf(up)
  if (columns.length === 0) return false
  const isDropped = (column: string) =>
    downs.some((op) => op.kind === 'drop-column' && sameName(op.table, table) && sameName(op.column, column))
  const isAdded = (column: string) =>
    ups.some((op) => op.kind === 'add-column' && sameName(op.table, table) && sameName(op.column, column))
  const some = up.kind === 'add-index' || up.kind === 'add-constraint'
  const gone = (column: string) => isAdded(column) && isDropped(column)
  return some ? columns.some(gone) : columns.every(gone)
}

function columnsOf(operation: OperationBody): readonly string[] {
  if ('columns' in operation) return operation.columns
  return 'column' in operation ? [operation.column] : []
}

/** `CREATE TABLE IF NOT EXISTS` and `CREATE EXTENSION` may find the thing there: leaving it on the way back is right. */
function isIdempotentRedo(up: Operation): boolean {
  return up.kind === 'create-object' && up.object === 'extension'
}

function inverts(down: Operation, up: Operation): boolean {
  switch (up.kind) {
    case 'create-table':
      return down.kind === 'drop-table' && sameName(down.table, up.table)
    case 'drop-table':
      return down.kind === 'create-table' && sameName(down.table, up.table)
    case 'rename-table':
      return (
        down.kind === 'rename-table' &&
        sameName(lastOf(down.table), lastOf(up.to)) &&
        sameName(lastOf(down.to), lastOf(up.table))
      )
    case 'add-column':
      return down.kind === 'drop-column' && sameColumn(down, up)
    case 'drop-column':
      return down.kind === 'add-column' && sameColumn(down, up)
    case 'rename-column':
      return (
        down.kind === 'rename-column' &&
        sameName(down.table, up.table) &&
        sameName(down.column, up.to) &&
        sameName(down.to, up.column)
      )
    case 'change-type':
      return down.kind === 'change-type' && sameColumn(down, up)
    case 'set-not-null':
      return (down.kind === 'drop-not-null' || down.kind === 'change-type') && sameColumn(down, up)
    case 'drop-not-null':
      return (down.kind === 'set-not-null' || down.kind === 'change-type') && sameColumn(down, up)
    case 'set-default':
      return (
        (down.kind === 'drop-default' || down.kind === 'set-default' || down.kind === 'change-type') &&
        sameColumn(down, up)
      )
    case 'drop-default':
      return (down.kind === 'set-default' || down.kind === 'change-type') && sameColumn(down, up)
    case 'add-index':
      return invertsIndex(down, up)
    case 'drop-index':
      return (
        (down.kind === 'add-index' && (sameName(down.name, up.name) || sameIndexColumns(down, up))) ||
        (down.kind === 'add-constraint' && sameName(down.name, up.name))
      )
    case 'add-constraint':
      return invertsConstraint(down, up)
    case 'drop-constraint':
      return (
        down.kind === 'add-constraint' &&
        sameName(down.table, up.table) &&
        (sameName(down.name, up.name) ||
          down.name === null ||
          up.name === 'PRIMARY' ||
          sameColumns(down.columns, up.columns))
      )
    default:
      return invertsOther(down, up)
  }
}

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

function invertsIndex(down: Operation, up: Of<'add-index'>): boolean {
  if (down.kind === 'drop-constraint') return sameName(down.name, up.name)
  if (down.kind !== 'drop-index') return false
  if (down.name !== null && up.name !== null) return sameName(down.name, up.name)
  return down.columns.length > 0 ? sameIndexColumns(down, up) : down.table === null || sameName(down.table, up.table)
}

function invertsConstraint(down: Operation, up: Of<'add-constraint'>): boolean {
  if (down.kind === 'drop-index')
    return sameName(down.name, up.name) || (up.name === null && sameColumns(down.columns, up.columns))
  if (down.kind !== 'drop-constraint' || !sameName(down.table, up.table)) return false
  return up.name === null || down.name === null || sameName(down.name, up.name)
}

function invertsOther(down: Operation, up: Operation): boolean {
  switch (up.kind) {
    case 'create-object':
      if (down.kind === 'drop-object') return sameName(down.name, up.name)
      return up.replace && down.kind === 'create-object' && sameName(down.name, up.name)
    case 'drop-object':
      return down.kind === 'create-object' && sameName(down.name, up.name)
    case 'rename-object':
      return down.kind === 'rename-object' && sameName(down.name, up.to) && sameName(down.to, up.name)
    case 'rename-enum-value':
      return down.kind === 'rename-enum-value' && down.value === up.to && down.to === up.value
    case 'add-enum-value':
      return down.kind === 'create-object' && sameName(down.name, up.name)
    case 'insert-rows':
      return (down.kind === 'delete-rows' || down.kind === 'truncate') && sameName(down.table, up.table)
    case 'delete-rows':
    case 'truncate':
      return down.kind === 'insert-rows' && sameName(down.table, up.table)
    case 'update-rows':
      return down.kind === 'update-rows' && sameName(down.table, up.table)
    case 'change-rights':
      return down.kind === 'change-rights' && down.takes !== up.takes
    default:
      return false
  }
}

function sameColumn(one: { table: string; column: string }, other: { table: string; column: string }): boolean {
  return sameName(one.table, other.table) && sameName(one.column, other.column)
}

function sameIndexColumns(
  one: { table: string | null; columns: readonly string[] },
  other: { table: string | null; columns: readonly string[] },
): boolean {
  return sameName(one.table, other.table) && sameColumns(one.columns, other.columns)
}

function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && sameNames(one, other)
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
