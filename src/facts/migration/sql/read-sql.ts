import type { Operation } from '../operation.ts'
import type { PostgresParser } from './postgres-parser.ts'
import { postgresOperations } from './postgres-statement.ts'
import { scanStatement } from './scan-statement.ts'
import { type Statement, splitStatements } from './statements.ts'
import type { SqlDialect, Token } from './tokens.ts'

export interface SqlReader {
  readonly dialect: SqlDialect
  /** Null where PostgreSQL's parser was not loaded: the scanner reads everything then. */
  readonly postgres: PostgresParser | null
}

/** What SQL text does, statement by statement. `firstLine` is the line its first character stands on. */
export function readSql(text: string, reader: SqlReader, firstLine = 1): readonly Operation[] {
  return splitStatements(withoutTemplates(text), reader.dialect, firstLine).flatMap((statement) =>
    readStatement(statement, reader).map((operation) => withTokens(operation, statement)),
  )
}

/** `{{.prefix}}users` and `${schema}.users`: what is filled in when it runs is left blank, so that the name of the table stays. */
function withoutTemplates(text: string): string {
  return text.replaceAll(/\{\{[^{}\n]{0,200}\}\}|\$\{[^{}\n]{0,200}\}\.?/g, (match) => ' '.repeat(match.length))
}

/** What only the tokens say, whichever reader found the operation. Tokens have neither layout nor comments. */
function withTokens(operation: Operation, statement: Statement): Operation {
  if (operation.kind === 'create-table')
    return { ...operation, definition: statement.tokens.map((token) => token.text).join(' ') }
  if (operation.kind === 'update-rows' && fillsEmpty(statement, operation.columns))
    return { ...operation, onlyEmpty: true }
  if (operation.kind === 'insert-rows' && takesSome(statement)) return { ...operation, filtered: true }
  return operation
}

/** Columns that say when a row was written: no value of anybody's is lost in them. */
const STAMP = /^(?:updated|modified|changed|last_modified)(?:_?(?:at|on|date|time))?$/i

/** `UPDATE t SET a = 1 WHERE a IS NULL`, for every column that is set. With an OR nobody knows which rows are meant. */
function fillsEmpty(statement: Statement, columns: readonly string[]): boolean {
  const { tokens } = statement
  const where = tokens.findIndex((token) => token.key === 'WHERE')
  if (where < 0) return false
  const condition = outside(tokens.slice(where + 1))
  if (condition.some((token) => token.key === 'OR')) return false
  const tested = new Set(
    condition.flatMap((token, i) =>
      condition[i + 1]?.key === 'IS' && condition[i + 2]?.key === 'NULL' ? token.text.toLowerCase() : [],
    ),
  )
  const filled = columns.filter((column) => !STAMP.test(column))
  return filled.length > 0 && filled.every((column) => tested.has(column.toLowerCase()))
}

/** `INSERT INTO a SELECT … FROM b WHERE …`: rows of `b` that do not fit the condition are left behind. */
function takesSome(statement: Statement): boolean {
  const tokens = outside(statement.tokens)
  const from = tokens.findIndex((token) => token.key === 'SELECT')
  return from >= 0 && tokens.slice(from).some((token) => token.key === 'WHERE')
}

/** Tokens that stand in no parentheses. */
function outside(tokens: readonly Token[]): readonly Token[] {
  let depth = 0
  return tokens.filter((token) => {
    if (token.key === '(') depth++
    if (token.key === ')') depth--
    return depth === 0 && token.key !== ')'
  })
}

const MYSQL_ADDS = new Set(['FULLTEXT', 'SPATIAL', 'INDEX', 'KEY'])

/** `ADD FULLTEXT search (a)`: PostgreSQL's parser takes it for a column of the type `search(a)`. */
function addsIndexAsMysql({ tokens }: Statement): boolean {
  return (
    tokens[0]?.key === 'ALTER' &&
    tokens.some((token, i) => token.key === 'ADD' && MYSQL_ADDS.has(tokens[i + 1]?.key ?? ''))
  )
}

function readStatement(statement: Statement, reader: SqlReader): readonly Operation[] {
  const foreign =
    reader.dialect === 'mysql' ||
    reader.dialect === 'mssql' ||
    reader.dialect === 'sqlite' ||
    addsIndexAsMysql(statement)
  const parsed = foreign || reader.postgres === null ? null : reader.postgres(statement.text)
  const operations = parsed?.map(postgresOperations) ?? [null]
  const scanned = scanStatement(statement)
  if (operations.some((found) => found === null)) return scanned
  const bodies = operations.flatMap((found) => found ?? [])
  // PostgreSQL's tree has no line for an action of ALTER TABLE; the scanner cuts at the same commas and has one.
  const lines = bodies.length === scanned.length ? scanned.map((operation) => operation.line) : []
  return bodies.map((body, i) => ({ ...body, line: lines[i] ?? statement.line }))
}

/** Guesses the dialect from what only one of them writes. */
export function guessDialect(text: string): SqlDialect {
  const head = text.slice(0, 20_000)
  if (/`/.test(head) || /\bENGINE\s*=|\bAUTO_INCREMENT\b/i.test(head)) return 'mysql'
  if (/^\s*GO\s*$/im.test(head) || /\bNVARCHAR\b|\bsp_rename\b|\[dbo\]|\bUNIQUEIDENTIFIER\b/i.test(head)) return 'mssql'
  if (/\bAUTOINCREMENT\b|\bPRAGMA\b/i.test(head)) return 'sqlite'
  if (/\$\$|::|\bJSONB\b|\bCONCURRENTLY\b|\bTIMESTAMPTZ\b|\bBIGSERIAL\b|\bSERIAL\b/i.test(head)) return 'postgres'
  return 'unknown'
}
