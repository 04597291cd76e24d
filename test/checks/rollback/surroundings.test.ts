import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf, reviewFiles } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import { pair, rails } from '../../support/migration-files.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const RAILS = 'db/migrate/20261101_a.rb'
const NICK = rails('  def change\n    remove_column :users, :nick, :string\n  end')

/** What is said of the one exposure. */
async function said(before: Files, after: Files): Promise<string> {
  const { review } = await reviewFiles(reader, before, { ...before, ...after })
  const outcome = review.items.find((item) => item.id === 'rollback')?.outcome
  return outcome !== undefined && 'exposures' in outcome ? (outcome.exposures[0]?.says ?? '') : ''
}

describe('who names a column that goes', () => {
  test.each<[string, Files, Files, string | null]>([
    [
      'a file that the change touches',
      { 'app/models/user.rb': 'class User\n  validates :nick\nend\n' },
      { ...NICK, 'app/models/user.rb': 'class User\nend\n' },
      'the previous version names it (app/models/user.rb:2)',
    ],
    [
      'a file that it leaves, by the name of its table',
      { 'app/serializers/user_serializer.rb': 'attribute :nick\n' },
      NICK,
      'code that stays names it (app/serializers/user_serializer.rb:1)',
    ],
    [
      'an entity, in the words of its language',
      { 'src/UserEntity.ts': 'class UserEntity {\n  nick: string\n}\n' },
      NICK,
      'code that stays names it (src/UserEntity.ts:2)',
    ],
    [
      'a model that leaves it out',
      { 'app/models/user.rb': 'class User\n  self.ignored_columns += ["nick"]\nend\n' },
      NICK,
      'the previous version does not use it any more (app/models/user.rb:2)',
    ],
    [
      'a model that leaves out a column of an everyday name',
      { 'app/models/user.rb': 'class User\n  self.ignored_columns += ["date"]\n  def date = 1\nend\n' },
      rails('  def change\n    remove_column :users, :date, :date\n  end'),
      'the previous version does not use it any more (app/models/user.rb:2)',
    ],
    ['a file of another table', { 'app/models/order.rb': 'validates :nick\n' }, NICK, null],
    ['a test', { 'spec/models/user_spec.rb': 'expect(user.nick)\n' }, NICK, null],
    ['nobody', { 'app/models/user.rb': 'class User\nend\n' }, NICK, null],
  ])('%s', async (_, before, after, expected) => {
    const says = await said(before, after)
    expect(says).toContain('Drops column users.')
    expect(/names it|does not use it/.test(says) ? says : null).toEqual(
      expected === null ? null : expect.stringContaining(expected),
    )
  })
})

describe('a column that refuses NULL', () => {
  const required = rails('  def change\n    change_column_null :users, :nick, false\n  end')
  const model = (body: string): Files => ({ 'app/models/user.rb': `class User\n${body}end\n` })
  test.each<[string, Files, Files, string]>([
    [
      'and the code begins to write it',
      model(''),
      { ...required, ...model('  def save\n    self.nick = "x"\n  end\n') },
      'medium',
    ],
    ['and the code is as it was', model('  def save\n    self.nick = "x"\n  end\n'), required, 'low'],
  ])('%s', async (_, before, after, severity) => {
    expect(await exposuresOf(reader, 'rollback', before, { ...before, ...after })).toEqual([
      `${severity} made-required ${RAILS}:3`,
    ])
  })
})

test.each<[string, string, Files, string]>([
  ['of an earlier change', 'users_nick_null', {}, 'low restated'],
  ['that says something else', 'users_nick_length', {}, 'medium made-required'],
  [
    'of this change',
    'users_nick_null',
    {
      'db/migrate/20261100_c.rb':
        'class C < ActiveRecord::Migration[7.1]\n  def change\n    add_check_constraint :users, "nick IS NOT NULL", name: "users_nick_null", validate: false\n  end\nend\n',
    },
    'medium made-required',
  ],
])('a column that refuses NULL, in the place of a check %s', async (_, name, others, expected) => {
  const migration = rails(
    `  def up\n    change_column_null :users, :nick, false\n    remove_check_constraint :users, name: "${name}"\n  end\n\n  def down\n    add_check_constraint :users, "nick IS NOT NULL", name: "${name}"\n    change_column_null :users, :nick, true\n  end`,
  )
  const after = { ...migration, ...others, 'app/models/user.rb': 'class User\n  validates :nick\nend\n' }
  const said = await exposuresOf(reader, 'rollback', { 'app/models/user.rb': 'class User\nend\n' }, after)
  expect(said.find((one) => one.includes(`${RAILS}:3`))).toMatch(expected)
})

const aside = (n: number): Files => ({
  [`db/migrate/2026100${n}_i.rb`]: `class I${n} < ActiveRecord::Migration[7.1]\n  disable_ddl_transaction!\n  def change\n    add_index :t${n}, :a, algorithm: :concurrently\n  end\nend\n`,
})
const plain = (n: number): Files => ({
  [`db/migrate/2026100${n}_i.rb`]: `class I${n} < ActiveRecord::Migration[7.1]\n  def change\n    add_index :t${n}, :a\n  end\nend\n`,
})
const INDEX = rails('  def change\n    add_index :users, :nick\n  end')
const later = (n: number): Files => ({
  [`migrations/${n}_k.up.sql`]: `ALTER TABLE t${n} ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (id) NOT VALID;\n`,
})

describe('a lock, measured by what the team does as a rule', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    ['no habit is known', {}, INDEX, [`low additive ${RAILS}:3 (covered)`]],
    ['they build concurrently', { ...aside(1), ...aside(2), ...aside(3) }, INDEX, [`medium lock ${RAILS}:3`]],
    [
      'so does this one',
      { ...aside(1), ...aside(2), ...aside(3) },
      rails('  disable_ddl_transaction!\n  def change\n    add_index :users, :nick, algorithm: :concurrently\n  end'),
      [`low additive ${RAILS}:4 (covered)`],
    ],
    [
      'the table is new',
      { ...aside(1), ...aside(2), ...aside(3) },
      rails(
        '  def change\n    create_table :users do |t|\n      t.string :nick\n    end\n    add_index :users, :nick\n  end',
      ),
      [`low additive ${RAILS}:3 (covered)`],
    ],
    [
      'the view is new',
      Object.fromEntries(
        [1, 2, 3].map((n) => [`migrations/${n}_k.up.sql`, `CREATE INDEX CONCURRENTLY i ON t${n} (a);\n`]),
      ),
      pair('CREATE MATERIALIZED VIEW v AS SELECT 1;\nCREATE INDEX i ON v (a);', 'DROP MATERIALIZED VIEW v;'),
      ['low additive migrations/1_a.up.sql:1 (covered)', 'low additive migrations/1_a.up.sql:2 (covered)'],
    ],
    [
      'they do it now and then',
      { ...aside(1), ...aside(2), ...aside(3), ...plain(4), ...plain(5), ...plain(6) },
      INDEX,
      [`low additive ${RAILS}:3 (covered)`],
    ],
    [
      'they look at the rows of a foreign key afterwards',
      { ...later(1), ...later(2), ...later(3) },
      pair('ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (id);', 'ALTER TABLE t DROP CONSTRAINT k;'),
      ['medium lock migrations/1_a.up.sql:1'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await exposuresOf(reader, 'rollback', before, { ...before, ...after })).toEqual(expected)
  })
})
