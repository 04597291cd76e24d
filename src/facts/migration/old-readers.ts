import type { Change, ChangedFile, FileVersion } from '../../change/change.ts'
import { classifyPath } from '../../change/classify-path.ts'
import type { Contents } from '../../change/contents.ts'
import type { MigrationOfFile, OldReader } from './migration-facts.ts'

const MAX_PLACES = 3
/** Rails is told with this that a column will go: the model does not know it any more. */
const IGNORES = /\bignored_columns\b/
/** Words that are in every program: finding one says nothing. */
const COMMON = new Set(
  'id ids name names type types value values key keys data status state date time user users title text url path code count order index label token active enabled version position settings config metadata info tags description content body kind source target'.split(
    ' ',
  ),
)

/** Source files the change touches: what they said before is what the old version still does. */
export function isCode(file: ChangedFile): boolean {
  return file.role === 'source' && !file.binary
}

/** At most so many files that the change does not touch are read for the names they use. */
const MAX_UNTOUCHED = 30
const TAKES_AWAY = /\b(?:drop|remove|rename|delete)/i
/** Lines below such a word that may still belong to it: calls are laid out over several. */
const BELOW = 3
const ROLES =
  /_(?:model|entity|repository|service|serializer|schema|controller|store|dao|mapper|record|queries|query|resolver)$/

/** Untouched files of the base that are named after a table which one of these migrations may take away or rename. */
export function filesNamedAfter(change: Change, texts: readonly string[]): readonly FileVersion[] {
  const stems = new Set(texts.flatMap(namesNearby).map(stemOf))
  if (stems.size === 0) return []
  const touched = new Set(change.files.map((file) => file.base?.path))
  const found: FileVersion[] = []
  for (const entry of change.baseTree?.entries.values() ?? []) {
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1)
    const stem = stemOf(
      snake(name.slice(0, name.indexOf('.')))
        .replaceAll('-', '_')
        .replace(ROLES, ''),
    )
    if (!stems.has(stem) || touched.has(entry.path) || classifyPath(entry.path) !== 'source') continue
    found.push({ path: entry.path, blob: entry.blob, kind: entry.kind })
    if (found.length === MAX_UNTOUCHED) break
  }
  return found
}

function namesNearby(text: string): readonly string[] {
  const lines = text.split('\n', 2_000)
  const near = new Set<number>()
  lines.forEach((line, i) => {
    if (TAKES_AWAY.test(line.slice(0, 500))) for (let k = i; k <= i + BELOW; k++) near.add(k)
  })
  const words = [...near].flatMap((i) => (lines[i] ?? '').slice(0, 500).match(/[A-Za-z_]\w{3,60}/g) ?? [])
  return words.slice(0, 400).map(snake)
}

/** Tables stand in the plural, and the files about them often do not. */
function stemOf(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
}

/** Where the base version's code names a column or table that the change drops or renames: in what it touches, then in what it leaves. */
export function findOldReaders(
  change: Change,
  contents: Contents,
  migrations: readonly MigrationOfFile[],
  untouched: readonly FileVersion[],
): ReadonlyMap<string, readonly OldReader[]> {
  const names = new Set(migrations.flatMap(goneNames).filter((name) => name.length > 2))
  const found = new Map<string, OldReader[]>()
  if (names.size === 0) return found
  const known = new Set(migrations.map((migration) => migration.file.path))
  const read = (version: FileVersion, stays: boolean): void => {
    const text = contents.textOf(version)
    if (text === null || text.length > 500_000) return
    text.split('\n').forEach((line, i) => {
      const ignores = IGNORES.test(line)
      for (const match of line.slice(0, 2_000).matchAll(/[A-Za-z_]\w*/g)) {
        const name = snake(match[0])
        if (!names.has(name) || (COMMON.has(name) && !ignores)) continue
        const places = found.get(name) ?? []
        if (places.length >= MAX_PLACES || places.some((place) => place.path === version.path)) continue
        const place = { path: version.path, line: i + 1, name: match[0], stays, ignores }
        found.set(name, place.ignores ? [place, ...places] : [...places, place])
      }
    })
  }
  for (const file of change.files.filter(isCode))
    if (!known.has(file.path) && file.base !== null) read(file.base, false)
  for (const version of untouched) read(version, true)
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
