import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
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
    [
      'a number becomes text: what is no number comes in, and does not go back',
      'IntegerField(null=True)',
      'TextField(null=True)',
      ['medium type-changed app/migrations/0002_a.py:4'],
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

  test.each<[string, Files, string, readonly string[]]>([
    [
      'it gets longer',
      { 'V1__a.sql': 'CREATE TABLE app.users (id int NOT NULL, nick varchar(40) NOT NULL);' },
      'ALTER TABLE users ALTER COLUMN nick TYPE varchar(50);',
      ['low type-widened V3__c.sql:1'],
    ],
    [
      'it gets shorter than the last of them made it',
      {
        'V1__a.sql': 'CREATE TABLE users (nick varchar(40));',
        'V2__b.sql': 'ALTER TABLE users ALTER COLUMN nick TYPE character varying(60) USING nick::varchar(60);',
      },
      'ALTER TABLE users ALTER COLUMN nick TYPE varchar(50);',
      ['high type-narrowed V3__c.sql:1'],
    ],
    [
      'a number becomes text',
      { 'V1__a.sql': 'ALTER TABLE users ADD COLUMN nick bigint DEFAULT 0;' },
      'ALTER TABLE users ALTER COLUMN nick TYPE text;',
      ['medium type-changed V3__c.sql:1'],
    ],
    [
      'a table that was made long ago',
      {
        'V1__a.sql': 'CREATE TABLE users (nick varchar(40));',
        ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`V2_${10 + i}__b.sql`, `SELECT ${i};`])),
      },
      'ALTER TABLE users ALTER COLUMN nick TYPE varchar(50);',
      ['low type-widened V3__c.sql:1'],
    ],
    [
      'a column of another kind of database',
      { 'sqlite/V1__a.sql': 'CREATE TABLE users (nick text);', 'V1__a.sql': 'CREATE TABLE users (nick varchar(40));' },
      'ALTER TABLE users ALTER COLUMN nick TYPE varchar(50);',
      ['low type-widened V3__c.sql:1'],
    ],
    [
      'a column of another table',
      { 'V1__a.sql': 'CREATE TABLE orders (nick varchar(40));' },
      'ALTER TABLE users ALTER COLUMN nick TYPE varchar(50);',
      ['medium type-changed V3__c.sql:1'],
    ],
    [
      'what refused NULL before is said again',
      { 'V1__a.sql': 'CREATE TABLE `users` (`nick` varchar(16) NOT NULL, CONSTRAINT `k` UNIQUE(`nick`));' },
      'ALTER TABLE `users` MODIFY COLUMN `nick` varchar(64) NOT NULL;',
      ['low type-widened V3__c.sql:1'],
    ],
    [
      'NULL is refused from now on, and was not before',
      { 'V1__a.sql': 'CREATE TABLE `users` (`nick` varchar(16) NULL, `other` int NOT NULL);' },
      'ALTER TABLE `users` MODIFY COLUMN `nick` varchar(64) NOT NULL;',
      ['low made-required V3__c.sql:1', 'low type-widened V3__c.sql:1'],
    ],
  ])('SQL migrations: %s', async (_, before, migration, expected) => {
    const at = (files: Files): Files =>
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`db/migration/${name}`, text]))
    const after = at({ ...before, 'V3__c.sql': `${migration}\n` })
    const said = await exposuresOf(reader, 'rollback', at(before), after)
    expect(said.map((one) => one.replace('db/migration/', ''))).toEqual(expected)
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
})
