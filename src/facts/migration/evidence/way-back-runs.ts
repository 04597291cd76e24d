import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Location } from '../../../change/change.ts'
import { tooDeep } from '../../nesting.ts'

/** What a pipeline or test does to make sure of the way back. */
export interface WayBackRun {
  /** `down`: it runs ways down. `old-code`: it runs the base version's tests on the migrated database. */
  readonly kind: 'down' | 'old-code'
  readonly source: 'ci' | 'test'
  /** Ids of the frameworks it is about. */
  readonly frameworks: readonly string[]
  readonly says: string
  readonly at: Location
}

interface DownCommand {
  readonly frameworks: readonly string[]
  readonly pattern: RegExp
}

const SCRIPTS = ['knex', 'sequelize', 'typeorm', 'mikro-orm', 'kysely', 'node-pg-migrate', 'migration-script']
const SQL_TOOLS = ['golang-migrate', 'goose', 'dbmate', 'sql-migrate', 'diesel', 'sqitch', 'sql']

/** Commands that run a way down, by framework. */
const COMMANDS: readonly DownCommand[] = [
  { frameworks: ['rails'], pattern: /\bdb:(?:rollback|migrate:(?:down|redo))\b|\bdb:migrate\s+VERSION=/ },
  { frameworks: ['django'], pattern: /\bmanage\.py\s+migrate\s+\w+\s+(?:zero|\d{4}\w*)/ },
  {
    frameworks: ['alembic'],
    pattern: /\balembic\s+(?:\S+\s+){0,4}downgrade\b|\bflask\s+db\s+downgrade\b|--test-alembic\b/,
  },
  {
    frameworks: SCRIPTS,
    pattern:
      /\bmigrate:(?:rollback|down|undo)\b|\bdb:migrate:undo\b|\bmigration:(?:revert|down)\b|\bnode-pg-migrate\s+(?:\S+\s+){0,4}(?:down|redo)\b/,
  },
  { frameworks: ['laravel'], pattern: /\bartisan\s+migrate:(?:rollback|refresh|reset)\b/ },
  { frameworks: ['doctrine'], pattern: /\bdoctrine:migrations:migrate\s+(?:\S+\s+){0,4}(?:prev|first)\b/ },
  { frameworks: ['ef-core'], pattern: /\bdotnet\s+ef\s+database\s+update\s+(?!-)\S/ },
  { frameworks: ['ecto'], pattern: /\bmix\s+ecto\.rollback\b/ },
  { frameworks: ['diesel'], pattern: /\bdiesel\s+migration\s+(?:redo|revert)\b/ },
  {
    frameworks: SQL_TOOLS,
    pattern:
      /\bsqlx\s+migrate\s+revert\b|\bsqitch\s+revert\b|\bgoose\s+(?:\S+\s+){0,6}(?:down|down-to|reset|redo)\b|\bdbmate\s+(?:\S+\s+){0,4}(?:rollback|down)\b|\bmigrate\s+(?:-\S+\s+\S+\s+){1,6}down\b|\bsql-migrate\s+(?:down|redo)\b|\batlas\s+migrate\s+down\b/,
  },
  { frameworks: ['flyway', 'flyway-repeatable'], pattern: /\bflyway\s+(?:\S+\s+){0,6}undo\b/ },
  {
    frameworks: ['liquibase', 'liquibase-sql'],
    pattern: /\bliquibase\s+(?:\S+\s+){0,6}(?:rollback\S*|update-testing-rollback|updateTestingRollback)\b/,
  },
]

/** Calls in a test that run ways down for every migration. */
const TEST_CALLS: readonly DownCommand[] = [
  { frameworks: ['alembic'], pattern: /\btest_up_down_consistency\b|\bcommand\.downgrade\(|\balembic_runner\b/ },
  { frameworks: ['django'], pattern: /\bMigratorTestCase\b|\bMigrationExecutor\(/ },
  { frameworks: SQL_TOOLS, pattern: /\.(?:Down|DownTo|Steps)\(|\bgoose\.(?:Down|Reset|DownTo)\b|\bm\.Down\(/ },
  {
    frameworks: SCRIPTS,
    pattern: /\bundoLastMigration\(|\bmigrate\.rollback\(|\bmigrator\.down\(|\bmigrateDown\(|\bumzug\.down\(/,
  },
  { frameworks: ['rails'], pattern: /\bmigrate\(:down\)|\bschema_migrate_down!/ },
]

/** Paths whose text may show that a pipeline or test runs ways down. */
export function mayRunWayBack(path: string): boolean {
  return isPipeline(path) || isScript(path) || isMigrationTest(path)
}

function isPipeline(path: string): boolean {
  return /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab\/ci\/[^/]+\.ya?ml|\.circleci\/config\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|\.buildkite\/[^/]+\.ya?ml|Jenkinsfile|\.travis\.ya?ml|\.drone\.ya?ml)$/.test(
    path,
  )
}

function isScript(path: string): boolean {
  return /^(?:Makefile|justfile|Taskfile\.ya?ml|package\.json|tox\.ini|noxfile\.py)$|^(?:[\w-]+\/){0,2}(?:scripts?|ci|bin|hack)\/[\w.-]*(?:migrat|rollback|ci)[\w.-]*$/i.test(
    path,
  )
}

function isMigrationTest(path: string): boolean {
  // Asked of every path of the repository.
  if (!/migrat/i.test(path)) return false
  return /(?:^|\/)(?:tests?|spec|__tests__)\/(?:.*\/)?[\w.-]*migrat[\w.-]*$|[\w.-]*migrat[\w.-]*(?:_test|\.test|\.spec|_spec)\.\w+$|(?:^|\/)test_[\w]*migrat\w*\.py$/i.test(
    path,
  )
}

/** Finds what runs the way back among pipelines, the scripts they call, and tests. */
export function findWayBackRuns(
  files: readonly { readonly path: string; readonly text: string }[],
): readonly WayBackRun[] {
  const pipelines = files
    .filter((file) => isPipeline(file.path))
    .map((file) => ({ ...file, commands: commandsOf(file.path, file.text) }))
  const runs: WayBackRun[] = pipelines.flatMap((file) => [
    ...downRuns(file.path, file.commands),
    ...oldCodeRuns(file.path, file.text, file.commands),
  ])
  for (const script of files.filter((file) => isScript(file.path))) {
    const called = pipelines.find((file) => file.commands.some((command) => callsScript(command.text, script.path)))
    if (called !== undefined) runs.push(...downRuns(script.path, linesOf(script.text)))
  }
  for (const test of files.filter((file) => isMigrationTest(file.path))) {
    runs.push(...matches(TEST_CALLS, test.path, linesOf(test.text), 'test').slice(0, 1))
  }
  return runs
}

interface Command {
  readonly text: string
  readonly line: number
}

function callsScript(command: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'Makefile') return /\bmake\s+[\w-]*(?:migrat|rollback|down)/.test(command)
  if (name === 'package.json')
    return /\b(?:npm|pnpm|yarn)\s+(?:run\s+)?[\w:-]*(?:migrat|rollback|down|revert)/.test(command)
  return command.includes(name)
}

function linesOf(text: string): readonly Command[] {
  return text.split('\n').map((line, i) => ({ text: line, line: i + 1 }))
}

function downRuns(path: string, commands: readonly Command[]): readonly WayBackRun[] {
  return matches(COMMANDS, path, commands, 'ci')
}

function matches(
  wanted: readonly DownCommand[],
  path: string,
  commands: readonly Command[],
  source: 'ci' | 'test',
): readonly WayBackRun[] {
  return wanted.flatMap(({ frameworks, pattern }): readonly WayBackRun[] => {
    const found = commands.find(
      (command) => command.text.length < 2_000 && canFail(command.text) && pattern.test(command.text),
    )
    if (found === undefined) return []
    const at = { path, startLine: found.line, endLine: found.line, side: 'head' } as const
    return [
      {
        kind: 'down',
        source,
        frameworks,
        at,
        says: source === 'ci' ? 'the pipeline runs the way down' : 'a test runs the way down',
      },
    ]
  })
}

/** A comment, or a command whose failure is thrown away, proves nothing. */
function canFail(line: string): boolean {
  return !/^\s*(?:#|\/\/)/.test(line) && !/\|\|\s*(?:true|:|echo\b)/.test(line)
}

/** Base code tested on the migrated database: the base is checked out, migrations run, tests run. */
function oldCodeRuns(path: string, text: string, commands: readonly Command[]): readonly WayBackRun[] {
  const base =
    /ref:\s*\$\{\{\s*github\.(?:base_ref|event\.pull_request\.base\.(?:ref|sha))|git\s+checkout\s+[^\n]*(?:GITHUB_BASE_REF|github\.base_ref|BASE_REF|pull_request\.base)/.exec(
      text,
    )
  const migrates = commands.find(
    (command) => canFail(command.text) && /\bmigrate\b|\bdb:migrate\b|\balembic\s+upgrade\b/.test(command.text),
  )
  const tests = commands.find(
    (command) =>
      canFail(command.text) &&
      /\b(?:pytest|py\.test|poe test|rspec|jest|vitest|npm test|npm run test|go test|phpunit|manage\.py test)\b/.test(
        command.text,
      ),
  )
  if (base === null || migrates === undefined || tests === undefined) return []
  const at = { path, startLine: migrates.line, endLine: migrates.line, side: 'head' } as const
  return [
    {
      kind: 'old-code',
      source: 'ci',
      frameworks: [],
      at,
      says: 'the pipeline runs the base version on the migrated database',
    },
  ]
}

/** The shell lines of a workflow's steps that can fail; every line of any other pipeline. */
function commandsOf(path: string, text: string): readonly Command[] {
  if (!path.startsWith('.github/') || text.length > 200_000 || tooDeep(text)) return linesOf(text)
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false })
  const jobs = document.get('jobs')
  if (!isMap(jobs)) return []
  return jobs.items.flatMap((pair) => {
    const job = pair.value
    if (!isMap(job) || job.get('continue-on-error') === true) return []
    const steps = job.get('steps')
    return isSeq(steps) ? steps.items.flatMap((step) => stepCommands(step, text)) : []
  })
}

function stepCommands(step: unknown, text: string): readonly Command[] {
  if (!isMap(step) || step.get('continue-on-error') === true) return []
  const run = step.get('run', true)
  if (!isScalar(run) || !run.range) return []
  const [from, to] = run.range
  const first = text.slice(0, from).split('\n').length
  return linesOf(text.slice(from, to)).map((line) => ({ text: line.text, line: line.line + first - 1 }))
}
