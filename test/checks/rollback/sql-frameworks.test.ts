import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import { dbmate, diesel, drizzle, flyway, goose, pair, prisma } from '../../support/migration-files.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(
  before: Files,
  after: Files,
  options: { asOf?: string; renames?: Record<string, string> } = {},
): Promise<readonly string[]> {
  return exposuresOf(reader, 'rollback', before, after, options)
}

describe('each framework in SQL: what is lossy, what is not', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'goose: a column and its down',
      goose('ALTER TABLE t ADD COLUMN c text;', 'ALTER TABLE t DROP COLUMN c;'),
      ['low additive migrations/001_a.sql:2 (covered)'],
    ],
    [
      'goose: a dropped column, empty down',
      goose('ALTER TABLE t DROP COLUMN c;', '-- nothing'),
      ['high data-lost migrations/001_a.sql:2'],
    ],
    [
      'dbmate: rows deleted',
      dbmate("DELETE FROM t WHERE a = 'x';", 'SELECT 1;'),
      ['high data-deleted db/migrations/001_a.sql:2'],
    ],
    [
      'golang-migrate: a new table',
      pair('CREATE TABLE t (id int);', 'DROP TABLE t;'),
      ['low additive migrations/1_a.up.sql:1 (covered)'],
    ],
    [
      'golang-migrate: a new table, wrong down',
      pair('CREATE TABLE t (id int);', 'DROP TABLE u;'),
      ['medium down-wrong migrations/1_a.up.sql:1'],
    ],
    [
      'golang-migrate: no down file',
      pair('ALTER TABLE t DROP CONSTRAINT k;', null),
      ['medium down-missing migrations/1_a.up.sql:1'],
    ],
    [
      'Diesel: SET NOT NULL',
      diesel('ALTER TABLE t ALTER COLUMN c SET NOT NULL;', 'ALTER TABLE t ALTER COLUMN c DROP NOT NULL;'),
      ['low made-required migrations/2026-11-01_a/up.sql:1'],
    ],
    [
      'Prisma: additive, forward only',
      prisma('ALTER TABLE "User" ADD COLUMN "nick" TEXT;'),
      ['low additive prisma/migrations/20261101000000_a/migration.sql:1 (covered)'],
    ],
    [
      'Prisma: lossy',
      prisma('ALTER TABLE "User"\n  DROP COLUMN "nick",\n  ADD COLUMN "name" TEXT NOT NULL;'),
      [
        'high data-lost prisma/migrations/20261101000000_a/migration.sql:2',
        'high required-column prisma/migrations/20261101000000_a/migration.sql:3',
      ],
    ],
    [
      'Flyway: additive',
      flyway('CREATE INDEX i ON t (a);'),
      ['low additive src/main/resources/db/migration/V2__a.sql:1 (covered)'],
    ],
    [
      'Drizzle: SQLite rebuilds a table',
      drizzle(
        'CREATE TABLE `__new_t` (`id` integer);--> statement-breakpoint\nINSERT INTO `__new_t` SELECT `id` FROM `t`;--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['low additive drizzle/0001_a.sql:2 (covered)'],
    ],
    [
      'Drizzle: SQLite rebuilds a table and leaves rows behind',
      drizzle(
        'CREATE TABLE `__new_t` (`id` integer);--> statement-breakpoint\nINSERT INTO `__new_t` SELECT `id` FROM `t` WHERE `id` > 0;--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['high data-deleted drizzle/0001_a.sql:2'],
    ],
    [
      'Drizzle: two copies take what each leaves, and names go to and fro',
      drizzle(
        'CREATE TABLE `__new_t` (`id` integer);--> statement-breakpoint\nINSERT INTO `__new_t` SELECT `id` FROM `t` WHERE `id` > 0;--> statement-breakpoint\nINSERT INTO `__new_t` SELECT -1 FROM `t` WHERE `id` <= 0;--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;--> statement-breakpoint\nALTER TABLE `t` RENAME TO `__new_t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['low additive drizzle/0001_a.sql:2 (covered)'],
    ],
    [
      'golang-migrate: names that are filled in when it runs',
      pair('ALTER TABLE {{.prefix}}users DROP COLUMN a;', 'ALTER TABLE $'.concat('{schema}.users ADD COLUMN a int;')),
      ['high data-lost migrations/1_a.up.sql:1'],
    ],
    [
      'Flyway: a column that was just added gets its type',
      flyway('ALTER TABLE t ADD a int;\nUPDATE t SET a = 1;\nALTER TABLE t ALTER COLUMN a TYPE smallint;'),
      [
        'low additive src/main/resources/db/migration/V2__a.sql:1 (covered)',
        'low backfill src/main/resources/db/migration/V2__a.sql:2 (covered)',
      ],
    ],
    [
      'Drizzle: a condition inside a copied value leaves no row behind',
      drizzle(
        'CREATE TABLE `__new_t` (`n` integer);--> statement-breakpoint\nINSERT INTO `__new_t` SELECT (SELECT count(*) FROM `u` WHERE `u`.`t` = `t`.`n`) FROM `t`;--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['low additive drizzle/0001_a.sql:2 (covered)'],
    ],
    [
      'Flyway: SQL that a block runs as text is read',
      flyway("DO $$ BEGIN EXECUTE format('ALTER TABLE t DROP COLUMN c'); END $$;"),
      ['high data-lost src/main/resources/db/migration/V2__a.sql:1'],
    ],
    [
      'Flyway: SQL that a block puts together stays code',
      flyway("DO $$ BEGIN EXECUTE 'DROP TABLE old_' || suffix; EXECUTE format('DROP TABLE %I', name); END $$;"),
      ['low code-run src/main/resources/db/migration/V2__a.sql:1'],
    ],
    [
      'Drizzle: SQLite rebuilds a table and leaves rows behind',
      drizzle(
        'CREATE TABLE `__new_t` (`id` integer);--> statement-breakpoint\nINSERT INTO `__new_t` SELECT `id` FROM `t` WHERE `id` > 0;--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['high data-deleted drizzle/0001_a.sql:2'],
    ],
    [
      'Drizzle: a condition inside a copied value leaves no row behind',
      drizzle(
        'CREATE TABLE `__new_t` (`n` integer);--> statement-breakpoint\nINSERT INTO `__new_t` SELECT (SELECT count(*) FROM `u` WHERE `u`.`t` = `t`.`n`) FROM `t`;--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['low additive drizzle/0001_a.sql:2 (covered)'],
    ],
    [
      'Flyway: SQL that a block runs as text is read',
      flyway("DO $$ BEGIN EXECUTE format('ALTER TABLE t DROP COLUMN c'); END $$;"),
      ['high data-lost src/main/resources/db/migration/V2__a.sql:1'],
    ],
    [
      'Flyway: SQL that a block puts together stays code',
      flyway("DO $$ BEGIN EXECUTE 'DROP TABLE old_' || suffix; EXECUTE format('DROP TABLE %I', name); END $$;"),
      ['low code-run src/main/resources/db/migration/V2__a.sql:1'],
    ],
    [
      'Drizzle: SQLite makes a table anew and copies nothing',
      drizzle(
        'CREATE TABLE `__new_t` (`id` integer);--> statement-breakpoint\nDROP TABLE `t`;--> statement-breakpoint\nALTER TABLE `__new_t` RENAME TO `t`;',
      ),
      ['low additive drizzle/0001_a.sql:1 (covered)', 'high data-lost drizzle/0001_a.sql:2'],
    ],
    [
      'goose: a column is replaced by a copy of itself, and back',
      goose(
        'ALTER TABLE t ADD COLUMN c_new integer;\nUPDATE t SET c_new = c;\nALTER TABLE t DROP COLUMN c;\nALTER TABLE t RENAME COLUMN c_new TO c;',
        'ALTER TABLE t ADD COLUMN c_old integer;\nUPDATE t SET c_old = c;\nALTER TABLE t DROP COLUMN c;\nALTER TABLE t RENAME COLUMN c_old TO c;',
      ),
      ['low restated migrations/001_a.sql:4 (covered)'],
    ],
    [
      'goose: a column goes and comes back empty under its name',
      goose(
        'ALTER TABLE t DROP COLUMN c;\nALTER TABLE t ADD COLUMN c float;',
        'ALTER TABLE t DROP COLUMN c;\nALTER TABLE t ADD COLUMN c integer;',
      ),
      ['high data-lost migrations/001_a.sql:2', 'low additive migrations/001_a.sql:3 (covered)'],
    ],
    [
      'goose: only rows that hold nothing are filled',
      goose('UPDATE t SET c = 1, updated_at = now() WHERE (a = 2 OR a = 3) AND c IS NULL;', 'SELECT 1;'),
      ['low backfill migrations/001_a.sql:2 (covered)'],
    ],
    [
      'goose: rows that hold nothing, among others in parentheses',
      goose('UPDATE t SET c = 1 WHERE a = 2 AND (c IS NULL OR c = 2);', 'SELECT 1;'),
      ['medium data-changed migrations/001_a.sql:2'],
    ],
    [
      'goose: rows that hold nothing, and others',
      goose('UPDATE t SET c = 1 WHERE c IS NULL OR c = 2;', 'SELECT 1;'),
      ['medium data-changed migrations/001_a.sql:2'],
    ],
    [
      'goose: NULL is refused where it was',
      goose(
        "UPDATE t SET c = 'x' WHERE c IS NULL;\nALTER TABLE t ALTER COLUMN c SET NOT NULL;",
        'ALTER TABLE t ALTER COLUMN c DROP NOT NULL;',
      ),
      ['low backfill migrations/001_a.sql:2 (covered)', 'medium made-required migrations/001_a.sql:3'],
    ],
    [
      'goose: NULL is refused, and the database has a default',
      goose(
        "ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x';\nALTER TABLE t ALTER COLUMN c SET NOT NULL;",
        'ALTER TABLE t ALTER COLUMN c DROP NOT NULL;\nALTER TABLE t ALTER COLUMN c DROP DEFAULT;',
      ),
      ['low additive migrations/001_a.sql:2 (covered)', 'low made-required migrations/001_a.sql:3'],
    ],
    [
      'ClickHouse: an index that skips',
      goose(
        'ALTER TABLE t ADD INDEX IF NOT EXISTS i lower(a) TYPE bloom_filter GRANULARITY 1;',
        'ALTER TABLE t DROP INDEX IF EXISTS i;',
      ),
      ['low additive migrations/001_a.sql:2 (covered)'],
    ],
    [
      'goose: another primary key',
      goose(
        'ALTER TABLE t DROP CONSTRAINT t_pkey;\nALTER TABLE t ADD PRIMARY KEY (a, b);',
        'ALTER TABLE t DROP CONSTRAINT t_pkey;\nALTER TABLE t ADD PRIMARY KEY (a);',
      ),
      ['medium key-dropped migrations/001_a.sql:2', 'low tightened migrations/001_a.sql:3 (covered)'],
    ],
    [
      'MySQL words where the dialect is not known: an index, no column',
      goose('ALTER TABLE t ADD FULLTEXT search (a, b);', 'ALTER TABLE t DROP INDEX search;'),
      ['low additive migrations/001_a.sql:2 (covered)'],
    ],
  ])('%s', async (_, after, expected) => {
    expect(await assess({}, after)).toEqual(expected)
  })
})
