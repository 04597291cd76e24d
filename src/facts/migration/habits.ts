import type { Change, FileVersion } from '../../change/change.ts'

/** How the team's latest migrations do what would hold others up: in how many of them it is done aside, and in how many it is not. */
export interface Habits {
  readonly indexes: Habit
  readonly constraints: Habit
}

export interface Habit {
  readonly aside: number
  readonly plain: number
}

export const NO_HABITS: Habits = { indexes: { aside: 0, plain: 0 }, constraints: { aside: 0, plain: 0 } }

const MAX_SIBLINGS = 24
/** Each folder of migrations (one for every kind of database) has its part of them. */
const MIN_EACH = 8

/** The latest migrations of the base beside these, by name, oldest first in each folder. */
export function latestSiblings(change: Change, paths: readonly string[]): readonly FileVersion[] {
  const folders = siblingsByFolder(change, paths)
  const each = Math.max(MIN_EACH, Math.floor(MAX_SIBLINGS / Math.max(1, folders.length)))
  return folders.flatMap((versions) => versions.slice(-each))
}

/** The first ones: most tables are made there. */
export function firstSiblings(change: Change, paths: readonly string[]): readonly FileVersion[] {
  return siblingsByFolder(change, paths).flatMap((versions) => versions.slice(0, MIN_EACH))
}

function siblingsByFolder(change: Change, paths: readonly string[]): readonly (readonly FileVersion[])[] {
  // Most changes bring no migration, and listings are long.
  if (paths.length === 0) return []
  const touched = new Set(change.files.map((file) => file.base?.path))
  const folders = new Set(paths.map(folderOf))
  const endings = new Set(paths.map((path) => path.slice(path.lastIndexOf('.'))))
  const found = new Map<string, FileVersion[]>()
  for (const { path, blob, kind } of change.baseTree?.entries.values() ?? []) {
    if (!endings.has(path.slice(path.lastIndexOf('.'))) || touched.has(path) || !folders.has(folderOf(path))) continue
    if (/(?:^|[/.])(?:down|rollback|undo)\.sql$/.test(path)) continue
    const folder = folderOf(path)
    const versions = found.get(folder) ?? []
    if (versions.length === 0) found.set(folder, versions)
    versions.push({ path, blob, kind })
  }
  return [...found.values()]
}

/** The folder of the migrations, where each has a folder of its own too (`2026-11-01_a/up.sql`). */
export function folderOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/'))
  return /\/(?:up|migration)\.sql$/.test(path) ? folder.slice(0, folder.lastIndexOf('/')) : folder
}

const INDEX_ASIDE = /\bCONCURRENTLY\b|\bconcurrently\b|\bAddIndexConcurrently\b|\badd_concurrent_index\b/
const INDEX =
  /\bCREATE\s+(?:UNIQUE\s+)?INDEX\b|\badd_index\b|\bAddIndex\(|\bcreate_index\(|\bcreate\s+(?:unique_)?index\(/i
const CONSTRAINT_ASIDE =
  /\bNOT\s+VALID\b|\bvalidate:\s*false\b|\bpostgresql_not_valid=True\b|\bAddConstraintNotValid\b/i
const CONSTRAINT =
  /\bADD\s+(?:CONSTRAINT\s+\S+\s+)?(?:FOREIGN\s+KEY|CHECK)\b|\badd_(?:foreign_key|check_constraint)\b|\bcreate_(?:foreign_key|check_constraint)\(/i

export function habitsOf(texts: readonly string[]): Habits {
  const habit = (aside: RegExp, any: RegExp): Habit => ({
    aside: texts.filter((text) => aside.test(text)).length,
    plain: texts.filter((text) => any.test(text) && !aside.test(text)).length,
  })
  return { indexes: habit(INDEX_ASIDE, INDEX), constraints: habit(CONSTRAINT_ASIDE, CONSTRAINT) }
}
