/** A database, a migration and its way down. Whether it can go back is not written here: the check and PostgreSQL say it. */
export interface ReversibleCase {
  readonly name: string
  readonly up: string
  readonly down: string
}

/** What stands before every case. */
export const SETUP = `
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE teams (id int PRIMARY KEY, name varchar(20) NOT NULL);
CREATE TABLE users (id int PRIMARY KEY, team_id int, nick text, age int NOT NULL DEFAULT 1, feeling mood, joined timestamptz, code varchar(20),
  CONSTRAINT users_age_check CHECK (age > 0), CONSTRAINT users_nick_key UNIQUE (nick));
CREATE INDEX users_team_idx ON users (team_id);
CREATE VIEW adults AS SELECT id FROM users WHERE age >= 18;
CREATE SEQUENCE tickets;
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';
INSERT INTO teams VALUES (1, 'red'), (2, 'blue');
INSERT INTO users VALUES (1, 1, 'ann', 20, 'ok', '2026-01-02 03:04:05+00', 'abcdefghij'), (2, 2, 'bob', 30, NULL, NULL, 'klm');
`

function cases(rows: readonly (readonly [string, string, string])[]): readonly ReversibleCase[] {
  return rows.map(([name, up, down]) => ({ name, up, down }))
}

export const reversibleCases: readonly ReversibleCase[] = cases([
  ['a table', 'CREATE TABLE a (id int PRIMARY KEY)', 'DROP TABLE a'],
  [
    'two tables that refer to each other',
    'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a)',
    'DROP TABLE b; DROP TABLE a',
  ],
  [
    'a table with index and rows',
    "CREATE TABLE a (id int, n text); CREATE INDEX a_n ON a (n); INSERT INTO a VALUES (1, 'x')",
    'DROP TABLE a',
  ],
  ['a table whose down is forgotten', 'CREATE TABLE a (id int); CREATE TABLE b (id int)', 'DROP TABLE a'],
  ['a table whose down names another', 'CREATE TABLE a (id int)', 'DROP TABLE IF EXISTS b'],
  ['a column', 'ALTER TABLE users ADD COLUMN email text', 'ALTER TABLE users DROP COLUMN email'],
  [
    'a column with default and index',
    "ALTER TABLE users ADD email text NOT NULL DEFAULT 'x'; CREATE INDEX users_email ON users (email)",
    'ALTER TABLE users DROP COLUMN email',
  ],
  ['two columns, one forgotten', 'ALTER TABLE users ADD a int, ADD b int', 'ALTER TABLE users DROP COLUMN a'],
  [
    'a column of another table',
    'ALTER TABLE users ADD a int; ALTER TABLE teams ADD a int',
    'ALTER TABLE users DROP COLUMN a',
  ],
  [
    'a dropped column that comes back empty',
    'ALTER TABLE users DROP COLUMN nick',
    'ALTER TABLE users ADD COLUMN nick text CONSTRAINT users_nick_key UNIQUE',
  ],
  ['a dropped table that comes back empty', 'DROP VIEW adults; DROP TABLE users', 'CREATE TABLE users (id int)'],
  [
    'a renamed column',
    'ALTER TABLE users RENAME COLUMN nick TO handle',
    'ALTER TABLE users RENAME COLUMN handle TO nick',
  ],
  [
    'a renamed column, back to another name',
    'ALTER TABLE users RENAME COLUMN nick TO handle',
    'ALTER TABLE users RENAME COLUMN handle TO name',
  ],
  ['a renamed table', 'ALTER TABLE teams RENAME TO groups', 'ALTER TABLE groups RENAME TO teams'],
  ['a renamed table, nothing back', 'ALTER TABLE teams RENAME TO groups', 'SELECT 1'],
  [
    'a wider text',
    'ALTER TABLE teams ALTER COLUMN name TYPE varchar(50)',
    'ALTER TABLE teams ALTER COLUMN name TYPE varchar(20)',
  ],
  [
    'a narrower text',
    'ALTER TABLE users ALTER COLUMN code TYPE varchar(5) USING left(code, 5)',
    'ALTER TABLE users ALTER COLUMN code TYPE varchar(20)',
  ],
  [
    'int to bigint',
    'ALTER TABLE users ALTER COLUMN team_id TYPE bigint',
    'ALTER TABLE users ALTER COLUMN team_id TYPE int',
  ],
  ['int to bigint, not back', 'ALTER TABLE users ALTER COLUMN team_id TYPE bigint', 'SELECT 1'],
  [
    'timestamp to date',
    'ALTER TABLE users ALTER COLUMN joined TYPE date',
    'ALTER TABLE users ALTER COLUMN joined TYPE timestamptz',
  ],
  ['NOT NULL', 'ALTER TABLE users ALTER COLUMN code SET NOT NULL', 'ALTER TABLE users ALTER COLUMN code DROP NOT NULL'],
  ['NOT NULL, not back', 'ALTER TABLE users ALTER COLUMN code SET NOT NULL', ''],
  [
    'NULL allowed',
    'ALTER TABLE teams ALTER COLUMN name DROP NOT NULL',
    'ALTER TABLE teams ALTER COLUMN name SET NOT NULL',
  ],
  [
    'a default',
    "ALTER TABLE users ALTER COLUMN code SET DEFAULT 'x'",
    'ALTER TABLE users ALTER COLUMN code DROP DEFAULT',
  ],
  [
    'a dropped default',
    'ALTER TABLE users ALTER COLUMN age DROP DEFAULT',
    'ALTER TABLE users ALTER COLUMN age SET DEFAULT 1',
  ],
  ['a default, not back', "ALTER TABLE users ALTER COLUMN code SET DEFAULT 'x'", '-- later'],
  ['an index', 'CREATE INDEX u ON users (age)', 'DROP INDEX u'],
  ['an index without a name', 'CREATE INDEX ON users (age)', 'DROP INDEX users_age_idx'],
  ['an index, another one dropped', 'CREATE INDEX u ON users (age)', 'DROP INDEX users_team_idx'],
  ['a dropped index', 'DROP INDEX users_team_idx', 'CREATE INDEX users_team_idx ON users (team_id)'],
  ['a dropped index, not back', 'DROP INDEX users_team_idx', ''],
  [
    'a unique constraint',
    'ALTER TABLE teams ADD CONSTRAINT t_n UNIQUE (name)',
    'ALTER TABLE teams DROP CONSTRAINT t_n',
  ],
  [
    'a foreign key',
    'ALTER TABLE users ADD CONSTRAINT u_t FOREIGN KEY (team_id) REFERENCES teams (id)',
    'ALTER TABLE users DROP CONSTRAINT u_t',
  ],
  [
    'a foreign key, the wrong one dropped',
    'ALTER TABLE users ADD CONSTRAINT u_t FOREIGN KEY (team_id) REFERENCES teams (id)',
    'ALTER TABLE users DROP CONSTRAINT users_age_check',
  ],
  [
    'a foreign key with a new column',
    'ALTER TABLE users ADD lead_id int; ALTER TABLE users ADD CONSTRAINT u_l FOREIGN KEY (lead_id) REFERENCES teams (id)',
    'ALTER TABLE users DROP COLUMN lead_id',
  ],
  [
    'a check',
    'ALTER TABLE users ADD CONSTRAINT u_c CHECK (age < 200) NOT VALID',
    'ALTER TABLE users DROP CONSTRAINT u_c',
  ],
  [
    'a dropped check',
    'ALTER TABLE users DROP CONSTRAINT users_age_check',
    'ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0)',
  ],
  [
    'a renamed constraint',
    'ALTER TABLE users RENAME CONSTRAINT users_age_check TO u_age',
    'ALTER TABLE users RENAME CONSTRAINT u_age TO users_age_check',
  ],
  ['a renamed index', 'ALTER INDEX users_team_idx RENAME TO u_t', 'ALTER INDEX u_t RENAME TO users_team_idx'],
  ['a view', 'CREATE VIEW young AS SELECT id FROM users WHERE age < 18', 'DROP VIEW young'],
  ['a view, not back', 'CREATE VIEW young AS SELECT id FROM users WHERE age < 18', ''],
  ['a dropped view', 'DROP VIEW adults', 'CREATE VIEW adults AS SELECT id FROM users WHERE age >= 18'],
  [
    'a function',
    "CREATE FUNCTION thrice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 3'",
    'DROP FUNCTION thrice(int)',
  ],
  [
    'a trigger and its function',
    'CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END; $$; CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION tf()',
    'DROP TRIGGER tr ON users; DROP FUNCTION tf()',
  ],
  [
    'a trigger left behind',
    'CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END; $$; CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION tf()',
    'DROP TRIGGER tr ON users',
  ],
  ['a type', "CREATE TYPE size AS ENUM ('s', 'l')", 'DROP TYPE size'],
  ['an enum value', "ALTER TYPE mood ADD VALUE 'happy'", 'SELECT 1'],
  [
    'a renamed enum value',
    "ALTER TYPE mood RENAME VALUE 'sad' TO 'low'",
    "ALTER TYPE mood RENAME VALUE 'low' TO 'sad'",
  ],
  ['a sequence', 'CREATE SEQUENCE s', 'DROP SEQUENCE s'],
  ['a schema', 'CREATE SCHEMA shop', 'DROP SCHEMA shop'],
  [
    'row security',
    'ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)',
    'DROP POLICY p ON users; ALTER TABLE users DISABLE ROW LEVEL SECURITY',
  ],
  [
    'row security left on',
    'ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)',
    'DROP POLICY p ON users',
  ],
  ['rows put in and taken out', "INSERT INTO teams VALUES (3, 'green')", 'DELETE FROM teams WHERE id = 3'],
  ['rows put in, left in', "INSERT INTO teams VALUES (3, 'green')", ''],
  ['rows changed', 'UPDATE users SET nick = upper(nick)', ''],
  ['rows deleted', 'DELETE FROM users WHERE id = 2', ''],
  ['a table emptied', 'TRUNCATE users', ''],
  [
    'a backfill of a new column',
    "ALTER TABLE users ADD email text; UPDATE users SET email = nick || '@x'",
    'ALTER TABLE users DROP COLUMN email',
  ],
  [
    'several things at once',
    'ALTER TABLE users ADD a int; CREATE TABLE b (id int); ALTER TABLE users RENAME COLUMN nick TO handle; CREATE INDEX b_i ON b (id)',
    'DROP TABLE b; ALTER TABLE users RENAME COLUMN handle TO nick; ALTER TABLE users DROP COLUMN a',
  ],
  [
    'a block of code',
    'DO $$ BEGIN ALTER TABLE users ADD COLUMN IF NOT EXISTS email text; END $$',
    'ALTER TABLE users DROP COLUMN email',
  ],
])
