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

const models = (field: string): string =>
  `from django.db import models\nclass User(models.Model):\n    nick = models.${field}\n`
const alter = (field: string): string =>
  `from django.db import migrations, models\nclass Migration(migrations.Migration):\n    operations = [\n        migrations.AlterField('user', 'nick', models.${field}),\n    ]\n`

describe('what the column was before is read from the base version', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'only choices and help change',
      'CharField(max_length=20)',
      "CharField(max_length=20, help_text='x', choices=C)",
      [],
    ],
    [
      'it gets longer',
      'CharField(max_length=20)',
      'CharField(max_length=50)',
      ['low type-widened app/migrations/0002_a.py:4 (covered)'],
    ],
    [
      'it gets shorter',
      'CharField(max_length=50)',
      'CharField(max_length=20)',
      ['high type-narrowed app/migrations/0002_a.py:4'],
    ],
    [
      'the old spelling of a boolean',
      'NullBooleanField()',
      'BooleanField(null=True)',
      ['low restated app/migrations/0002_a.py:4 (covered)'],
    ],
    ['a type for the checker', 'JSONField[dict]()', 'JSONField()', []],
    [
      'one for each',
      'ForeignKey(B)',
      'OneToOneField(B)',
      ['low restated app/migrations/0002_a.py:4 (covered)', 'low tightened app/migrations/0002_a.py:4 (covered)'],
    ],
    [
      'NULL is refused, and it had a default',
      "TextField(null=True, default='')",
      "TextField(default='')",
      ['low made-required app/migrations/0002_a.py:4'],
    ],
    ['NULL is refused', 'TextField(null=True)', 'TextField()', ['low made-required app/migrations/0002_a.py:4']],
    [
      'NULL is refused, and only now it has a default',
      'TextField(null=True)',
      "TextField(default='')",
      ['medium made-required app/migrations/0002_a.py:4'],
    ],
    ['NULL is allowed', 'TextField()', 'TextField(null=True)', ['low additive app/migrations/0002_a.py:4 (covered)']],
  ])('Django: %s', async (_, was, is, expected) => {
    const before = { 'app/models.py': models(was) }
    const after = { 'app/models.py': models(is), 'app/migrations/0002_a.py': alter(is) }
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual(expected)
  })

  test.each<[string, readonly string[]]>([
    ['t.string "nick", limit: 20', ['low type-widened db/migrate/1_a.rb:3']],
    ['t.text "nick"', ['high type-narrowed db/migrate/1_a.rb:3']],
  ])('Rails: %s becomes a string of 50', async (column, expected) => {
    const schema = (line: string): string =>
      `ActiveRecord::Schema.define do\n  create_table "users" do |t|\n    ${line}\n  end\nend\n`
    const migration =
      'class A < ActiveRecord::Migration[7.1]\n  def up\n    change_column :users, :nick, :string, limit: 50\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend\n'
    const after = { 'db/schema.rb': schema('t.string "nick", limit: 50'), 'db/migrate/1_a.rb': migration }
    expect(await exposuresOf(reader, 'rollback', { 'db/schema.rb': schema(column) }, after)).toEqual(expected)
  })

  test('the previous version still names a dropped column', async () => {
    const before = { 'app/models/user.rb': 'class User\n  def label = nick_name\nend\n' }
    const after = { 'app/models/user.rb': 'class User\nend\n', ...rails('remove_column :users, :nick_name, :string') }
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual([`high data-lost ${RAILS}:3`])
  })
})
