/** What one statement of a migration does to the database, whatever it was written in. Names carry no schema and no quotes. */

export type ObjectType =
  | 'view'
  | 'materialized-view'
  | 'function'
  | 'trigger'
  | 'type'
  | 'sequence'
  | 'schema'
  | 'database'
  | 'extension'
  | 'policy'
  | 'other'

export type ConstraintType = 'primary-key' | 'foreign-key' | 'unique' | 'check' | 'exclude'

/**
 * Where a new column's value comes from when an older version inserts a row without it:
 * `none` (the insert gives NULL or fails), `constant` or `computed` by the database, `code` when only the framework's
 * own objects fill it in, so that the database does not know it.
 */
export type DefaultValue = 'none' | 'constant' | 'computed' | 'code'

export interface Column {
  readonly table: string
  readonly column: string
}

export type OperationBody =
  | {
      readonly kind: 'create-table'
      readonly table: string
      readonly ifNotExists: boolean
      /** What the table is made of, the same however it is laid out: an edit of a merged migration shows in it. */
      readonly definition?: string
    }
  | { readonly kind: 'drop-table'; readonly table: string }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  | ({
      readonly kind: 'add-column'
      readonly type: string | null
      readonly nullable: boolean
      readonly default: DefaultValue
      /** The table is kept at one row, which the version before only updates: its inserts are no matter. */
      readonly oneRow?: true
    } & Column)
  | ({ readonly kind: 'drop-column' } & Column)
  | ({ readonly kind: 'rename-column'; readonly to: string } & Column)
  | ({ readonly kind: 'change-type'; readonly from: string | null; readonly to: string | null } & Column)
  | ({
      readonly kind: 'set-not-null'
      readonly fill: DefaultValue
      /** Only the new version has a default for it: the one before left it out, and that gave NULL. */
      readonly leftOut?: true
    } & Column)
  | ({ readonly kind: 'drop-not-null' } & Column)
  | ({ readonly kind: 'set-default' } & Column)
  | ({ readonly kind: 'drop-default' } & Column)
  | {
      readonly kind: 'add-index'
      readonly table: string
      readonly name: string | null
      readonly columns: readonly string[]
      readonly unique: boolean
      readonly concurrently: boolean
    }
  | {
      readonly kind: 'drop-index'
      readonly table: string | null
      readonly name: string | null
      readonly columns: readonly string[]
      readonly concurrently: boolean
    }
  | {
      readonly kind: 'add-constraint'
      readonly table: string
      readonly name: string | null
      readonly type: ConstraintType
      readonly columns: readonly string[]
      /** False when existing rows are not scanned (NOT VALID). */
      readonly validated: boolean
    }
  | {
      readonly kind: 'drop-constraint'
      readonly table: string
      readonly name: string | null
      readonly columns: readonly string[]
    }
  | { readonly kind: 'create-object'; readonly object: ObjectType; readonly name: string; readonly replace: boolean }
  | { readonly kind: 'drop-object'; readonly object: ObjectType; readonly name: string }
  | { readonly kind: 'rename-object'; readonly object: ObjectType; readonly name: string; readonly to: string }
  | { readonly kind: 'add-enum-value'; readonly name: string; readonly value: string }
  | { readonly kind: 'rename-enum-value'; readonly name: string; readonly value: string; readonly to: string }
  | {
      readonly kind: 'insert-rows'
      readonly table: string
      /** They are taken from another table, and not all of them. */
      readonly filtered?: true
    }
  | {
      readonly kind: 'update-rows'
      readonly table: string
      readonly columns: readonly string[]
      readonly where: boolean
      /** Only rows that hold nothing in these columns are changed: no value goes. */
      readonly onlyEmpty?: true
    }
  | {
      readonly kind: 'delete-rows'
      readonly table: string
      readonly where: boolean
      /** The table is built anew, and they are not copied. */
      readonly leftBehind?: true
    }
  | { readonly kind: 'truncate'; readonly table: string }
  | { readonly kind: 'change-rights'; readonly takes: boolean; readonly says: string }
  /** Code whose effect on the database cannot be read from the migration. */
  | { readonly kind: 'run-code'; readonly name: string }
  /** The framework is told never to go this way. */
  | { readonly kind: 'refuse'; readonly says: string }
  /** A statement that changes neither shape nor data: SET, COMMENT, ANALYZE, transaction control, a check. */
  | { readonly kind: 'neutral'; readonly says: string }
  /** A statement nobody here can read; `says` is its first words. */
  | { readonly kind: 'unknown'; readonly says: string }

/** `line` is 1-based, in the file the operation stands in. */
export type Operation = OperationBody & { readonly line: number }

/** Names are compared without case: databases fold it differently, and no migration tells two things apart by it alone. */
export function sameName(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase()
}

export function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, i) => sameName(name, other[i] ?? null))
}
