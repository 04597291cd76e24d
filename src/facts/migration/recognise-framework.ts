import type { Framework } from './framework.ts'
import { frameworks } from './framework-catalog.ts'

/** Files that hold a way down are read together with their migration. */
const WAY_DOWN = /(?:^|[/.])(?:down|rollback|undo)\.sql$|(?:^|\/)revert\/|(?:^|\/)U\d[\d._]*__[^/]*\.sql$/

/** A path that may be a migration: its text decides. */
export function mayBeMigration(path: string): boolean {
  if (WAY_DOWN.test(path)) return false
  return frameworks.some(
    (framework) => framework.path.test(path) && (framework.content === undefined || LIKELY.test(path)),
  )
}

const LIKELY =
  /(?:^|\/)[\w.-]*(?:migrat|alteration|alembic|liquibase|flyway|versions|changelog|changeset|evolutions|schema|db|database|sql|backfill|upgrade)[\w.-]*\/|(?:liquibase|changelog)[^/]*\.(?:xml|ya?ml|json|sql)$/i

/** The framework a migration is written for; null when the file is none. `has` says whether a path is in the tree. */
export function recogniseFramework(path: string, text: string, has: (path: string) => boolean): Framework | null {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return (
    frameworks.find(
      (framework) =>
        framework.path.test(path) &&
        (framework.beside === undefined || has(`${folder}${framework.beside}`)) &&
        (framework.content === undefined || framework.content.test(text)) &&
        (framework.also === undefined || framework.also.test(text)),
    ) ?? null
  )
}

/** Where the way down of a migration may stand in a file of its own. */
export function downPathsOf(framework: Framework, path: string): readonly string[] {
  const named = (framework.downPath ?? []).map((replacement) => path.replace(framework.path, replacement))
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return framework.id === 'prisma' ? [`${folder}down.sql`, `${folder}rollback.sql`] : named
}

/** Names that say nothing without their folder. */
const PLAIN = /^(?:migration|up|down|deploy)\.\w+$/

/** What names the migration to its framework. Where nothing else is known it is the file's name, wherever the folder of migrations stands. */
export function versionOf(framework: Framework, path: string, text: string | null): string {
  const identity = text === null ? undefined : framework.identity?.exec(text)?.[1]
  const parts = path.split('/')
  const own = parts.slice(PLAIN.test(parts.at(-1) ?? '') ? -2 : -1).join('/')
  return identity ?? framework.version?.exec(path)?.[1] ?? own
}
