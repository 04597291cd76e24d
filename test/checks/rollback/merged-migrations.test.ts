import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import { knex, pair, prisma, typeorm } from '../../support/migration-files.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const RAILS = 'db/migrate/1_a.rb'
const rails = (body: string): Files => ({
  [RAILS]: `class A < ActiveRecord::Migration[7.1]\n  def change\n    ${body}\n  end\nend\n`,
})
const LOG = (...ids: readonly string[]): Files => ({
  'db/changelog.xml': `<databaseChangeLog>\n${ids.map((id) => `<changeSet id="${id}"><dropTable tableName="t${id}"/></changeSet>\n`).join('')}</databaseChangeLog>`,
})
const TABLE = (path: string, type: string, more = ''): Files => ({
  [path]: `<databaseChangeLog>\n<changeSet id="1">${more}<createTable tableName="t"><column name="c" type="${type}" remarks="${type}"/></createTable></changeSet>\n</databaseChangeLog>`,
})
const old = (n: number, type: string): Files => ({
  [`db/migrate/${n}_t.rb`]: rails(`add_column :t${n}, :b, :${type}`)[RAILS] ?? '',
})
const model = (field: string): Files => ({
  'app/migrations/0001_a.py': `from django.db import migrations, models\nclass Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name='T', fields=[('a', ${field})])]\n`,
})
const NOW = '2026-11-20T12:00:00Z'
const FLYWAY = 'db/migration/V1__a.sql'

describe('a migration that was merged already', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'does something else now',
      rails('add_column :a, :b, :string'),
      rails('add_column :a, :c, :string'),
      [`medium migration-edited ${RAILS}:3`],
    ],
    [
      'is only written differently',
      rails('add_column :a, :b, :string'),
      rails("# why\n    add_column(:a, 'b', :string)"),
      [],
    ],
    [
      'makes its table of something else',
      rails('create_table :a do |t|\n      t.string :b\n    end'),
      rails('create_table :a do |t|\n      t.text :b\n    end'),
      [`medium migration-edited ${RAILS}:3`],
    ],
    [
      'makes the same table, laid out otherwise',
      rails('create_table :a do |t|\n      t.string :b\n    end'),
      rails('create_table(:a) { |t| t.string("b") }'),
      [],
    ],
    [
      'is edited for fresh databases, and a new one does it for the others',
      rails('create_table :a do |t|\n      t.string :b\n    end'),
      {
        ...rails('create_table :a do |t|\n      t.string :b\n      t.string :c\n    end'),
        'db/migrate/2_c.rb': rails('add_column :a, :c, :string')[RAILS] ?? '',
      },
      [`low migration-edited ${RAILS}:3`, 'low additive db/migrate/2_c.rb:3 (covered)'],
    ],
    [
      'stops at its checksum',
      { [FLYWAY]: 'CREATE TABLE a (b int);' },
      { [FLYWAY]: 'CREATE TABLE a (b int);\nCREATE TABLE c (d int);' },
      [`high migration-edited ${FLYWAY}:2`],
    ],
    [
      'changes the same rows otherwise',
      rails('execute "UPDATE a SET b = 1"'),
      rails('execute "UPDATE a SET b = 1, c = 2"'),
      [`low migration-edited ${RAILS}:3`],
    ],
    [
      'deletes rows now',
      rails('execute "UPDATE a SET b = 1"'),
      rails('execute "DELETE FROM a"'),
      [`medium migration-edited ${RAILS}:3`],
    ],
    [
      'stops at its checksum for a comment',
      { [FLYWAY]: 'CREATE TABLE a (b int);' },
      { [FLYWAY]: '-- a table\nCREATE TABLE a (b int);' },
      [`high migration-edited ${FLYWAY}:2`],
    ],
    ['has other line ends', { [FLYWAY]: 'CREATE TABLE a (b int);\n' }, { [FLYWAY]: 'CREATE TABLE a (b int);\r\n' }, []],
    [
      'is one of many that get the same treatment',
      { ...old(1, 'string'), ...old(2, 'string'), ...old(3, 'string') },
      { ...old(1, 'text'), ...old(2, 'text'), ...old(3, 'text') },
      ['medium migration-edited db/migrate/1_t.rb:3'],
    ],
    [
      'goes with its whole folder',
      knex("await knex.schema.createTable('t', (t) => { t.increments() })", ''),
      { 'x.js': '' },
      ['low migration-removed migrations/20261101_a.js:2'],
    ],
    [
      'says otherwise what the database does not hear of',
      model("models.CharField(max_length=9, choices=[('a', 'A')], help_text='x')"),
      model("models.CharField(max_length=9, choices=[('a', 'A'), ('b', 'B')])"),
      [],
    ],
    [
      'is for the machines of developers',
      { 'db/migration/dev/V1__a.sql': 'CREATE TABLE a (b int);' },
      { 'db/migration/dev/V1__a.sql': 'DROP TABLE a;' },
      ['not-applicable: No migration, contract or infrastructure that holds data was changed'],
    ],
    ['is a changelog that grows', LOG('1'), LOG('1', '2'), ['high data-lost db/changelog.xml:3']],
    [
      'is a change set that makes its table of something else',
      TABLE('db/changelog.xml', 'TEXT'),
      TABLE('db/changelog.xml', 'MEDIUMTEXT'),
      ['high migration-edited db/changelog.xml:2'],
    ],
    [
      'is the same, and its former checksum is declared valid',
      TABLE('db/changelog.xml', 'TEXT'),
      TABLE('db/changelog.xml', 'MEDIUMTEXT', '<validCheckSum>8:b962</validCheckSum>'),
      ['low migration-edited db/changelog.xml:2'],
    ],
    [
      'is the same, in the changelog of the latest release',
      TABLE('liquibase-2.9.x.xml', 'TEXT'),
      TABLE('liquibase-2.9.x.xml', 'MEDIUMTEXT'),
      ['low migration-edited liquibase-2.9.x.xml:2'],
    ],
    ['is a changelog that loses a set', LOG('1', '2'), LOG('2'), ['high migration-edited db/changelog.xml:2']],
    ['is taken away', rails('add_column :a, :b, :string'), { 'x.rb': '' }, [`medium migration-removed ${RAILS}:3`]],
    [
      'is replaced by one that does the same',
      rails('add_column :a, :b, :string'),
      { 'db/migrate/2_a.rb': rails('add_column :a, :b, :string')[RAILS] ?? '' },
      [`low migration-removed ${RAILS}:3`, 'low additive db/migrate/2_a.rb:3 (covered)'],
    ],
    [
      'is repeatable, and runs again',
      { 'db/migration/R__v.sql': 'CREATE VIEW v AS SELECT 1;' },
      { 'db/migration/R__v.sql': 'CREATE OR REPLACE VIEW v AS SELECT 2;' },
      ['low additive db/migration/R__v.sql:1 (covered)'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual(expected)
  })

  test.each<[string, string, string, readonly string[]]>([
    ['is young', 'db/migrate/20261120090000_a.rb', NOW, ['low migration-edited db/migrate/20261120090000_a.rb:3']],
    ['is older', 'db/migrate/20261118090000_a.rb', NOW, ['medium migration-edited db/migrate/20261118090000_a.rb:3']],
    [
      'has a date, the change has none',
      'db/migrate/20261120_a.rb',
      '',
      ['medium migration-edited db/migrate/20261120_a.rb:3'],
    ],
  ])('is edited and %s', async (_, path, asOf, expected) => {
    const [before, after] = ['add_column :a, :b, :string', 'add_column :a, :c, :string'].map((body) => ({
      [path]: rails(body)[RAILS] ?? '',
    }))
    const options = asOf === '' ? {} : { asOf }
    expect(await exposuresOf(reader, 'rollback', before ?? {}, after ?? {}, options)).toEqual(expected)
  })

  test('only looks first', async () => {
    const up = (body: string) => typeorm(body, "await queryRunner.query('DROP TABLE t')")
    const before = up("await queryRunner.query('CREATE TABLE t (a int)')")
    const after = up("await queryRunner.query('SELECT 1')\n    await queryRunner.query('CREATE TABLE t (a int)')")
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual([])
  })

  test.each<[string, Files, string, string, readonly string[]]>([
    [
      'golang-migrate goes by the number',
      pair('DROP TABLE t;', null),
      'migrations/1_a.up.sql',
      'migrations/pg/1_a.up.sql',
      [],
    ],
    [
      'Alembic goes by the revision',
      {
        'migrations/versions/a.py': "from alembic import op\nrevision = 'x'\ndef upgrade():\n    op.drop_table('t')\n",
      },
      'migrations/versions/a.py',
      'migrations/versions/b.py',
      [],
    ],
    [
      'TypeORM goes by the class',
      typeorm("await queryRunner.query('DROP TABLE t')", ''),
      'src/migration/1700-A.ts',
      'src/migration/pg/1700-A.ts',
      [],
    ],
    [
      'Knex goes by the file',
      knex("await knex.schema.dropTable('t')", ''),
      'migrations/20261101_a.js',
      'migrations/20261102_a.js',
      ['medium migration-renamed migrations/20261102_a.js:2'],
    ],
    ['its folder moves', rails('add_column :a, :b, :string'), RAILS, 'api/db/migrate/1_a.rb', []],
    [
      'Prisma goes by the folder of one migration',
      prisma('DROP TABLE t;'),
      'prisma/migrations/20261101000000_a/migration.sql',
      'packages/db/prisma/migrations/20261101000000_a/migration.sql',
      [],
    ],
  ])('is renamed: %s', async (_, before, from, to, expected) => {
    const after = { [to]: before[from] ?? '' }
    expect(await exposuresOf(reader, 'rollback', before, after, { renames: { [to]: from } })).toEqual(expected)
  })

  test('looks like a new one, and git takes both for one', async () => {
    const before = { 'db/migrate/1_a.rb': rails('add_column :a, :b, :string')[RAILS] ?? '' }
    const after = { 'db/migrate/2_b.rb': rails('remove_column :a, :c, :string')[RAILS] ?? '' }
    expect(await exposuresOf(reader, 'rollback', before, after, { renames: { 'db/migrate/2_b.rb': RAILS } })).toEqual([
      `medium migration-removed ${RAILS}:3`,
      'high data-lost db/migrate/2_b.rb:3',
    ])
  })

  test.each<[string, Files, string]>([
    ['and is the one of the latest release', {}, 'low'],
    ['and a later release has one', { 'migrations/0051_2.3.0_schema.up.sql': 'SELECT 1;' }, 'medium'],
  ])('is edited %s', async (_, others, severity) => {
    const path = 'migrations/0050_2.2.0_schema.up.sql'
    const before = { ...others, [path]: 'CREATE TABLE a (b int);' }
    const after = { ...others, [path]: 'CREATE TABLE a (b text);' }
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual([`${severity} migration-edited ${path}:1`])
  })

  test('is a script that is started by hand, and is run again', async () => {
    const path = 'data-migrations/1_a/data-migration.ts'
    const script = (value: string) => ({
      [path]: `export const run = async () => {\n  await prisma.user.updateMany({ data: { name: '${value}' } })\n}\n`,
    })
    expect(await exposuresOf(reader, 'rollback', script('a'), script('b'))).toEqual([`medium data-changed ${path}:2`])
  })

  test('is taken along into a second folder', async () => {
    const before = knex("await knex.schema.dropTable('t')", '')
    const after = { ...before, 'migrations/sqlite/20261101_a.js': before['migrations/20261101_a.js'] ?? '' }
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual([])
  })

  test.each<[string, string, readonly string[]]>([
    ['keeps its number', 'db/migrate/1_b.rb', []],
    ['gets another number', 'db/migrate/2_a.rb', ['medium migration-renamed db/migrate/2_a.rb:3']],
  ])('is renamed and %s', async (_, path, expected) => {
    const before = rails('add_column :a, :b, :string')
    const after = { [path]: before[RAILS] ?? '' }
    expect(await exposuresOf(reader, 'rollback', before, after, { renames: { [path]: RAILS } })).toEqual(expected)
  })
})
