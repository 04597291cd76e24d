import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import {
  alembic,
  ecto,
  efCore,
  knex,
  laravel,
  liquibase,
  rails,
  sequelize,
  typeorm,
} from '../../support/migration-files.ts'

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

describe('each framework: what is lossy, what is not', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'Rails: a new table',
      rails('  def change\n    create_table :orders do |t|\n      t.string :name\n    end\n  end'),
      ['low additive db/migrate/20261101_a.rb:3 (covered)'],
    ],
    [
      'Rails: a dropped column that change can put back',
      rails('  def change\n    remove_column :users, :nick, :string\n  end'),
      ['high data-lost db/migrate/20261101_a.rb:3'],
    ],
    [
      'Rails: a dropped table without its columns',
      rails('  def change\n    drop_table :orders\n  end'),
      ['high data-lost db/migrate/20261101_a.rb:3'],
    ],
    [
      'Rails: rows changed without a way down',
      rails('  def up\n    User.update_all(a: 1)\n  end\n\n  def down\n  end'),
      ['medium data-changed db/migrate/20261101_a.rb:3'],
    ],
    [
      'Rails: SQL in a heredoc that a method is called on',
      rails(
        '  def up\n    execute <<~SQL.squish\n      UPDATE users SET a = 1 WHERE a IS NULL\n    SQL\n  end\n\n  def down\n  end',
      ),
      ['low backfill db/migrate/20261101_a.rb:4 (covered)'],
    ],
    [
      'Alembic: a column and its down',
      alembic("op.add_column('t', sa.Column('c', sa.String(), nullable=True))", "op.drop_column('t', 'c')"),
      ['low additive migrations/versions/a1.py:6 (covered)'],
    ],
    [
      'Alembic: a down that forgets',
      alembic(
        "op.add_column('t', sa.Column('c', sa.String()))\n    op.create_table('u', sa.Column('id'))",
        "op.drop_table('u')",
      ),
      ['medium down-wrong migrations/versions/a1.py:6', 'low additive migrations/versions/a1.py:7 (covered)'],
    ],
    [
      'Alembic: a narrower type',
      alembic(
        "op.alter_column('t', 'c', existing_type=sa.String(length=200), type_=sa.String(length=50))",
        "op.alter_column('t', 'c', existing_type=sa.String(length=50), type_=sa.String(length=200))",
      ),
      ['high type-narrowed migrations/versions/a1.py:6'],
    ],
    [
      'Laravel: a column that must be given',
      laravel(
        "Schema::table('t', function (Blueprint $table) {\n      $table->string('c');\n    });",
        "Schema::table('t', function (Blueprint $table) {\n      $table->dropColumn('c');\n    });",
      ),
      ['high required-column database/migrations/2026_11_01_a.php:6'],
    ],
    [
      'Laravel: a column with a default, no down',
      laravel(
        "Schema::table('t', function (Blueprint $table) {\n      $table->string('c')->default('x');\n    });",
        null,
      ),
      ['low additive database/migrations/2026_11_01_a.php:6 (covered)'],
    ],
    [
      'Laravel: a wider key, no down',
      laravel(
        "Schema::table('t', function (Blueprint $table) {\n      $table->unsignedBigInteger('id')->change();\n    });",
        null,
      ),
      ['medium type-changed database/migrations/2026_11_01_a.php:6'],
    ],
    [
      'Laravel: a wider number, no down',
      laravel(
        "Schema::table('t', function (Blueprint $table) {\n      $table->unsignedBigInteger('hits')->change();\n    });",
        null,
      ),
      ['low type-widened database/migrations/2026_11_01_a.php:6'],
    ],
    [
      'Laravel: a changed column, no down',
      laravel("Schema::table('t', function (Blueprint $table) {\n      $table->string('c')->change();\n    });", null),
      ['medium type-changed database/migrations/2026_11_01_a.php:6'],
    ],
    [
      'Knex: a dropped column',
      knex(
        "await knex.schema.alterTable('t', (t) => {\n    t.dropColumn('c')\n  })",
        "await knex.schema.alterTable('t', (t) => {\n    t.string('c')\n  })",
      ),
      ['high data-lost migrations/20261101_a.js:3'],
    ],
    [
      'Knex: a new table',
      knex("await knex.schema.createTable('t', (t) => { t.increments() })", "await knex.schema.dropTable('t')"),
      ['low additive migrations/20261101_a.js:2 (covered)'],
    ],
    [
      'Sequelize: a column without NULL',
      sequelize(
        "await queryInterface.addColumn('t', 'c', { type: Sequelize.STRING, allowNull: false })",
        "await queryInterface.removeColumn('t', 'c')",
      ),
      ['high required-column migrations/20261101-a.js:3'],
    ],
    [
      'TypeORM: SQL both ways',
      typeorm(
        'await queryRunner.query(`ALTER TABLE "t" ADD "c" text`)',
        'await queryRunner.query(`ALTER TABLE "t" DROP COLUMN "c"`)',
      ),
      ['low additive src/migration/1700-A.ts:4 (covered)'],
    ],
    [
      'TypeORM: a renamed column',
      typeorm(
        'await queryRunner.query(`ALTER TABLE "t" RENAME COLUMN "a" TO "b"`)',
        'await queryRunner.query(`ALTER TABLE "t" RENAME COLUMN "b" TO "a"`)',
      ),
      ['medium renamed src/migration/1700-A.ts:4'],
    ],
    [
      'EF Core: a dropped column',
      efCore(
        'migrationBuilder.DropColumn(name: "c", table: "t");',
        'migrationBuilder.AddColumn<string>(name: "c", table: "t", nullable: true);',
      ),
      ['high data-lost Data/Migrations/20261101_A.cs:3'],
    ],
    [
      'EF Core: a new table',
      efCore(
        'migrationBuilder.CreateTable(name: "t", columns: table => new { Id = table.Column<int>(nullable: false) });',
        'migrationBuilder.DropTable(name: "t");',
      ),
      ['low additive Data/Migrations/20261101_A.cs:3 (covered)'],
    ],
    [
      'Liquibase: a column, by itself',
      liquibase('<addColumn tableName="t"><column name="c" type="int"/></addColumn>'),
      ['low additive db/changelog.xml:3 (covered)'],
    ],
    [
      'Liquibase: a column that must be given',
      liquibase(
        '<addColumn tableName="t"><column name="c" type="int"><constraints nullable="false"/></column></addColumn>',
      ),
      ['high required-column db/changelog.xml:3'],
    ],
    [
      'Liquibase: a type, not back',
      liquibase('<modifyDataType tableName="t" columnName="c" newDataType="int"/>'),
      ['medium type-changed db/changelog.xml:3'],
    ],
    [
      'Liquibase: SQL with its rollback',
      liquibase(
        '<!-- <dropTable/> -->\n<sql><![CDATA[UPDATE t SET a = 1 WHERE a < 2]]></sql>\n<rollback>UPDATE t SET a = 0 WHERE a = 1</rollback>',
      ),
      ['low data-changed db/changelog.xml:4 (covered)'],
    ],
    [
      'Alembic: a new name, and NULL is refused both ways',
      alembic(
        "op.alter_column('t', 'a', nullable=False, new_column_name='b')",
        "op.alter_column('t', 'b', nullable=False, new_column_name='a')",
      ),
      ['medium renamed migrations/versions/a1.py:6'],
    ],
    [
      'Liquibase: a constraint, where nobody writes a way back',
      liquibase(
        '<addColumn tableName="t"><column name="c" type="int"/></addColumn>\n</changeSet>\n<changeSet id="2" author="a"/>\n<changeSet id="3" author="a">\n<dropUniqueConstraint tableName="t" constraintName="k"/>',
      ),
      ['low additive db/changelog.xml:3 (covered)', 'low constraint-dropped db/changelog.xml:7'],
    ],
    [
      'Liquibase: a constraint, not back',
      liquibase('<dropUniqueConstraint tableName="t" constraintName="k"/>'),
      ['medium down-refused db/changelog.xml:3'],
    ],
    [
      'Ecto: a column and a table',
      ecto(
        '  def change do\n    alter table(:users) do\n      add :nick, :string, default: "x", null: false\n    end\n\n    create table("orders") do\n      add(:name, :string)\n    end\n  end',
      ),
      ['low additive priv/repo/migrations/20261101_a.exs:6 (covered)'],
    ],
    [
      'Ecto: a column without its type',
      ecto('  def change do\n    alter table(:users) do\n      remove :nick\n    end\n  end'),
      ['high data-lost priv/repo/migrations/20261101_a.exs:6'],
    ],
    [
      'Ecto: a type written again to let a column be NULL',
      ecto(
        '  def up do\n    alter table(:users) do\n      modify :nick, :string, null: true\n    end\n  end\n\n  def down do\n    :ok\n  end',
      ),
      ['low additive priv/repo/migrations/20261101_a.exs:6 (covered)'],
    ],
    [
      'Ecto: SQL in change without its inverse',
      ecto('  def change do\n    execute "UPDATE users SET nick = lower(nick)"\n  end'),
      ['medium data-changed priv/repo/migrations/20261101_a.exs:5'],
    ],
    [
      'Ecto: renamed, both ways',
      ecto(
        '  def up do\n    rename table(:users), :nick, to: :name\n  end\n\n  def down do\n    rename table(:users), :name, to: :nick\n  end',
      ),
      ['medium renamed priv/repo/migrations/20261101_a.exs:5'],
    ],
    [
      'Ecto: an index built aside',
      ecto(
        '  @disable_ddl_transaction true\n\n  def change do\n    create index(:users, [:nick],\n             concurrently: true\n           )\n  end',
      ),
      ['low additive priv/repo/migrations/20261101_a.exs:7 (covered)'],
    ],
    [
      'Alembic: a helper deletes rows',
      alembic('merge()', 'pass\n\ndef merge():\n    session.delete(other)\n    merge()'),
      ['high data-deleted migrations/versions/a1.py:12'],
    ],
  ])('%s', async (_, after, expected) => {
    expect(await assess({}, after)).toEqual(expected)
  })
})
