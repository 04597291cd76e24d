import type { ConstraintType, DefaultValue, OperationBody } from '../operation.ts'
import type { Cursor } from './cursor.ts'

const TYPE_ENDS = new Set(
  'NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED AUTO_INCREMENT AUTOINCREMENT IDENTITY COLLATE COMMENT FIRST AFTER USING CHARACTER CHARSET KEY AS ON STORED VIRTUAL INVISIBLE SPARSE'.split(
    ' ',
  ),
)

export interface ColumnDefinition {
  readonly type: string | null
  readonly nullable: boolean
  readonly default: DefaultValue
}

/** Reads what follows a column's name: its type and its constraints. */
function columnDefinition(cursor: Cursor): ColumnDefinition {
  const type = cursor.textUntil(TYPE_ENDS)
  const generated =
    cursor.has('GENERATED') || cursor.has('IDENTITY') || cursor.has('AUTO_INCREMENT') || cursor.has('AS')
  const serial = /^(?:big|small)?serial\b/.test(type)
  const primary = cursor.has('PRIMARY', 'KEY')
  return {
    type: type === '' ? null : type,
    nullable: !(cursor.has('NOT', 'NULL') || primary || serial),
    default: generated || serial ? 'computed' : defaultOf(cursor),
  }
}

const CALLS = new Set(['NULL', 'TRUE', 'FALSE'])

function defaultOf(cursor: Cursor): DefaultValue {
  const behind = cursor.find('DEFAULT')
  if (behind === null) return 'none'
  if (behind.ahead('NULL')) return 'none'
  const first = behind.peek()
  if (first?.kind === 'word' && !CALLS.has(first.key) && behind.peek(1)?.key === '(') return 'computed'
  return 'constant'
}

/** Reads the actions of `ALTER TABLE table` in any dialect. The cursor stands behind the table's name. */
export function alterTableActions(table: string, cursor: Cursor): readonly (OperationBody & { line: number })[] {
  let previous = ''
  return cursor.parts().flatMap((part) => {
    const line = part.line
    const bodies = action(table, part, previous)
    previous = bodies.verb
    return bodies.operations.map((operation) => ({ ...operation, line }))
  })
}

interface Action {
  /** What a following part without a verb of its own repeats (SQL Server's `ADD a int, b int`). */
  readonly verb: string
  readonly operations: readonly OperationBody[]
}

function action(table: string, cursor: Cursor, previous: string): Action {
  const verb = cursor.takeOne('ADD', 'DROP', 'ALTER', 'MODIFY', 'CHANGE', 'RENAME', 'ATTACH', 'DETACH')
  switch (verb) {
    case 'ADD':
      return { verb, operations: add(table, cursor) }
    case 'DROP':
      return { verb: 'DROP', operations: drop(table, cursor) }
    case 'ALTER':
      return { verb, operations: alterColumn(table, cursor) }
    case 'MODIFY':
    case 'CHANGE':
      return { verb, operations: redefine(table, cursor, verb) }
    case 'RENAME':
      return { verb, operations: rename(table, cursor) }
    case 'ATTACH':
    case 'DETACH':
      return { verb, operations: [{ kind: 'neutral', says: `${verb} PARTITION` }] }
    default:
      if (cursor.takeOne('WITH') !== null) return action(table, afterCheckOption(cursor), previous)
      if (previous === 'ADD' && isName(cursor)) return { verb: 'ADD', operations: add(table, cursor) }
      if (previous === 'DROP' && isName(cursor)) return { verb: 'DROP', operations: drop(table, cursor) }
      return { verb: '', operations: [tableOption(table, cursor)] }
  }
}

/** SQL Server: `WITH CHECK ADD CONSTRAINT`. */
function afterCheckOption(cursor: Cursor): Cursor {
  cursor.takeOne('CHECK', 'NOCHECK')
  return cursor
}

function isName(cursor: Cursor): boolean {
  const kind = cursor.peek()?.kind
  return kind === 'word' || kind === 'quoted'
}

function tableOption(table: string, cursor: Cursor): OperationBody {
  if (cursor.take('CONVERT', 'TO'))
    return { kind: 'change-type', table, column: '*', from: null, to: cursor.textUntil(new Set()) }
  if (cursor.take('TRUNCATE', 'PARTITION')) return { kind: 'truncate', table }
  if (cursor.take('VALIDATE', 'CONSTRAINT')) return { kind: 'neutral', says: 'VALIDATE CONSTRAINT' }
  if (cursor.take('SET', 'SCHEMA')) return { kind: 'rename-table', table, to: `${cursor.name() ?? '?'}.${table}` }
  return { kind: 'neutral', says: 'table option' }
}

function constraintType(cursor: Cursor): ConstraintType | null {
  if (cursor.take('PRIMARY', 'KEY')) return 'primary-key'
  if (cursor.take('FOREIGN', 'KEY')) return 'foreign-key'
  if (cursor.take('UNIQUE')) return 'unique'
  if (cursor.take('CHECK')) return 'check'
  return cursor.take('EXCLUDE') ? 'exclude' : null
}

function add(table: string, cursor: Cursor): readonly OperationBody[] {
  const named = cursor.take('CONSTRAINT') ? cursor.name() : null
  const type = constraintType(cursor)
  if (type !== null) {
    cursor.skipWhile('KEY', 'INDEX', 'CLUSTERED', 'NONCLUSTERED')
    const name = named ?? (isName(cursor) ? cursor.name() : null)
    const columns = type === 'check' ? [] : (cursor.group()?.names() ?? [])
    return [{ kind: 'add-constraint', table, name, type, columns, validated: !cursor.has('NOT', 'VALID') }]
  }
  if (named !== null && cursor.take('DEFAULT')) {
    const column = cursor.find('FOR')?.name()
    return [column ? { kind: 'set-default', table, column } : { kind: 'neutral', says: 'ADD DEFAULT' }]
  }
  const fulltext = cursor.takeOne('FULLTEXT', 'SPATIAL') !== null
  const index =
    (cursor.ahead('INDEX') || cursor.ahead('KEY')) &&
    (cursor.peek(1)?.key === '(' || cursor.peek(2)?.key === '(' || cursor.peek(2)?.key === 'USING')
  // ClickHouse: `ADD INDEX IF NOT EXISTS i a TYPE minmax`.
  const skipping = cursor.ahead('INDEX') && (cursor.peek(1)?.key === 'IF' || cursor.has('TYPE'))
  if (index || fulltext || skipping) {
    cursor.takeOne('INDEX', 'KEY')
    cursor.skipIfExists()
    const name = isName(cursor) ? cursor.name() : null
    if (cursor.take('USING')) cursor.name()
    const columns = cursor.group()?.names() ?? []
    return [{ kind: 'add-index', table, name, columns, unique: false, concurrently: false }]
  }
  if (cursor.takeOne('PARTITION', 'VALUE') !== null) return [{ kind: 'neutral', says: 'ADD PARTITION' }]
  cursor.take('COLUMN')
  cursor.skipIfExists()
  const group = cursor.group()
  const definitions = group ? group.parts() : [cursor]
  return definitions.flatMap((definition) => {
    const column = definition.name()
    return column === null ? [] : [{ kind: 'add-column' as const, table, column, ...columnDefinition(definition) }]
  })
}

function drop(table: string, cursor: Cursor): readonly OperationBody[] {
  if (cursor.take('PRIMARY', 'KEY')) return [{ kind: 'drop-constraint', table, name: 'PRIMARY', columns: [] }]
  if (cursor.take('FOREIGN', 'KEY') || cursor.takeOne('CONSTRAINT', 'CHECK') !== null) {
    cursor.skipIfExists()
    return [{ kind: 'drop-constraint', table, name: cursor.name(), columns: [] }]
  }
  if ((cursor.ahead('INDEX') || cursor.ahead('KEY')) && cursor.peek(1) !== null) {
    cursor.next()
    cursor.skipIfExists()
    return [{ kind: 'drop-index', table, name: cursor.name(), columns: [], concurrently: false }]
  }
  if (cursor.take('PARTITION')) return [{ kind: 'truncate', table }]
  cursor.take('COLUMN')
  cursor.skipIfExists()
  const group = cursor.group()
  const columns = group ? group.names() : [cursor.name()].filter((name) => name !== null)
  return columns.map((column) => ({ kind: 'drop-column' as const, table, column }))
}

function alterColumn(table: string, cursor: Cursor): readonly OperationBody[] {
  if (cursor.takeOne('INDEX', 'CONSTRAINT', 'CHECK') !== null) return [{ kind: 'neutral', says: 'ALTER CONSTRAINT' }]
  cursor.take('COLUMN')
  const column = cursor.name()
  if (column === null) return [{ kind: 'unknown', says: 'ALTER TABLE … ALTER' }]
  if (cursor.take('SET', 'NOT', 'NULL')) return [{ kind: 'set-not-null', table, column, fill: 'none' }]
  if (cursor.take('DROP', 'NOT', 'NULL')) return [{ kind: 'drop-not-null', table, column }]
  if (cursor.take('SET', 'DEFAULT')) return [{ kind: 'set-default', table, column }]
  if (cursor.take('DROP', 'DEFAULT')) return [{ kind: 'drop-default', table, column }]
  if (cursor.take('SET', 'DATA', 'TYPE') || cursor.take('TYPE')) {
    return [{ kind: 'change-type', table, column, from: null, to: columnDefinition(cursor).type }]
  }
  const alters = cursor.takeOne('SET', 'DROP', 'ADD', 'RESET', 'RESTART')
  if (alters !== null) return [{ kind: 'neutral', says: `ALTER COLUMN ${alters}` }]
  const definition = columnDefinition(cursor)
  return redefined(table, column, definition)
}

/** MySQL's MODIFY and CHANGE, and SQL Server's ALTER COLUMN, state the whole column again. */
function redefined(table: string, column: string, definition: ColumnDefinition): readonly OperationBody[] {
  const type: OperationBody = { kind: 'change-type', table, column, from: null, to: definition.type }
  return definition.nullable ? [type] : [type, { kind: 'set-not-null', table, column, fill: definition.default }]
}

function redefine(table: string, cursor: Cursor, verb: 'MODIFY' | 'CHANGE'): readonly OperationBody[] {
  cursor.take('COLUMN')
  cursor.skipIfExists()
  const column = cursor.name()
  if (column === null) return [{ kind: 'unknown', says: verb }]
  if (verb === 'MODIFY') return redefined(table, column, columnDefinition(cursor))
  const to = cursor.name() ?? column
  const rest = redefined(table, to, columnDefinition(cursor))
  return to === column ? rest : [{ kind: 'rename-column', table, column, to }, ...rest]
}

function rename(table: string, cursor: Cursor): readonly OperationBody[] {
  if (cursor.takeOne('TO', 'AS') !== null) return [{ kind: 'rename-table', table, to: cursor.name() ?? '?' }]
  const object = cursor.takeOne('CONSTRAINT', 'INDEX', 'KEY')
  if (object === null) cursor.take('COLUMN')
  const from = cursor.name()
  const to = cursor.takeOne('TO', 'AS') === null ? null : cursor.name()
  if (from === null || to === null) {
    return from === null ? [{ kind: 'unknown', says: 'RENAME' }] : [{ kind: 'rename-table', table, to: from }]
  }
  if (object !== null) return [{ kind: 'rename-object', object: 'other', name: from, to }]
  return [{ kind: 'rename-column', table, column: from, to }]
}
