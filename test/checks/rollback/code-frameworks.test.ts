import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import { fluentMigrator, gooseGo, kysely, liquibaseYaml, mongo, phinx } from '../../support/migration-files.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const KYSELY = 'migrations/20261101-a.ts'
const PHINX = 'config/Migrations/20261101120000_A.php'
const FLUENT = 'Data/Migration/001_a.cs'
const GO = 'db/migrations/20261101_a.go'
const MONGO = 'migrations/20261101-a.js'
const YAML = 'db/changelog/1.yaml'

describe('frameworks that write a step as a chain of calls', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'Kysely: the columns of a new table are part of it',
      kysely(
        "await db.schema.createTable('t')\n    .addColumn('a', 'text', (col) => col.notNull())\n    .addForeignKeyConstraint('fk', ['a'], 'u', ['id'])\n    .execute()",
        "await db.schema.dropTable('t').execute()",
      ),
      [`low additive ${KYSELY}:3 (covered)`],
    ],
    [
      'A script of the team: an object with both ways',
      {
        'packages/schemas/alterations/next-1764653048-a.ts':
          'const alteration: AlterationScript = {\n  up: async (pool) => {\n    await pool.query(sql`\n      alter table t\n      drop column c;\n    `);\n  },\n  down: async (pool) => {\n    await pool.query(sql`alter table t add column c text;`);\n  },\n};\n\nexport default alteration;\n',
      },
      ['high data-lost packages/schemas/alterations/next-1764653048-a.ts:5'],
    ],
    [
      'Kysely: a dropped column',
      kysely(
        "await db.schema.alterTable('t').dropColumn('c').execute()",
        "await db.schema.alterTable('t').addColumn('c', 'text').execute()",
      ),
      [`high data-lost ${KYSELY}:3`],
    ],
    [
      'Kysely: a column that must be given',
      kysely(
        "await db.schema.alterTable('t').addColumn('c', 'text', (col) => col.notNull()).execute()",
        "await db.schema.alterTable('t').dropColumn('c').execute()",
      ),
      [`high required-column ${KYSELY}:3`],
    ],
    [
      'Kysely: an index and SQL, both ways',
      kysely(
        "await db.schema.createIndex('i').on('t').columns(['a']).execute()\n  await sql`CREATE INDEX j ON t (b)`.execute(db)",
        "await db.schema.dropIndex('i').execute()\n  await sql`DROP INDEX j`.execute(db)",
      ),
      [`low additive ${KYSELY}:3 (covered)`],
    ],
    [
      'Phinx: a column that change can take back',
      phinx(
        "  public function change() {\n    $this->table('t')->addColumn('c', 'string', ['null' => true])->update();\n  }",
      ),
      [`low additive ${PHINX}:5 (covered)`],
    ],
    [
      'Phinx: a table through a variable',
      phinx(
        "  public function up() {\n    $t = $this->table('t');\n    $t->removeColumn('c');\n    $t->update();\n  }\n  public function down() {\n    $t = $this->table('t');\n    $t->addColumn('c', 'string')->update();\n  }",
      ),
      [`high data-lost ${PHINX}:6`],
    ],
    [
      'Phinx: a new table',
      phinx(
        "  public function change() {\n    $t = $this->table('t');\n    $t->addColumn('a', 'string', ['null' => false])->create();\n  }",
      ),
      [`low additive ${PHINX}:6 (covered)`],
    ],
    [
      'Phinx: SQL in change does not come back',
      phinx('  public function change() {\n    $this->execute("UPDATE t SET a = 1");\n  }'),
      [`medium data-changed ${PHINX}:5`],
    ],
    [
      'FluentMigrator: a dropped column',
      fluentMigrator('Delete.Column("C").FromTable("T");', 'Alter.Table("T").AddColumn("C").AsString().Nullable();'),
      [`high data-lost ${FLUENT}:5`],
    ],
    [
      'FluentMigrator: a new table, and one more column elsewhere',
      fluentMigrator(
        'Create.Table("T").WithColumn("A").AsString().NotNullable();\n    Alter.Table("U").AddColumn("B").AsBoolean().WithDefaultValue(false).NotNullable();',
        'Delete.Table("T");\n    Delete.Column("B").FromTable("U");',
      ),
      [`low additive ${FLUENT}:5 (covered)`],
    ],
    [
      'FluentMigrator: rows changed, an empty way down',
      fluentMigrator('Update.Table("T").Set(new { A = "b" }).Where(new { C = "d" });', ''),
      [`medium data-changed ${FLUENT}:5`],
    ],
    [
      'FluentMigrator: it goes forward only',
      fluentMigrator('Rename.Column("A").OnTable("T").To("B");', '', 'ForwardOnlyMigration'),
      [`medium renamed ${FLUENT}:5`],
    ],
    [
      'goose in Go: a dropped column',
      gooseGo(
        '_, err := tx.ExecContext(ctx, `\nALTER TABLE t DROP COLUMN c;\n`)',
        '_, err := tx.ExecContext(ctx, `ALTER TABLE t ADD COLUMN c text`)',
      ),
      [`high data-lost ${GO}:9`],
    ],
    [
      'goose in Go: a new table that the way down forgets',
      gooseGo('tx.Exec("CREATE TABLE t (a int)")', 'tx.Exec("DROP TABLE u")'),
      [`medium down-wrong ${GO}:8`],
    ],
    [
      'goose in Go: SQL through a helper',
      gooseGo('exec := run(ctx, tx)\n\texec("CREATE INDEX i ON t (a)")', 'tx.Exec("DROP INDEX i")'),
      [`low additive ${GO}:9 (covered)`],
    ],
    [
      'migrate-mongo: a field goes',
      mongo("await db.collection('users').updateMany({}, { $unset: { nick: '' } })", ''),
      [`high data-lost ${MONGO}:3`],
    ],
    [
      'migrate-mongo: a field is renamed, both ways',
      mongo(
        "await db.collection('users').updateMany({}, { $rename: { nick: 'name' } })",
        "await db.collection('users').updateMany({}, { $rename: { name: 'nick' } })",
      ),
      [`medium renamed ${MONGO}:3`],
    ],
    [
      'migrate-mongo: documents without a field get it',
      mongo("await db.collection('users').updateMany({ on: { $exists: false } }, { $set: { on: true } })", ''),
      [`low backfill ${MONGO}:3 (covered)`],
    ],
  ])('%s', async (_, after, expected) => {
    expect(await exposuresOf(reader, 'rollback', {}, after)).toEqual(expected)
  })
})

const json = (change: string): Files => ({
  'db/changelog/1.json': `{ "databaseChangeLog": [\n{ "changeSet": { "id": "1", "author": "a", "changes": [\n${change}\n] } }\n] }\n`,
})

describe('Liquibase in YAML and JSON says what it says in XML', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'a new table and a column',
      liquibaseYaml(
        '        - createTable:\n            tableName: t\n            columns:\n              - column: { name: a, type: int }\n        - addColumn:\n            tableName: u\n            columns:\n              - column:\n                  name: b\n                  type: int\n                  constraints:\n                    nullable: false\n',
      ),
      [`low additive ${YAML}:6 (covered)`, `high required-column ${YAML}:10`],
    ],
    [
      'a dropped column',
      liquibaseYaml('        - dropColumn:\n            tableName: t\n            columnName: c\n'),
      [`high data-lost ${YAML}:6`],
    ],
    [
      'SQL with its rollback',
      liquibaseYaml(
        '        - sql:\n            sql: UPDATE t SET a = 1 WHERE a = 0\n',
        '      rollback: UPDATE t SET a = 0 WHERE a = 1\n',
      ),
      [`low data-changed ${YAML}:6 (covered)`],
    ],
    [
      'a rollback of changes',
      liquibaseYaml(
        '        - modifyDataType: { tableName: t, columnName: c, newDataType: text }\n',
        '      rollback:\n        - modifyDataType: { tableName: t, columnName: c, newDataType: int }\n',
      ),
      [`low type-widened ${YAML}:6 (covered)`],
    ],
    ['JSON', json('{ "dropTable": { "tableName": "t" } }'), ['high data-lost db/changelog/1.json:3']],
    [
      'another document',
      { 'db/changelog/1.yaml': 'databases:\n  - a\n' },
      ['not-applicable: No migration, contract or infrastructure that holds data was changed'],
    ],
  ])('%s', async (_, after, expected) => {
    expect(await exposuresOf(reader, 'rollback', {}, after)).toEqual(expected)
  })
})
