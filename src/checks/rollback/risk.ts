import type { Migration, Undo } from '../../facts/migration/migration.ts'
import { type Operation, sameName } from '../../facts/migration/operation.ts'
import { compareTypes } from '../../facts/migration/type-change.ts'
import type { Severity } from '../define-check.ts'

/**
 * What stands in the way of going back: `data` is lost, `old-code` breaks on the new state, the way back is `not-there`
 * or wrong, a `lock` holds others up; `none` when the previous version runs on the new state.
 */
export type Hazard = 'data' | 'old-code' | 'way-down' | 'lock' | 'none'

export interface Risk {
  readonly kind: string
  readonly severity: Severity
  readonly hazard: Hazard
  readonly says: string
  readonly remedy: string
}

/** What the rest of the change says about a step. */
export interface Surroundings {
  /** Tables that this change creates: nothing runs on them yet, and nothing is in them. */
  readonly newTables: readonly string[]
  readonly newColumns: readonly { readonly table: string; readonly column: string }[]
  /** Names that base code still uses. */
  readonly usedBefore: (name: string) => string | null
}

const KEEP = 'Keep it for one more release: add the new shape, move the code, and take the old one away later'

/** How far one step of a migration can hurt on the way back. Sources: the lossy and lock tables of strong_migrations, squawk and PostgreSQL's manual. */
export function riskOf(step: { readonly operation: Operation; readonly undo: Undo }, migration: Migration, around: Surroundings): Risk {
  const { operation } = step
  const table = 'table' in operation ? operation.table : null
  if (isOnNewTable(operation, around)) return harmless('additive', `A new table: ${wording(operation)}`)
  switch (operation.kind) {
    case 'create-table':
      return harmless('additive', `Creates table ${operation.table}`)
    case 'add-column':
      return addColumn(operation)
    case 'drop-table':
    case 'drop-column':
    case 'truncate':
      return dropped(operation, around)
    case 'rename-table':
    case 'rename-column':
    case 'rename-enum-value':
      return risk('renamed', 'high', 'old-code', `${wording(operation)}: the previous version still asks for the old name`, `${KEEP}, or show a rehearsal of the way back`)
    case 'change-type':
      return changedType(operation, step.undo)
    case 'set-not-null':
      return operation.fill === 'none'
        ? risk('made-required', 'medium', 'old-code', `${wording(operation)}: a previous version that writes NULL fails`, 'Give it a default, or show that the previous version always writes it')
        : risk('made-required', 'low', 'old-code', `${wording(operation)}, with a default`, 'Nothing, unless the previous version writes NULL itself')
    case 'update-rows':
      return updatedRows(operation, step.undo, around)
    case 'delete-rows':
      return step.undo === 'written' && operation.where
        ? risk('data-deleted', 'medium', 'data', `${wording(operation)}; the way down inserts rows, but not what people changed in them`, 'Keep the rows (mark them as gone), or record a rehearsal that restores them')
        : risk('data-deleted', 'high', 'data', `${wording(operation)}: nothing brings them back`, 'Keep the rows (mark them as gone), or record a rehearsal that restores them')
    case 'drop-object':
      return droppedObject(operation, migration)
    case 'run-code':
      return step.undo === 'refused' || step.undo === 'missing' || step.undo === 'empty'
        ? risk('code-without-way-down', 'medium', 'way-down', `${operation.name} changes data by code, and no way down is written for it`, 'Write its inverse, or one that does nothing on purpose and says why')
        : risk('code-run', 'low', 'way-down', `${operation.name} changes data by code that is not read here`, 'Record a rehearsal of the way back')
    case 'add-index':
    case 'drop-index':
    case 'add-constraint':
    case 'drop-constraint':
      return indexOrConstraint(operation)
    case 'unknown':
      return risk('not-understood', 'low', 'way-down', `A statement that is not understood: ${operation.says}`, 'Record a rehearsal of the way back')
    default:
      return harmless('additive', table === null ? wording(operation) : `${wording(operation)}`)
  }
}

function risk(kind: string, severity: Severity, hazard: Hazard, says: string, remedy: string): Risk {
  return { kind, severity, hazard, says, remedy }
}

function harmless(kind: string, says: string): Risk {
  return risk(kind, 'low', 'none', says, 'Nothing: the previous version runs on it')
}

function isOnNewTable(operation: Operation, around: Surroundings): boolean {
  if (operation.kind === 'create-table' || !('table' in operation) || operation.table === null) return false
  const { table } = operation
  return around.newTables.some((made) => sameName(made, table))
}

function addColumn(operation: Extract<Operation, { kind: 'add-column' }>): Risk {
  const says = wording(operation)
  if (operation.nullable || operation.default === 'constant' || operation.default === 'computed') return harmless('additive', says)
  if (operation.default === 'code') {
    return risk('required-column', 'medium', 'old-code', `${says} without NULL, and only the new code knows its default: inserts of the previous version fail while it is there`, 'Let the database know the default, or allow NULL until the next release')
  }
  return risk('required-column', 'high', 'old-code', `${says} without NULL and without a default: inserts of the previous version fail, and so does the step itself where rows exist`, 'Give it a default, or allow NULL until the next release')
}

function dropped(operation: Extract<Operation, { kind: 'drop-table' | 'drop-column' | 'truncate' }>, around: Surroundings): Risk {
  if (operation.kind === 'drop-column' && around.newColumns.some((made) => sameName(made.table, operation.table) && sameName(made.column, operation.column))) {
    return harmless('additive', `${wording(operation)}, which this change added`)
  }
  const name = operation.kind === 'drop-column' ? operation.column : operation.table
  const reader = operation.kind === 'truncate' ? null : around.usedBefore(name)
  const used = reader === null ? '' : `, and the previous version names it (${reader})`
  return risk('data-lost', 'high', 'data', `${wording(operation)}: what is in it is gone${used}`, `${KEEP}; or record a rehearsal of the way back that checked the data`)
}

function changedType(operation: Extract<Operation, { kind: 'change-type' }>, undo: Undo): Risk {
  const says = `${wording(operation)}${operation.from === null ? '' : ` from ${operation.from}`}${operation.to === null ? '' : ` to ${operation.to}`}`
  switch (compareTypes(operation.from, operation.to)) {
    case 'same':
      return harmless('restated', says)
    case 'wider':
      return risk('type-widened', 'low', 'way-down', `${says}: going back fails for values that use the new room`, 'Nothing, as long as going back happens soon')
    case 'narrower':
      return risk('type-narrowed', 'high', 'data', `${says}: values that do not fit are cut or refused`, 'Add a new column and move the values in steps, or record a rehearsal of the way back that checked the data')
    case 'unknown':
      return undo === 'written'
        ? risk('type-changed', 'medium', 'data', `${says}: whether every value survives both ways is not known`, 'Record a rehearsal of the way back that checked the data')
        : risk('type-changed', 'medium', 'data', `${says}, and the way back is not written`, 'Write the way down, and record a rehearsal of it')
  }
}

function updatedRows(operation: Extract<Operation, { kind: 'update-rows' }>, undo: Undo, around: Surroundings): Risk {
  const says = wording(operation)
  const onlyNew = operation.columns.length > 0 && operation.columns.every((column) => around.newColumns.some((made) => sameName(made.column, column)))
  if (onlyNew) return harmless('backfill', `${says}: fills columns that this change adds`)
  if (undo === 'written') return risk('data-changed', 'low', 'way-down', `${says}; the way down changes them back`, 'Record a rehearsal of the way back')
  return risk('data-changed', 'medium', 'data', `${says} in place, and nothing says what was there before`, 'Keep the old values (a column, a table), write the inverse, or record a rehearsal of the way back that checked the data')
}

function droppedObject(operation: Extract<Operation, { kind: 'drop-object' }>, migration: Migration): Risk {
  const says = wording(operation)
  const again = migration.steps.some(({ operation: other }) => (other.kind === 'create-object' && sameName(other.name, operation.name)) || (other.kind === 'rename-object' && sameName(other.to, operation.name)))
  if (operation.object === 'schema' || operation.object === 'database') {
    return risk('data-lost', 'high', 'data', `${says}: what is in it is gone`, 'Keep it for one more release, or record a rehearsal of the way back that checked the data')
  }
  if (again || operation.object === 'trigger' || operation.object === 'policy' || operation.object === 'other' || operation.object === 'extension') {
    return risk('object-dropped', 'low', 'old-code', says, 'Nothing, if the previous version does not need it')
  }
  return risk('object-dropped', operation.object === 'view' ? 'medium' : 'low', 'old-code', `${says}: a previous version that uses it fails`, KEEP)
}

function indexOrConstraint(operation: Extract<Operation, { kind: 'add-index' | 'drop-index' | 'add-constraint' | 'drop-constraint' }>): Risk {
  const says = wording(operation)
  switch (operation.kind) {
    case 'add-index':
      return operation.concurrently || operation.unique ? harmless('additive', says) : harmless('additive', `${says}: writes wait while it is built`)
    case 'add-constraint':
      return risk('tightened', 'low', 'none', `${says}: the previous version may write what it refuses`, 'Nothing, if the previous version already keeps to it')
    case 'drop-index':
      return risk('index-dropped', 'low', 'way-down', `${says}: building it again takes time`, 'Nothing, if no query of the previous version needs it')
    case 'drop-constraint':
      return risk('constraint-dropped', 'low', 'way-down', `${says}: rows that break it can appear, and then it cannot come back`, 'Check for such rows before going back')
  }
}

/** What a step does, in a few words. */
export function wording(operation: Operation): string {
  const { kind } = operation
  switch (kind) {
    case 'create-table':
      return `Creates table ${operation.table}`
    case 'drop-table':
      return `Drops table ${operation.table}`
    case 'truncate':
      return `Empties table ${operation.table}`
    case 'rename-table':
      return `Renames table ${operation.table} to ${operation.to}`
    case 'add-column':
      return `Adds column ${operation.table}.${operation.column}`
    case 'drop-column':
      return `Drops column ${operation.table}.${operation.column}`
    case 'rename-column':
      return `Renames column ${operation.table}.${operation.column} to ${operation.to}`
    case 'change-type':
      return `Changes the type of ${operation.table}.${operation.column}`
    case 'set-not-null':
      return `Makes ${operation.table}.${operation.column} refuse NULL`
    case 'drop-not-null':
      return `Lets ${operation.table}.${operation.column} be NULL`
    case 'set-default':
    case 'drop-default':
      return `${kind === 'set-default' ? 'Sets' : 'Drops'} the default of ${operation.table}.${operation.column}`
    case 'add-index':
      return `Adds ${operation.unique ? 'a unique index' : 'an index'} on ${operation.table}`
    case 'drop-index':
      return `Drops index ${operation.name ?? `on ${operation.table ?? '?'}`}`
    case 'add-constraint':
      return `Adds a ${operation.type} constraint on ${operation.table}`
    case 'drop-constraint':
      return `Drops constraint ${operation.name ?? ''} of ${operation.table}`.replace('  ', ' ')
    case 'create-object':
      return `Creates ${operation.object} ${operation.name}`
    case 'drop-object':
      return `Drops ${operation.object} ${operation.name}`
    case 'rename-object':
      return `Renames ${operation.name} to ${operation.to}`
    case 'add-enum-value':
      return `Adds value ${operation.value} to ${operation.name}`
    case 'rename-enum-value':
      return `Renames value ${operation.value} of ${operation.name}`
    case 'insert-rows':
      return `Inserts rows into ${operation.table}`
    case 'update-rows':
      return `Changes rows of ${operation.table}`
    case 'delete-rows':
      return `Deletes rows of ${operation.table}`
    case 'run-code':
      return `Runs ${operation.name}`
    case 'refuse':
    case 'neutral':
    case 'unknown':
    case 'change-rights':
      return operation.says
  }
}
