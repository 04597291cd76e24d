import type { ObjectType, Operation, OperationBody } from '../operation.ts'
import { Cursor } from './cursor.ts'
import { alterTableActions } from './scan-alter-table.ts'
import { type Statement, splitStatements } from './statements.ts'
import type { Token } from './tokens.ts'

const OBJECTS: Readonly<Record<string, ObjectType>> = {
  VIEW: 'view',
  FUNCTION: 'function',
  PROCEDURE: 'function',
  PROC: 'function',
  AGGREGATE: 'function',
  TRIGGER: 'trigger',
  EVENT: 'trigger',
  TYPE: 'type',
  DOMAIN: 'type',
  SEQUENCE: 'sequence',
  SCHEMA: 'schema',
  DATABASE: 'database',
  KEYSPACE: 'database',
  EXTENSION: 'extension',
  POLICY: 'policy',
  RULE: 'other',
  ROLE: 'other',
  USER: 'other',
  PUBLICATION: 'other',
  SUBSCRIPTION: 'other',
  STATISTICS: 'other',
  COLLATION: 'other',
  CAST: 'other',
  OPERATOR: 'other',
  SERVER: 'other',
  SYNONYM: 'other',
  LOGIN: 'other',
}
const QUIET = new Set(
  'SET SELECT COMMENT ANALYZE ANALYSE VACUUM BEGIN START COMMIT ROLLBACK SAVEPOINT RELEASE USE SHOW EXPLAIN LOCK UNLOCK PRAGMA PRINT RESET DISCARD LISTEN NOTIFY REINDEX OPTIMIZE END CLUSTER REASSIGN FLUSH CHECKPOINT RAISERROR REFRESH'.split(
    ' ',
  ),
)
const MODIFIERS =
  'OR REPLACE TEMP TEMPORARY GLOBAL LOCAL UNLOGGED RECURSIVE DEFINER ALGORITHM EXTERNAL FOREIGN VIRTUAL EDITIONABLE FORCE CONSTRAINT'.split(
    ' ',
  )

/** What one SQL statement does, in any dialect, by its leading keywords. Linear in its length; `unknown` when it cannot tell. */
export function scanStatement(statement: Statement): readonly Operation[] {
  const cursor = new Cursor(statement.tokens)
  const line = statement.line
  const verb = cursor.next()?.key ?? ''
  const one = (body: OperationBody): readonly Operation[] => [{ ...body, line }]
  const table = (): string => cursor.name() ?? '?'
  switch (verb) {
    case 'CREATE':
      return one(create(cursor))
    case 'ALTER':
      return alter(cursor, line)
    case 'DROP':
      return drop(cursor).map((body) => ({ ...body, line }))
    case 'RENAME':
      return renames(cursor).map((body) => ({ ...body, line }))
    case 'TRUNCATE':
      cursor.take('TABLE')
      cursor.take('ONLY')
      return cursor.names().map((name) => ({ kind: 'truncate', table: name, line }))
    case 'INSERT':
    case 'REPLACE':
    case 'MERGE':
    case 'COPY':
      cursor.skipWhile('IGNORE', 'OR', 'REPLACE', 'ABORT', 'FAIL', 'INTO', 'LOW_PRIORITY', 'DELAYED')
      return one({ kind: 'insert-rows', table: table() })
    case 'UPDATE':
      cursor.skipWhile('ONLY', 'IGNORE', 'LOW_PRIORITY', 'OR', 'REPLACE')
      return one(update(cursor))
    case 'DELETE':
      cursor.skipWhile('FROM', 'ONLY', 'IGNORE', 'LOW_PRIORITY', 'QUICK')
      return one({ kind: 'delete-rows', table: table(), where: cursor.has('WHERE') })
    case 'WITH':
      return one(withClause(cursor))
    case 'GRANT':
    case 'REVOKE':
    case 'DENY':
      return one({ kind: 'change-rights', takes: verb !== 'GRANT', says: words(statement) })
    case 'DO':
      return doBlock(statement)
    case 'CALL':
    case 'EXEC':
    case 'EXECUTE':
    case 'DECLARE':
    case 'IF':
      return one(storedProcedure(statement) ?? { kind: 'run-code', name: words(statement) })
    default:
      return one(QUIET.has(verb) ? { kind: 'neutral', says: verb } : { kind: 'unknown', says: words(statement) })
  }
}

function words(statement: Statement): string {
  return statement.tokens
    .slice(0, 5)
    .map((token) => token.text)
    .join(' ')
    .slice(0, 60)
}

const BODY_VERBS = new Set(['ALTER', 'CREATE', 'DROP', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'RENAME'])
const BEFORE_STATEMENT = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP'])

/** PL/pgSQL in `DO $$ … $$`: the plain statements in it. What it builds at run time stays code. */
function doBlock(statement: Statement): readonly Operation[] {
  const body = statement.tokens.find((token) => token.kind === 'string')
  if (body === undefined) return [{ kind: 'run-code', name: words(statement), line: statement.line }]
  const operations = splitStatements(body.text, 'postgres', body.line).flatMap((inner): readonly Operation[] => {
    const at = inner.tokens.findIndex(
      (token, i) => BODY_VERBS.has(token.key) && (i === 0 || BEFORE_STATEMENT.has(inner.tokens[i - 1]?.key ?? '')),
    )
    const first = inner.tokens[at]
    if (first !== undefined) return scanStatement({ ...inner, tokens: inner.tokens.slice(at), line: first.line })
    const runs = inner.tokens.findIndex((token) => token.key === 'EXECUTE')
    return runs < 0 ? [] : executed(inner.tokens.slice(runs))
  })
  return operations.length > 0 ? operations : [{ kind: 'run-code', name: 'a DO block', line: statement.line }]
}

/** `EXECUTE 'CREATE …'`, or a `format('CREATE …', …)` where what is filled in is no name of the statement's own. */
function executed(tokens: readonly Token[]): readonly Operation[] {
  const [execute, ...rest] = tokens
  const at = rest.findIndex((token) => token.key !== 'FORMAT' && token.key !== '(')
  const text = rest[at]
  const isWhole = text?.kind === 'string' && !rest[at + 1]?.text.startsWith('|')
  const found = isWhole ? splitStatements(text.text, 'postgres', text.line).flatMap(scanStatement) : []
  const isKnown = found.length > 0 && found.every((one) => one.kind !== 'unknown' && !/%|\?/.test(JSON.stringify(one)))
  return isKnown ? found : [{ kind: 'run-code', name: 'SQL built in a DO block', line: execute?.line ?? 1 }]
}

/** SQL Server's `EXEC sp_rename 'table.column', 'to', 'COLUMN'`. */
function storedProcedure(statement: Statement): OperationBody | null {
  const [, procedure, ...rest] = statement.tokens.filter(
    (token) => token.key !== 'SYS' && token.key !== '.' && token.key !== 'DBO',
  )
  if (procedure?.key !== 'SP_RENAME') return null
  const [from, to] = rest.filter((token) => token.kind === 'string').map((token) => token.text)
  if (from === undefined || to === undefined) return null
  const path = from.replace(/[[\]"]/g, '').split('.')
  const name = path.at(-1) ?? from
  const isColumn = rest.some((token) => token.kind === 'string' && token.text.toUpperCase() === 'COLUMN')
  return isColumn
    ? { kind: 'rename-column', table: path.at(-2) ?? '?', column: name, to }
    : { kind: 'rename-table', table: name, to }
}

function create(cursor: Cursor): OperationBody {
  const replace = cursor.take('OR', 'REPLACE') || cursor.take('OR', 'ALTER')
  cursor.skipWhile(...MODIFIERS)
  const unique = cursor.take('UNIQUE')
  cursor.skipWhile('CLUSTERED', 'NONCLUSTERED', 'FULLTEXT', 'SPATIAL', 'COLUMNSTORE', 'XML')
  if (cursor.take('TABLE')) {
    const ifNotExists = cursor.skipIfExists()
    return { kind: 'create-table', table: cursor.name() ?? '?', ifNotExists }
  }
  if (cursor.take('INDEX')) {
    const concurrently = cursor.takeOne('CONCURRENTLY') !== null
    cursor.skipIfExists()
    const name = cursor.ahead('ON') ? null : cursor.name()
    const on = cursor.find('ON') ?? new Cursor([])
    on.take('ONLY')
    const table = on.name() ?? '?'
    if (on.take('USING')) on.name()
    return { kind: 'add-index', table, name, columns: on.group()?.names() ?? [], unique, concurrently }
  }
  if (cursor.take('MATERIALIZED', 'VIEW')) {
    cursor.skipIfExists()
    return { kind: 'create-object', object: 'materialized-view', name: cursor.name() ?? '?', replace }
  }
  const object = routineOrObject(cursor)
  if (object === null) return { kind: 'unknown', says: 'CREATE' }
  cursor.skipIfExists()
  return { kind: 'create-object', object, name: cursor.name() ?? '?', replace }
}

/** Skips a MySQL `DEFINER = user` in front of the object's word. */
function routineOrObject(cursor: Cursor): ObjectType | null {
  for (let i = 0; i < 8 && !cursor.done; i++) {
    const key = cursor.next()?.key ?? ''
    const object = OBJECTS[key]
    if (object) return object
  }
  return null
}

function alter(cursor: Cursor, line: number): readonly Operation[] {
  cursor.skipWhile('FOREIGN', 'IGNORE', 'ONLINE', 'OFFLINE')
  if (cursor.take('TABLE')) {
    cursor.skipIfExists()
    cursor.take('ONLY')
    const table = cursor.name()
    cursor.take('*')
    if (table === null) return [{ kind: 'unknown', says: 'ALTER TABLE', line }]
    return alterTableActions(table, cursor)
  }
  if (cursor.take('TYPE')) return [{ ...alterType(cursor), line }]
  const materialized = cursor.take('MATERIALIZED')
  const object: ObjectType | null = cursor.take('INDEX') ? 'other' : routineOrObject(cursor)
  if (object === null) return [{ kind: 'unknown', says: 'ALTER', line }]
  cursor.skipIfExists()
  const name = cursor.name() ?? '?'
  const to = cursor.find('RENAME', 'TO')?.name()
  if (to) return [{ kind: 'rename-object', object: materialized ? 'materialized-view' : object, name, to, line }]
  if (object === 'function' || object === 'view' || object === 'trigger')
    return [{ kind: 'create-object', object, name, replace: true, line }]
  return [{ kind: 'neutral', says: `ALTER ${object}`, line }]
}

function alterType(cursor: Cursor): OperationBody {
  const name = cursor.name() ?? '?'
  if (cursor.take('ADD', 'VALUE')) {
    cursor.skipIfExists()
    return { kind: 'add-enum-value', name, value: cursor.next()?.text ?? '?' }
  }
  if (cursor.take('RENAME', 'VALUE')) {
    const value = cursor.next()?.text ?? '?'
    cursor.take('TO')
    return { kind: 'rename-enum-value', name, value, to: cursor.next()?.text ?? '?' }
  }
  const to = cursor.take('RENAME', 'TO') ? cursor.name() : null
  return to === null ? { kind: 'neutral', says: 'ALTER TYPE' } : { kind: 'rename-object', object: 'type', name, to }
}

function drop(cursor: Cursor): readonly OperationBody[] {
  cursor.skipWhile('TEMPORARY', 'FOREIGN')
  if (cursor.take('TABLE')) {
    cursor.skipIfExists()
    return cursor.names().map((table) => ({ kind: 'drop-table', table }))
  }
  if (cursor.take('INDEX')) {
    const concurrently = cursor.takeOne('CONCURRENTLY') !== null
    cursor.skipIfExists()
    const table = cursor.find('ON')?.name() ?? null
    return cursor.names().map((name) => ({ kind: 'drop-index', table, name, columns: [], concurrently }))
  }
  if (cursor.take('MATERIALIZED', 'VIEW')) {
    cursor.skipIfExists()
    return cursor.names().map((name) => ({ kind: 'drop-object', object: 'materialized-view', name }))
  }
  const object = OBJECTS[cursor.next()?.key ?? '']
  if (!object) return [{ kind: 'unknown', says: 'DROP' }]
  cursor.skipIfExists()
  return cursor.names().map((name) => ({ kind: 'drop-object', object, name }))
}

/** MySQL's `RENAME TABLE a TO b, c TO d`. */
function renames(cursor: Cursor): readonly OperationBody[] {
  cursor.takeOne('TABLE', 'TABLES')
  return cursor.parts().flatMap((part) => {
    const table = part.name()
    const to = part.take('TO') ? part.name() : null
    return table !== null && to !== null ? [{ kind: 'rename-table' as const, table, to }] : []
  })
}

function update(cursor: Cursor): OperationBody {
  const table = cursor.name() ?? '?'
  const columns = (cursor.find('SET') ?? new Cursor([])).parts().flatMap((part) => {
    const column = part.name()
    return column !== null && (part.done || part.ahead('=')) ? [column] : []
  })
  return { kind: 'update-rows', table, columns, where: cursor.has('WHERE') }
}

function withClause(cursor: Cursor): OperationBody {
  for (const verb of ['UPDATE', 'DELETE', 'INSERT'] as const) {
    const behind = cursor.find(verb)
    if (behind === null) continue
    behind.skipWhile('INTO', 'FROM', 'ONLY')
    if (verb === 'UPDATE') return update(behind)
    const table = behind.name() ?? '?'
    return verb === 'INSERT'
      ? { kind: 'insert-rows', table }
      : { kind: 'delete-rows', table, where: behind.has('WHERE') }
  }
  return { kind: 'neutral', says: 'SELECT' }
}
