import type { Change, ChangedFile } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { MigrationOfFile, OldReader } from './migration-facts.ts'

const MAX_PLACES = 3
/** Words that are in every program: finding one says nothing. */
const COMMON = new Set(
  'id ids name names type types value values key keys data status state date time user users title text url path code count order index label token active enabled version position settings config metadata info tags description content body kind source target'.split(
    ' ',
  ),
)

/** Source files the change touches: what they said before is what the old version still does. */
export function isOldReader(file: ChangedFile): boolean {
  return file.role === 'source' && file.base !== null && !file.binary
}

/** Where the base version's code names a column or table that the change drops or renames. */
export function findOldReaders(
  change: Change,
  contents: Contents,
  migrations: readonly MigrationOfFile[],
): ReadonlyMap<string, readonly OldReader[]> {
  const names = new Set(migrations.flatMap(goneNames).filter((name) => name.length > 2 && !COMMON.has(name)))
  const found = new Map<string, OldReader[]>()
  if (names.size === 0) return found
  const known = new Set(migrations.map((migration) => migration.file.path))
  for (const file of change.files.filter(isOldReader)) {
    if (known.has(file.path)) continue
    const text = contents.textOf(file.base)
    if (text === null || text.length > 500_000) continue
    text.split('\n').forEach((line, i) => {
      for (const match of line.slice(0, 2_000).matchAll(/[A-Za-z_]\w*/g)) {
        const name = snake(match[0])
        if (!names.has(name)) continue
        const places = found.get(name) ?? []
        if (places.length < MAX_PLACES && !places.some((place) => place.path === file.path)) {
          found.set(name, [...places, { path: file.base?.path ?? file.path, line: i + 1, name: match[0] }])
        }
      }
    })
  }
  return found
}

function goneNames(migration: MigrationOfFile): readonly string[] {
  return (migration.head?.steps ?? []).flatMap(({ operation }) => {
    if (operation.kind === 'drop-column' || operation.kind === 'rename-column') return [snake(operation.column)]
    return operation.kind === 'drop-table' || operation.kind === 'rename-table' ? [snake(operation.table)] : []
  })
}

/** `userName` and `UserName` name the column `user_name`. */
export function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}
