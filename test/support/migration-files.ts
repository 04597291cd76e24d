import type { Files } from './memory-source.ts'

/** A migration of each framework as a file, from what it does. */
export const rails = (body: string): Files => ({
  'db/migrate/20261101_a.rb': `class A < ActiveRecord::Migration[7.1]\n${body}\nend\n`,
})
export const django = (operations: string): Files => ({
  'app/migrations/0002_a.py': `from django.db import migrations, models\n\nclass Migration(migrations.Migration):\n    operations = [\n        ${operations}\n    ]\n`,
})
export const alembic = (up: string, down: string): Files => ({
  'migrations/versions/a1.py': `from alembic import op\nimport sqlalchemy as sa\ndown_revision = 'b'\n\ndef upgrade():\n    ${up}\n\ndef downgrade():\n    ${down}\n`,
})
export const laravel = (up: string, down: string | null): Files => ({
  'database/migrations/2026_11_01_a.php': `<?php\nuse Illuminate\\Database\\Migrations\\Migration;\nreturn new class extends Migration {\n  public function up(): void {\n    ${up}\n  }\n${down === null ? '' : `  public function down(): void {\n    ${down}\n  }\n`}};\n`,
})
export const knex = (up: string, down: string): Files => ({
  'migrations/20261101_a.js': `exports.up = async (knex) => {\n  ${up}\n}\nexports.down = async (knex) => {\n  ${down}\n}\n`,
})
export const sequelize = (up: string, down: string): Files => ({
  'migrations/20261101-a.js': `module.exports = {\n  async up(queryInterface, Sequelize) {\n    ${up}\n  },\n  async down(queryInterface) {\n    ${down}\n  },\n}\n`,
})
export const typeorm = (up: string, down: string): Files => ({
  'src/migration/1700-A.ts': `import { MigrationInterface, QueryRunner } from 'typeorm'\nexport class A1700 implements MigrationInterface {\n  public async up(queryRunner: QueryRunner): Promise<void> {\n    ${up}\n  }\n  public async down(queryRunner: QueryRunner): Promise<void> {\n    ${down}\n  }\n}\n`,
})
export const efCore = (up: string, down: string): Files => ({
  'Data/Migrations/20261101_A.cs': `public partial class A : Migration {\n  protected override void Up(MigrationBuilder migrationBuilder) {\n    ${up}\n  }\n  protected override void Down(MigrationBuilder migrationBuilder) {\n    ${down}\n  }\n}\n`,
})
export const ecto = (body: string): Files => ({
  'priv/repo/migrations/20261101_a.exs': `defmodule A do\n  use Ecto.Migration\n\n${body}\nend\n`,
})
export const liquibase = (changes: string): Files => ({
  'db/changelog.xml': `<databaseChangeLog>\n<changeSet id="1" author="a">\n${changes}\n</changeSet>\n</databaseChangeLog>\n`,
})
export const goose = (up: string, down: string): Files => ({
  'migrations/001_a.sql': `-- +goose Up\n${up}\n\n-- +goose Down\n${down}\n`,
})
export const dbmate = (up: string, down: string): Files => ({
  'db/migrations/001_a.sql': `-- migrate:up\n${up}\n\n-- migrate:down\n${down}\n`,
})
export const pair = (up: string, down: string | null): Files => ({
  'migrations/1_a.up.sql': `${up}\n`,
  ...(down === null ? {} : { 'migrations/1_a.down.sql': `${down}\n` }),
})
export const diesel = (up: string, down: string): Files => ({
  'migrations/2026-11-01_a/up.sql': `${up}\n`,
  'migrations/2026-11-01_a/down.sql': `${down}\n`,
})
export const prisma = (up: string): Files => ({ 'prisma/migrations/20261101000000_a/migration.sql': `${up}\n` })
export const flyway = (up: string): Files => ({ 'src/main/resources/db/migration/V2__a.sql': `${up}\n` })
export const drizzle = (up: string): Files => ({ 'drizzle/0001_a.sql': `${up}\n`, 'drizzle/meta/_journal.json': '{}' })
export const kysely = (up: string, down: string): Files => ({
  'migrations/20261101-a.ts': `import { type Kysely, sql } from 'kysely'\nexport async function up(db: Kysely<unknown>) {\n  ${up}\n}\nexport async function down(db: Kysely<unknown>) {\n  ${down}\n}\n`,
})
export const phinx = (body: string): Files => ({
  'config/Migrations/20261101120000_A.php': `<?php\nuse Migrations\\AbstractMigration;\nclass A extends AbstractMigration {\n${body}\n}\n`,
})
export const fluentMigrator = (up: string, down: string, base = 'Migration'): Files => ({
  'Data/Migration/001_a.cs': `using FluentMigrator;\n[Migration(1)]\npublic class A : ${base} {\n  public override void Up() {\n    ${up}\n  }\n  public override void Down() {\n    ${down}\n  }\n}\n`,
})
export const gooseGo = (up: string, down: string): Files => ({
  'db/migrations/20261101_a.go': `package migrations\n\nfunc init() {\n\tgoose.AddMigrationContext(upA, downA)\n}\n\nfunc upA(ctx context.Context, tx *sql.Tx) error {\n\t${up}\n\treturn nil\n}\n\nfunc downA(ctx context.Context, tx *sql.Tx) error {\n\t${down}\n\treturn nil\n}\n`,
})
export const mongo = (up: string, down: string): Files => ({
  'migrations/20261101-a.js': `module.exports = {\n  async up(db) {\n    ${up}\n  },\n  async down(db) {\n    ${down}\n  },\n}\n`,
})
export const liquibaseYaml = (changes: string, rollback = ''): Files => ({
  'db/changelog/1.yaml': `databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: a\n      changes:\n${changes}${rollback}`,
})
