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
      ['medium made-required migrations/2026-11-01_a/up.sql:1'],
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
      ['low additive drizzle/0001_a.sql:1 (covered)'],
    ],
  ])('%s', async (_, after, expected) => {
    expect(await assess({}, after)).toEqual(expected)
  })
})
