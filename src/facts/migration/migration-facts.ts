import type { ChangedFile } from '../../change/change.ts'
import type { RehearsalFile } from './evidence/rehearsal.ts'
import type { WayBackRun } from './evidence/way-back-runs.ts'
import type { Habits } from './habits.ts'
import type { Migration } from './migration.ts'

/**
 * `new` stands in the head only. `edited`, `removed` and `renamed` were on the base already, so that a database may have
 * run them. `repeatable` runs again whenever it changes. `copied` stands under its name elsewhere in the base: its history is taken along.
 */
export type MigrationFate = 'new' | 'edited' | 'removed' | 'renamed' | 'repeatable' | 'copied'

export interface MigrationOfFile {
  readonly file: ChangedFile
  readonly fate: MigrationFate
  readonly framework: string
  readonly title: string
  /** A change of it stops the next run of the framework. */
  readonly checksum: boolean
  /** It says that the checksum of its former text is valid too: the next run does not stop. */
  readonly declaredValid: boolean
  /** Its lines differ on the two sides, whatever ends them. */
  readonly retold: boolean
  /** It went, and the folder with it: what it was for is gone too. */
  readonly folderGone: boolean
  /** It is named after a release, and after the latest one: it may not be out yet. */
  readonly unreleased: boolean
  /** Null when it could not be read, or is not on that side. */
  readonly base: Migration | null
  readonly head: Migration | null
}

/** Code of the base version that names a column or table which the change takes away. */
export interface OldReader {
  readonly path: string
  readonly line: number
  readonly name: string
  /** The change does not touch it: the new version names it as well. */
  readonly stays: boolean
  /** It names it to leave it out: `ignored_columns`. */
  readonly ignores: boolean
}

export interface MigrationsOfChange {
  /** In path order. */
  readonly files: readonly MigrationOfFile[]
  readonly runs: readonly WayBackRun[]
  readonly rehearsals: readonly RehearsalFile[]
  /** Places in the base version's code, by lower-case name: changed files, and those that are named after the table. */
  readonly oldReaders: ReadonlyMap<string, readonly OldReader[]>
  /** Columns that refuse NULL from now on and that new lines of the code use. */
  readonly newUses: ReadonlySet<string>
  readonly habits: Habits
  /** The later of the commit dates of the head and of the base's tip, ISO 8601: what "fresh" is measured against. */
  readonly asOf: string | null
}
