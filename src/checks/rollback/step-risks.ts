import type { Migration, Undo } from '../../facts/migration/migration.ts'
import { type Operation, sameName } from '../../facts/migration/operation.ts'
import { compareTypes } from '../../facts/migration/type-change.ts'
import { harmless, type Risk, risk, type Surroundings } from './hazard.ts'
import { wording } from './wording.ts'

export const KEEP = 'Keep it for one more release: add the new shape, move the code, and take the old one away later'

export function addColumn(operation: Extract<Operation, { kind: 'add-column' }>): Risk {
  const says = wording(operation)
  if (operation.nullable || operation.default === 'constant' || operation.default === 'computed')
    return harmless('additive', says)
  if (operation.default === 'code') {
    if (operation.oneRow)
      return harmless('additive', `${says}: its table has one row, which the previous version only updates`)
    return risk(
      'required-column',
      'medium',
      'old-code',
      `${says} without NULL, and only the new code knows its default: inserts of the previous version fail while it is there`,
      'Let the database know the default, or allow NULL until the next release',
    )
  }
  return risk(
    'required-column',
    'high',
    'old-code',
    `${says} without NULL and without a default: inserts of the previous version fail, and so does the step itself where rows exist`,
    'Give it a default, or allow NULL until the next release',
  )
}

/** Whether this change adds the column before the step in this migration comes: in an earlier one, or further up. */
export function isNewColumn(
  operation: { readonly table: string; readonly column: string; readonly line: number },
  path: string,
  around: Surroundings,
): boolean {
  return around.newColumns.some(
    (made) =>
      sameName(made.table, operation.table) &&
      sameName(made.column, operation.column) &&
      (made.path < path || (made.path === path && made.line < operation.line)),
  )
}

export function dropped(
  operation: Extract<Operation, { kind: 'drop-table' | 'drop-column' | 'truncate' }>,
  path: string,
  around: Surroundings,
): Risk {
  if (operation.kind === 'drop-column' && isNewColumn(operation, path, around)) {
    return harmless('additive', `${wording(operation)}, which this change added`)
  }
  const name = operation.kind === 'drop-column' ? operation.column : operation.table
  const used = operation.kind === 'truncate' ? '' : around.usedBefore(name)
  const isIgnored = operation.kind === 'drop-column' && around.ignoredBefore(name)
  return risk(
    'data-lost',
    isIgnored ? 'medium' : 'high',
    'data',
    `${wording(operation)}: what is in it is gone${used}`,
    `${KEEP}; or record a rehearsal of the way back that checked the data`,
  )
}

/** A check that goes where the column itself refuses NULL now, as strong_migrations advises: `users_nick_null`. */
function refusedNull(name: string | null, column: string, around: Surroundings): boolean {
  if (name === null || around.newConstraints.some((made) => sameName(made, name))) return false
  return /null/i.test(name) && name.toLowerCase().includes(column.toLowerCase())
}

/** Only what shows that NULL was written says that it will be again: most columns that refuse it from now on held none. */
export function madeRequired(
  operation: Extract<Operation, { kind: 'set-not-null' }>,
  migration: Migration,
  around: Surroundings,
): Risk {
  const { table, column } = operation
  const says = wording(operation)
  const others = migration.steps.map((step) => step.operation)
  const wasRefused = others.some(
    (op) => op.kind === 'drop-constraint' && sameName(op.table, table) && refusedNull(op.name, column, around),
  )
  if (wasRefused) return harmless('restated', `${says}, as a constraint that was there did already`)
  const isFilled =
    operation.fill !== 'none' ||
    others.some((op) => op.kind === 'set-default' && sameName(op.table, table) && sameName(op.column, column))
  if (isFilled)
    return risk(
      'made-required',
      'low',
      'old-code',
      `${says}, with a default`,
      'Nothing, unless the previous version writes NULL itself',
    )
  const heldNull = others.some(
    (op) => op.kind === 'update-rows' && sameName(op.table, table) && op.columns.some((name) => sameName(name, column)),
  )
  const isShown =
    heldNull || operation.leftOut || isNewColumn(operation, migration.path, around) || around.usedAnew(column)
  return risk(
    'made-required',
    isShown ? 'medium' : 'low',
    'old-code',
    `${says}: a previous version that writes NULL fails${isShown ? '' : ', and nothing here says that it does'}`,
    'Give it a default, or show that the previous version always writes it',
  )
}

/** An empty way down leaves the wider type on purpose, and the previous version runs on it. */
const NO_WAY: ReadonlySet<Undo> = new Set(['missing', 'refused'])

export function changedType(operation: Extract<Operation, { kind: 'change-type' }>, undo: Undo): Risk {
  const says = `${wording(operation)}${operation.from === null ? '' : ` from ${operation.from}`}${operation.to === null ? '' : ` to ${operation.to}`}`
  switch (compareTypes(operation.from, operation.to)) {
    case 'same':
      return harmless('restated', says)
    case 'wider':
      // What refers to a key has the old type still, and the way back has to change both.
      if (operation.from === null && NO_WAY.has(undo) && /(?:^|_)id$/i.test(operation.column)) break
      return risk(
        'type-widened',
        'low',
        'way-down',
        `${says}: going back fails for values that use the new room`,
        'Nothing, as long as going back happens soon',
      )
    case 'to-text':
      return risk(
        'type-changed',
        'medium',
        'data',
        `${says}: the previous version still expects ${operation.from}, and going back fails at the first value that is none`,
        'Add a text column beside it and move the values in steps, or record a rehearsal of the way back that checked the data',
      )
    case 'narrower':
      return risk(
        'type-narrowed',
        'high',
        'data',
        `${says}: values that do not fit are cut or refused`,
        'Add a new column and move the values in steps, or record a rehearsal of the way back that checked the data',
      )
    case 'unknown':
      break
  }
  return undo === 'written' || undo === 'automatic'
    ? risk(
        'type-changed',
        'medium',
        'data',
        `${says}: whether every value survives both ways is not known`,
        'Record a rehearsal of the way back that checked the data',
      )
    : risk('type-changed', 'medium', 'data', says, 'Write the way down, and record a rehearsal of it')
}

export function updatedRows(
  operation: Extract<Operation, { kind: 'update-rows' }>,
  undo: Undo,
  around: Surroundings,
): Risk {
  const says = wording(operation)
  // Which columns an object's save() writes is not said; in a change that adds columns it fills them.
  const isUnsaid = operation.columns.length === 0 && around.newColumns.length > 0
  const isNew = (column: string): boolean => around.newColumns.some((made) => sameName(made.column, column))
  const onlyNew = isUnsaid || (operation.columns.length > 0 && operation.columns.every(isNew))
  if (onlyNew) return harmless('backfill', `${says}: fills columns that this change adds`)
  if (operation.onlyEmpty) return harmless('backfill', `${says} where they hold nothing`)
  if (undo === 'written')
    return risk(
      'data-changed',
      'low',
      'way-down',
      `${says}; the way down changes them back`,
      'Record a rehearsal of the way back',
    )
  return risk(
    'data-changed',
    'medium',
    'data',
    `${says} in place, and nothing says what was there before`,
    'Keep the old values (a column, a table), write the inverse, or record a rehearsal of the way back that checked the data',
  )
}

export function droppedObject(operation: Extract<Operation, { kind: 'drop-object' }>, migration: Migration): Risk {
  const says = wording(operation)
  const again = migration.steps.some(
    ({ operation: other }) =>
      (other.kind === 'create-object' && sameName(other.name, operation.name)) ||
      (other.kind === 'rename-object' && sameName(other.to, operation.name)),
  )
  if (operation.object === 'schema' || operation.object === 'database') {
    return risk(
      'data-lost',
      'high',
      'data',
      `${says}: what is in it is gone`,
      'Keep it for one more release, or record a rehearsal of the way back that checked the data',
    )
  }
  const isMaybeBack = migration.steps.some((step) => step.operation.kind === 'run-code')
  if (
    again ||
    isMaybeBack ||
    operation.object === 'trigger' ||
    operation.object === 'policy' ||
    operation.object === 'other' ||
    operation.object === 'extension'
  ) {
    return risk('object-dropped', 'low', 'old-code', says, 'Nothing, if the previous version does not need it')
  }
  return risk(
    'object-dropped',
    operation.object === 'view' ? 'medium' : 'low',
    'old-code',
    `${says}: a previous version that uses it fails`,
    KEEP,
  )
}
