/** Where the way down of a migration stands. */
export type DownPlace =
  /** In the same file: a function, a method, or derived by the framework. */
  | 'same-file'
  /** Below a marker line of the same SQL file. */
  | 'section'
  /** In a file of its own beside it. */
  | 'other-file'
  /** The framework has no ways down. A file beside it may still hold one, written by hand. */
  | 'forward-only'

export type MigrationForm =
  | 'rails'
  | 'django'
  | 'alembic'
  | 'script'
  | 'laravel'
  | 'ef-core'
  | 'ecto'
  | 'fluent-migrator'
  | 'go-code'
  | 'phinx'
  | 'sql'
  | 'liquibase'

export interface Framework {
  readonly id: string
  readonly title: string
  readonly form: MigrationForm
  /** The path of a migration. Matched against the whole path. */
  readonly path: RegExp
  /** What its text must hold besides; the whole text is searched. */
  readonly content?: RegExp
  /** And this too; two patterns, so that neither looks for the other at every place. */
  readonly also?: RegExp
  /** A file that must stand in the tree, relative to the migration's folder. */
  readonly beside?: string
  readonly down: DownPlace
  /** Path of the file with the way down, by replacing the match of `path`. */
  readonly downPath?: readonly string[]
  /** A change of an applied migration stops the next run (a checksum), and does not just go unnoticed. */
  readonly checksum?: true
  /** What of the path names the migration to the framework: a rename that keeps it is harmless. */
  readonly version?: RegExp
  /** What of the text does, where the path does not matter. */
  readonly identity?: RegExp
  readonly dialect?: 'postgres' | 'mysql' | 'sqlite' | 'mssql'
}
