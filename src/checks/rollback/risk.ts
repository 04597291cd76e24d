import type { Migration, Undo } from '../../facts/migration/migration.ts'
import { type Operation, sameName } from '../../facts/migration/operation.ts'
import { harmless, type Risk, risk, type Surroundings } from './hazard.ts'
import { indexOrConstraint } from './index-risks.ts'
import {
  addColumn,
  changedType,
  dropped,
  droppedObject,
  isNewColumn,
  KEEP,
  madeRequired,
  updatedRows,
} from './step-risks.ts'
import { wording } from './wording.ts'

/** How far one step of a migration can hurt on the way back. Sources: the lossy and lock tables of strong_migrations, squawk and PostgreSQL's manual. */
export function riskOf(
  step: { readonly operation: Operation; readonly undo: Undo },
  migration: Migration,
  around: Surroundings,
): Risk {
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
      return dropped(operation, migration.path, around)
    case 'rename-table':
    case 'rename-column':
    case 'rename-enum-value':
      if (operation.kind === 'rename-column' && isNewColumn(operation, migration.path, around))
        return harmless('additive', `${wording(operation)}, which this change added`)
      return renamed(operation, around)
    case 'change-type':
      return isNewColumn(operation, migration.path, around)
        ? harmless('additive', `${wording(operation)}, which this change added`)
        : changedType(operation, step.undo)
    case 'set-not-null':
      return madeRequired(operation, migration, around)
    case 'update-rows':
      return updatedRows(operation, step.undo, around)
    case 'delete-rows':
      return step.undo === 'written' && operation.where
        ? risk(
            'data-deleted',
            'medium',
            'data',
            `${wording(operation)}; the way down inserts rows, but not what people changed in them`,
            'Keep the rows (mark them as gone), or record a rehearsal that restores them',
          )
        : risk(
            'data-deleted',
            'high',
            'data',
            `${wording(operation)}: nothing brings them back`,
            'Keep the rows (mark them as gone), or record a rehearsal that restores them',
          )
    case 'drop-object':
      return droppedObject(operation, migration)
    case 'run-code':
      return step.undo === 'refused' || step.undo === 'missing' || step.undo === 'empty'
        ? risk(
            'code-without-way-down',
            'medium',
            'way-down',
            `${operation.name} changes data by code, and no way down is written for it`,
            'Write its inverse, or one that does nothing on purpose and says why',
          )
        : risk(
            'code-run',
            'low',
            'way-down',
            `${operation.name} changes data by code that is not read here`,
            'Record a rehearsal of the way back',
          )
    case 'add-index':
    case 'drop-index':
    case 'add-constraint':
    case 'drop-constraint':
      return indexOrConstraint(operation, around)
    case 'unknown':
      return risk(
        'not-understood',
        'low',
        'way-down',
        `A statement that is not understood: ${operation.says}`,
        'Record a rehearsal of the way back',
      )
    default:
      return harmless('additive', table === null ? wording(operation) : `${wording(operation)}`)
  }
}

function renamed(
  operation: Extract<Operation, { kind: 'rename-table' | 'rename-column' | 'rename-enum-value' }>,
  around: Surroundings,
): Risk {
  const name =
    operation.kind === 'rename-enum-value'
      ? operation.value
      : operation.kind === 'rename-column'
        ? operation.column
        : operation.table
  const used = around.usedBefore(name)
  // Models are named in many ways, columns in few: where nobody names one, perhaps nobody asks for it.
  const isHearsay = operation.kind === 'rename-column' && used === ''
  const why = isHearsay
    ? 'a previous version that asks for the old name fails, and none was found that does'
    : `the previous version still asks for the old name${used}`
  return risk(
    'renamed',
    isHearsay ? 'medium' : 'high',
    'old-code',
    `${wording(operation)}: ${why}`,
    `${KEEP}, or show a rehearsal of the way back`,
  )
}

function isOnNewTable(operation: Operation, around: Surroundings): boolean {
  if (operation.kind === 'create-table' || !('table' in operation) || operation.table === null) return false
  const { table } = operation
  return around.newTables.some((made) => sameName(made, table))
}
