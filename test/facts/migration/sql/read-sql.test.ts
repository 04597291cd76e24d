import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OperationBody } from '../../../../src/facts/migration/operation.ts'
import { loadPostgresParser, type PostgresParser } from '../../../../src/facts/migration/sql/postgres-parser.ts'
import { guessDialect, readSql } from '../../../../src/facts/migration/sql/read-sql.ts'
import { splitStatements } from '../../../../src/facts/migration/sql/statements.ts'
import type { SqlDialect } from '../../../../src/facts/migration/sql/tokens.ts'

let postgres: PostgresParser
beforeAll(async () => {
  postgres = await loadPostgresParser()
})

function bodies(sql: string, dialect: SqlDialect, parser: PostgresParser | null): readonly OperationBody[] {
  return readSql(sql, { dialect, postgres: parser }).map(({ line, ...body }) => {
    if (body.kind !== 'create-table') return body
    const { definition, ...rest } = body
    return rest
  })
}

const index = { kind: 'add-index', table: 't', name: 'i', columns: ['a'], unique: false, concurrently: false } as const
const constraint = { kind: 'add-constraint', table: 't', name: 'k', columns: ['a'], validated: true } as const

/** PostgreSQL's own parser and the scanner must say the same. */
const both: readonly [string, readonly OperationBody[]][] = [
  ['CREATE TABLE t (a int)', [{ kind: 'create-table', table: 't', ifNotExists: false }]],
  ['CREATE TABLE IF NOT EXISTS app."T" (a int)', [{ kind: 'create-table', table: 'T', ifNotExists: true }]],
  [
    'DROP TABLE a, app.b CASCADE',
    [
      { kind: 'drop-table', table: 'a' },
      { kind: 'drop-table', table: 'b' },
    ],
  ],
  ['ALTER TABLE t RENAME TO u', [{ kind: 'rename-table', table: 't', to: 'u' }]],
  [
    "ALTER TABLE t ADD COLUMN a varchar(20) NOT NULL DEFAULT 'x'",
    [{ kind: 'add-column', table: 't', column: 'a', type: 'varchar(20)', nullable: false, default: 'constant' }],
  ],
  [
    'ALTER TABLE t ADD a text, DROP COLUMN IF EXISTS b',
    [
      { kind: 'add-column', table: 't', column: 'a', type: 'text', nullable: true, default: 'none' },
      { kind: 'drop-column', table: 't', column: 'b' },
    ],
  ],
  [
    'ALTER TABLE t ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid()',
    [{ kind: 'add-column', table: 't', column: 'a', type: 'uuid', nullable: false, default: 'computed' }],
  ],
  ['ALTER TABLE t RENAME COLUMN a TO b', [{ kind: 'rename-column', table: 't', column: 'a', to: 'b' }]],
  ['ALTER TABLE t ALTER COLUMN a SET NOT NULL', [{ kind: 'set-not-null', table: 't', column: 'a', fill: 'none' }]],
  ['ALTER TABLE t ALTER a DROP NOT NULL', [{ kind: 'drop-not-null', table: 't', column: 'a' }]],
  ['ALTER TABLE t ALTER a SET DEFAULT 1', [{ kind: 'set-default', table: 't', column: 'a' }]],
  [
    'ALTER TABLE t ALTER a TYPE text USING a::text',
    [{ kind: 'change-type', table: 't', column: 'a', from: null, to: 'text' }],
  ],
  ['CREATE INDEX i ON t (a)', [index]],
  [
    'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t USING btree (a)',
    [{ ...index, unique: true, concurrently: true }],
  ],
  [
    'DROP INDEX CONCURRENTLY IF EXISTS i',
    [{ kind: 'drop-index', table: null, name: 'i', columns: [], concurrently: true }],
  ],
  [
    'ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (id) NOT VALID',
    [{ ...constraint, type: 'foreign-key', validated: false }],
  ],
  ['ALTER TABLE ONLY t ADD CONSTRAINT k UNIQUE (a)', [{ ...constraint, type: 'unique' }]],
  ['ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)', [{ ...constraint, type: 'check', columns: [] }]],
  ['ALTER TABLE t DROP CONSTRAINT k', [{ kind: 'drop-constraint', table: 't', name: 'k', columns: [] }]],
  ["ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad'", [{ kind: 'add-enum-value', name: 'mood', value: 'sad' }]],
  ["ALTER TYPE mood RENAME VALUE 'a' TO 'b'", [{ kind: 'rename-enum-value', name: 'mood', value: 'a', to: 'b' }]],
  ["CREATE TYPE mood AS ENUM ('a')", [{ kind: 'create-object', object: 'type', name: 'mood', replace: false }]],
  ['CREATE OR REPLACE VIEW v AS SELECT 1', [{ kind: 'create-object', object: 'view', name: 'v', replace: true }]],
  [
    'CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql',
    [{ kind: 'create-object', object: 'function', name: 'f', replace: true }],
  ],
  ['DROP FUNCTION f(int)', [{ kind: 'drop-object', object: 'function', name: 'f' }]],
  [
    'CREATE EXTENSION IF NOT EXISTS pgcrypto',
    [{ kind: 'create-object', object: 'extension', name: 'pgcrypto', replace: false }],
  ],
  ['UPDATE t SET a = 1, b = 2 WHERE c', [{ kind: 'update-rows', table: 't', columns: ['a', 'b'], where: true }]],
  ['DELETE FROM app.t', [{ kind: 'delete-rows', table: 't', where: false }]],
  ["INSERT INTO t (a) VALUES ('DROP TABLE t; -- no')", [{ kind: 'insert-rows', table: 't' }]],
  ['TRUNCATE TABLE t', [{ kind: 'truncate', table: 't' }]],
]

describe('one reading of PostgreSQL by its own parser and by the scanner', () => {
  it.each(both)('%s', (sql, expected) => {
    expect(bodies(sql, 'postgres', postgres)).toEqual(expected)
    expect(bodies(sql, 'postgres', null)).toEqual(expected)
  })
})

const others: readonly [SqlDialect, string, readonly OperationBody[]][] = [
  [
    'mysql',
    'ALTER TABLE `t` DROP `a`, ADD KEY `i` (`b`)',
    [
      { kind: 'drop-column', table: 't', column: 'a' },
      { ...index, columns: ['b'] },
    ],
  ],
  [
    'mysql',
    'ALTER TABLE t MODIFY a int NOT NULL',
    [
      { kind: 'change-type', table: 't', column: 'a', from: null, to: 'int' },
      { kind: 'set-not-null', table: 't', column: 'a', fill: 'none' },
    ],
  ],
  [
    'mysql',
    'ALTER TABLE t CHANGE COLUMN a b varchar(10)',
    [
      { kind: 'rename-column', table: 't', column: 'a', to: 'b' },
      { kind: 'change-type', table: 't', column: 'b', from: null, to: 'varchar(10)' },
    ],
  ],
  [
    'mysql',
    'ALTER TABLE t DROP FOREIGN KEY k, DROP PRIMARY KEY',
    [
      { kind: 'drop-constraint', table: 't', name: 'k', columns: [] },
      { kind: 'drop-constraint', table: 't', name: 'PRIMARY', columns: [] },
    ],
  ],
  [
    'mysql',
    'RENAME TABLE a TO b, c TO d',
    [
      { kind: 'rename-table', table: 'a', to: 'b' },
      { kind: 'rename-table', table: 'c', to: 'd' },
    ],
  ],
  [
    'mysql',
    'DROP INDEX i ON t # gone',
    [{ kind: 'drop-index', table: 't', name: 'i', columns: [], concurrently: false }],
  ],
  [
    'mssql',
    'ALTER TABLE [dbo].[T] ADD [a] INT NULL, [b] INT NOT NULL',
    [
      { kind: 'add-column', table: 'T', column: 'a', type: 'int', nullable: true, default: 'none' },
      { kind: 'add-column', table: 'T', column: 'b', type: 'int', nullable: false, default: 'none' },
    ],
  ],
  [
    'mssql',
    'ALTER TABLE T DROP COLUMN a, b',
    [
      { kind: 'drop-column', table: 'T', column: 'a' },
      { kind: 'drop-column', table: 'T', column: 'b' },
    ],
  ],
  [
    'mssql',
    'ALTER TABLE T ALTER COLUMN a NVARCHAR(10) NOT NULL',
    [
      { kind: 'change-type', table: 'T', column: 'a', from: null, to: 'nvarchar(10)' },
      { kind: 'set-not-null', table: 'T', column: 'a', fill: 'none' },
    ],
  ],
  ['mssql', "EXEC sp_rename 'dbo.T.a', 'b', 'COLUMN'", [{ kind: 'rename-column', table: 'T', column: 'a', to: 'b' }]],
  ['sqlite', 'ALTER TABLE t DROP COLUMN a', [{ kind: 'drop-column', table: 't', column: 'a' }]],
  ['sqlite', 'INSERT OR REPLACE INTO t SELECT * FROM u', [{ kind: 'insert-rows', table: 't' }]],
]

describe('other dialects by the scanner', () => {
  it.each(others)('%s: %s', (dialect, sql, expected) => {
    expect(bodies(sql, dialect, postgres)).toEqual(expected)
  })
})

describe('cutting into statements', () => {
  it('knows comments, strings, routine bodies, DELIMITER and GO', () => {
    const sql = `-- one; two
SELECT ';' ; /* ; */
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN b THEN 1 ELSE 2 END; END;
DELIMITER //
CREATE PROCEDURE p() BEGIN IF x THEN SELECT 1; END IF; END//
DELIMITER ;
DROP TABLE t
GO
DROP TABLE u`
    const cut = splitStatements(sql, 'mysql').map((statement) => [statement.line, statement.text.slice(0, 14)])
    expect(cut).toEqual([
      [2, "SELECT ';'"],
      [3, 'CREATE TRIGGER'],
      [5, 'CREATE PROCEDU'],
      [7, 'DROP TABLE t'],
      [9, 'DROP TABLE u'],
    ])
  })

  it('gives the line of each action of a long ALTER TABLE', () => {
    const sql = '\nALTER TABLE t\n  DROP COLUMN a,\n  DROP COLUMN b;'
    expect(readSql(sql, { dialect: 'postgres', postgres }, 10).map((operation) => operation.line)).toEqual([12, 13])
  })

  it('never throws and keeps lines in order, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom<SqlDialect>('postgres', 'mysql', 'mssql', 'unknown'),
        (text, dialect) => {
          const lines = readSql(`DROP TABLE a;\n${text}`, { dialect, postgres: null }).map(
            (operation) => operation.line,
          )
          expect(lines[0]).toBe(1)
          expect(lines).toEqual([...lines].sort((a, b) => a - b))
        },
      ),
    )
  })

  it('stays linear on a hostile text', () => {
    const text = '$a\'"`[/*'.repeat(40_000)
    const started = performance.now()
    readSql(text, { dialect: 'unknown', postgres: null })
    readSql('ALTER TABLE t ADD a int, '.repeat(4_000), { dialect: 'mysql', postgres: null })
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

it.each([
  ['CREATE TABLE `a` (b int) ENGINE=InnoDB', 'mysql'],
  ['SELECT 1\nGO\n', 'mssql'],
  ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)', 'sqlite'],
  ['CREATE INDEX CONCURRENTLY i ON a (b)', 'postgres'],
  ['DROP TABLE a', 'unknown'],
])('guesses the dialect of %s', (sql, dialect) => {
  expect(guessDialect(sql)).toBe(dialect)
})

it('reads the plain statements of a DO block, and calls the rest code', () => {
  const block = `DO $$
BEGIN
  IF NOT EXISTS (SELECT 1) THEN
    ALTER TABLE t DROP COLUMN a;
  END IF;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO $$ BEGIN EXECUTE format('DROP TABLE %I', x); END $$;`
  expect(readSql(block, { dialect: 'postgres', postgres })).toEqual([
    { kind: 'drop-column', table: 't', column: 'a', line: 4 },
    { kind: 'run-code', name: 'SQL built in a DO block', line: 8 },
  ])
})
