import type { Operation } from '../operation.ts'
import type { PostgresParser } from './postgres-parser.ts'
import { postgresOperations } from './postgres-statement.ts'
import { scanStatement } from './scan-statement.ts'
import { type Statement, splitStatements } from './statements.ts'
import type { SqlDialect } from './tokens.ts'

export interface SqlReader {
  readonly dialect: SqlDialect
  /** Null where PostgreSQL's parser was not loaded: the scanner reads everything then. */
  readonly postgres: PostgresParser | null
}

/** What SQL text does, statement by statement. `firstLine` is the line its first character stands on. */
export function readSql(text: string, reader: SqlReader, firstLine = 1): readonly Operation[] {
  return splitStatements(text, reader.dialect, firstLine).flatMap((statement) =>
    readStatement(statement, reader).map((operation) => withDefinition(operation, statement)),
  )
}

/** Tokens have neither layout nor comments. */
function withDefinition(operation: Operation, statement: Statement): Operation {
  if (operation.kind !== 'create-table') return operation
  return { ...operation, definition: statement.tokens.map((token) => token.text).join(' ') }
}

function readStatement(statement: Statement, reader: SqlReader): readonly Operation[] {
  const foreign = reader.dialect === 'mysql' || reader.dialect === 'mssql' || reader.dialect === 'sqlite'
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
