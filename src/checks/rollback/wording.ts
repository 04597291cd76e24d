import type { Operation } from '../../facts/migration/operation.ts'

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
      return operation.leftBehind
        ? `Builds table ${operation.table} anew without some of its rows`
        : `Deletes rows of ${operation.table}`
    case 'run-code':
      return `Runs ${operation.name}`
    case 'refuse':
    case 'neutral':
    case 'unknown':
    case 'change-rights':
      return operation.says
  }
}
