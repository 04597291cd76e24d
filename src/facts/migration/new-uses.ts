import type { Change } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { MigrationOfFile } from './migration-facts.ts'
import { isCode, snake } from './old-readers.ts'

/** A line that says what a column is, and not what is done with it. */
const DECLARES =
  /\bmapped_column\(|\bColumn\(|\bmodels\.\w+Field\(|\bfield :|@Column\b|\bnullable\b|^\s*(?:public|private|readonly|val|var|let)?\s*\w+[?!]?:\s*[\w<>[\]| ]+[,;]?\s*$/

/**
 * Columns that refuse NULL from now on, and that new lines of the code use: it begins to write them, and the version before may not have.
 * Lower-case names with underscores.
 */
export function findNewUses(
  change: Change,
  contents: Contents,
  migrations: readonly MigrationOfFile[],
): ReadonlySet<string> {
  const names = new Set(
    migrations.flatMap((migration) =>
      (migration.head?.steps ?? []).flatMap(({ operation }) =>
        operation.kind === 'set-not-null' ? snake(operation.column) : [],
      ),
    ),
  )
  const found = new Set<string>()
  if (names.size === 0) return found
  const known = new Set(migrations.map((migration) => migration.file.path))
  for (const file of change.files) {
    const text = isCode(file) && !known.has(file.path) ? contents.textOf(file.head) : null
    if (text === null || text.length > 500_000) continue
    const before = new Set((contents.textOf(file.base) ?? '').split('\n').map((line) => line.trim()))
    for (const line of text.split('\n')) {
      if (before.has(line.trim()) || line.length > 2_000 || DECLARES.test(line)) continue
      for (const word of line.match(/[A-Za-z_]\w*/g) ?? []) if (names.has(snake(word))) found.add(snake(word))
    }
  }
  return found
}
