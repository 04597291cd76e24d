import type { PathParts } from './path-parts.ts'

/** `0001_x`, `20260101120000_x`, `1700000000-X`, `V2__x`, `m20260101_x`, `Version20260101`, `Migration20260101`, `_001_x`. */
const NUMBERED = /^(?:[_mMvV]?\d{3,}|[VURB]\d[\d._]*__|(?:Version|Migration)_?\d+)/
const MIGRATION_FOLDER = /^(?:(?:db|data|database|schema)?[_-]?migrations?|migrate|[a-z0-9]+_migrate|evolutions)$/i
const CODE = /^(?:py|rb|js|ts|mjs|cjs|mts|cts|go|php|cs|fs|vb|exs?|java|kt|scala|groovy|rs|clj)$/

/** A step of a schema or of data, in the layout of its migration tool. */
export function isMigrationPath({ folders, name, stem, extension }: PathParts): boolean {
  const parent = folders.at(-1) ?? ''
  const within = folders.findIndex((folder) => MIGRATION_FOLDER.test(folder))
  if (extension === 'sql' || extension === 'cql') return isSqlMigration(stem, parent, within !== -1)
  if (/^(?:xml|ya?ml|json)$/.test(extension)) return isLiquibase(folders, stem)
  if (!CODE.test(extension)) return false
  if (extension === 'py' && parent === 'versions') return name !== '__init__.py' && isAlembic(folders)
  if (within === -1) return false
  // `migrations/20260101_add/migration.ts`: the folder has the number.
  const isNumberedFolder = within < folders.length - 1 && NUMBERED.test(parent)
  return NUMBERED.test(stem) || (isNumberedFolder && /^(?:migration|up|down|index)$/.test(stem))
}

function isSqlMigration(stem: string, parent: string, isInFolder: boolean): boolean {
  if (isInFolder || /\.(?:up|down|do|undo)$/.test(stem) || /^[VURB](?:\d[\d._]*)?__/.test(stem)) return true
  if (parent === 'changelog' || /^db[._-]changelog/i.test(stem)) return true
  // Drizzle's folder, and sqitch's three.
  return (parent === 'drizzle' && /^\d{4}_/.test(stem)) || /^(?:deploy|revert|verify)$/.test(parent)
}

/** A plain `changelog` folder often holds release notes. */
function isLiquibase(folders: readonly string[], stem: string): boolean {
  if (/^db[._-]changelog/i.test(stem) || folders.includes('liquibase')) return true
  const isChangelog = /changelog/i.test(stem) || folders.some((folder) => /^changelogs?$/i.test(folder))
  return isChangelog && folders.some((folder) => /^(?:db|database)$/.test(folder))
}

function isAlembic(folders: readonly string[]): boolean {
  return folders.some((folder) => /alembic/i.test(folder) || MIGRATION_FOLDER.test(folder))
}
