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
  /** A file that must stand in the tree, relative to the migration's folder. */
  readonly beside?: string
  readonly down: DownPlace
  /** Path of the file with the way down, by replacing the match of `path`. */
  readonly downPath?: readonly string[]
  /** A change of an applied migration stops the next run (a checksum), and does not just go unnoticed. */
  readonly checksum?: true
  /** What of the path names the migration to the framework: a rename that keeps it is harmless. */
  readonly version?: RegExp
  readonly dialect?: 'postgres' | 'mysql' | 'sqlite' | 'mssql'
}

const FOLDER = String.raw`(?:^|.*\/)`
const MIGRATIONS = String.raw`${FOLDER}(?:[\w.-]*migrations?|migrate|data-migrations?)\/(?:.*\/)?`

/** The first one that fits wins, so what is told by content or a special name stands before what is told by folder. */
export const frameworks: readonly Framework[] = [
  {
    id: 'rails',
    title: 'Rails',
    form: 'rails',
    path: /^(?:.*\/)?db\/(?:\w*_)?migrate\/(?:.*\/)?[^/]+\.rb$/,
    down: 'same-file',
    version: /\/(\d+)_[^/]*$/,
  },
  {
    id: 'rails',
    title: 'Rails',
    form: 'rails',
    path: /\.rb$/,
    content: /<\s*(?:ActiveRecord|Gitlab::Database)::Migration\b/,
    down: 'same-file',
    version: /\/(\d+)_[^/]*$/,
  },
  {
    id: 'django',
    title: 'Django',
    form: 'django',
    path: /^(?:.*\/)?\w*migrations\/[^/]+\.py$/,
    content: /\bmigrations\.Migration\b|\bclass Migration\(/,
    down: 'same-file',
  },
  {
    id: 'alembic',
    title: 'Alembic',
    form: 'alembic',
    path: /\.py$/,
    content: /^(?:down_revision\b|from alembic import|import alembic\b)/m,
    down: 'same-file',
  },
  {
    id: 'laravel',
    title: 'Laravel',
    form: 'laravel',
    path: /^(?:.*\/)?[\w-]*[Mm]igrations?\/(?:.*\/)?[^/]+\.php$/,
    content: /\bextends\s+(?:\\?[\w\\]+\\)?Migration\b/,
    down: 'same-file',
  },
  {
    id: 'doctrine',
    title: 'Doctrine',
    form: 'laravel',
    path: /\.php$/,
    content: /\bextends\s+AbstractMigration\b[\s\S]*\baddSql\b/,
    down: 'same-file',
  },
  {
    id: 'ef-core',
    title: 'EF Core',
    form: 'ef-core',
    path: /^(?:.*\/)?[^/]*(?<!\.[Dd]esigner)(?<!Snapshot)\.cs$/,
    content: /\bMigrationBuilder\b/,
    down: 'same-file',
  },
  {
    id: 'ecto',
    title: 'Ecto',
    form: 'ecto',
    path: /^(?:.*\/)?priv\/(?:.*\/)?migrations\/(?:.*\/)?[^/]+\.exs$/,
    content: /\buse Ecto\.Migration\b/,
    down: 'same-file',
    version: /\/(\d+)_[^/]*$/,
  },
  {
    id: 'sequelize',
    title: 'Sequelize',
    form: 'script',
    path: new RegExp(`^${MIGRATIONS}[^/]+\\.[cm]?[jt]s$`),
    content: /\bqueryInterface\b|\bQueryInterface\b/,
    down: 'same-file',
  },
  {
    id: 'typeorm',
    title: 'TypeORM',
    form: 'script',
    path: /\.[cm]?[jt]s$/,
    content: /\bimplements\s+MigrationInterface\b|module\.exports = class [\s\S]*\basync up\(queryRunner\b/,
    down: 'same-file',
  },
  {
    id: 'mikro-orm',
    title: 'MikroORM',
    form: 'script',
    path: /\.[cm]?[jt]s$/,
    content: /from ['"]@mikro-orm\/migrations['"]/,
    down: 'same-file',
  },
  {
    id: 'node-pg-migrate',
    title: 'node-pg-migrate',
    form: 'script',
    path: new RegExp(`^${MIGRATIONS}[^/]+\\.[cm]?[jt]s$`),
    content: /\bpgm\b/,
    down: 'same-file',
    dialect: 'postgres',
  },
  {
    id: 'knex',
    title: 'Knex',
    form: 'script',
    path: new RegExp(`^${MIGRATIONS}[^/]+\\.[cm]?[jt]s$`),
    content: /\bknex\b|\bKnex\b|\.schema\.(?:createTable|alterTable|table|dropTable)/,
    down: 'same-file',
  },
  {
    id: 'kysely',
    title: 'Kysely',
    form: 'script',
    path: new RegExp(`^${MIGRATIONS}[^/]+\\.[cm]?[jt]s$`),
    content: /\bKysely\b/,
    down: 'same-file',
  },
  {
    id: 'data-migration',
    title: 'A data migration script',
    form: 'script',
    path: /^(?:.*\/)?(?:data[-_]?migrations?|backfills?)\/(?:.*\/)?[^/]+\.[cm]?[jt]s$/,
    down: 'forward-only',
  },
  {
    id: 'migration-script',
    title: 'A migration script',
    form: 'script',
    path: new RegExp(`^${MIGRATIONS}[^/]*\\d[^/]*(?:\\/[^/]+)?\\.[cm]?[jt]s$`),
    content: /\bup\b|\bmigrate\b|\brun\b/,
    down: 'forward-only',
  },
  { id: 'goose', title: 'goose', form: 'sql', path: /\.sql$/, content: /^--\s*\+goose\s+up\b/im, down: 'section' },
  { id: 'dbmate', title: 'dbmate', form: 'sql', path: /\.sql$/, content: /^--\s*migrate:up\b/im, down: 'section' },
  {
    id: 'sql-migrate',
    title: 'sql-migrate',
    form: 'sql',
    path: /\.sql$/,
    content: /^--\s*\+migrate\s+up\b/im,
    down: 'section',
  },
  {
    id: 'play',
    title: 'Play evolutions',
    form: 'sql',
    path: /\.sql$/,
    content: /^#\s*---\s*!Ups\b/im,
    down: 'section',
  },
  {
    id: 'liquibase-sql',
    title: 'Liquibase',
    form: 'sql',
    path: /\.sql$/,
    content: /^--\s*liquibase formatted sql/im,
    down: 'section',
    checksum: true,
  },
  {
    id: 'liquibase',
    title: 'Liquibase',
    form: 'liquibase',
    path: /\.xml$/,
    content: /<databaseChangeLog\b/,
    down: 'same-file',
    checksum: true,
  },
  {
    id: 'golang-migrate',
    title: 'golang-migrate',
    form: 'sql',
    path: /\.up\.sql$/,
    down: 'other-file',
    downPath: ['.down.sql'],
  },
  { id: 'diesel', title: 'Diesel', form: 'sql', path: /\/up\.sql$/, down: 'other-file', downPath: ['/down.sql'] },
  {
    id: 'sqitch',
    title: 'Sqitch',
    form: 'sql',
    path: /(?<=^|\/)deploy\/([^/]+\.sql)$/,
    down: 'other-file',
    downPath: ['revert/$1'],
  },
  {
    id: 'prisma',
    title: 'Prisma',
    form: 'sql',
    path: /^(?:.*\/)?migrations?\/(?:.*\/)?\d{8,}[^/]*\/migration\.sql$/,
    down: 'forward-only',
    downPath: [],
  },
  {
    id: 'flyway',
    title: 'Flyway',
    form: 'sql',
    path: /(?<=^|\/)V(\d[\d._]*__[^/]+\.sql)$/,
    down: 'forward-only',
    downPath: ['U$1'],
    checksum: true,
  },
  { id: 'flyway-repeatable', title: 'Flyway', form: 'sql', path: /(?<=^|\/)R__[^/]+\.sql$/, down: 'forward-only' },
  {
    id: 'drizzle',
    title: 'Drizzle',
    form: 'sql',
    path: /^(?:.*\/)?\d{4,}_[^/]+\.sql$/,
    beside: 'meta/_journal.json',
    down: 'forward-only',
  },
  {
    id: 'supabase',
    title: 'Supabase',
    form: 'sql',
    path: /^(?:.*\/)?supabase\/migrations\/[^/]+\.sql$/,
    down: 'forward-only',
    dialect: 'postgres',
  },
  {
    id: 'sql',
    title: 'A SQL migration',
    form: 'sql',
    path: new RegExp(`^${MIGRATIONS}[^/]+\\.sql$`),
    down: 'forward-only',
  },
  {
    id: 'sql',
    title: 'A SQL migration',
    form: 'sql',
    path: /^(?:.*\/)?(?:[Dd]b_?[Ss]cripts|[\w.-]*[Mm]igrator|schema[-_]changes|db[-_]changes|changesets?|upgrades?|updates?|schema[-_]updates?)\/(?:.*\/)?[^/]*\d[^/]*\.sql$/,
    down: 'forward-only',
  },
]

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
  /(?:^|\/)[\w.-]*(?:migrat|alembic|versions|changelog|changeset|evolutions|schema|db|database|sql|backfill|upgrade)[\w.-]*\//i

/** The framework a migration is written for; null when the file is none. `has` says whether a path is in the tree. */
export function recogniseFramework(path: string, text: string, has: (path: string) => boolean): Framework | null {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return (
    frameworks.find(
      (framework) =>
        framework.path.test(path) &&
        (framework.beside === undefined || has(`${folder}${framework.beside}`)) &&
        (framework.content === undefined || framework.content.test(text)),
    ) ?? null
  )
}

/** Where the way down of a migration may stand in a file of its own. */
export function downPathsOf(framework: Framework, path: string): readonly string[] {
  const named = (framework.downPath ?? []).map((replacement) => path.replace(framework.path, replacement))
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return framework.id === 'prisma' ? [`${folder}down.sql`, `${folder}rollback.sql`] : named
}

/** What names the migration to its framework. */
export function versionOf(framework: Framework, path: string): string {
  return framework.version?.exec(path)?.[1] ?? path
}
