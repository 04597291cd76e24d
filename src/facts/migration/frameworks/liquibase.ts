import { type ReadMigration, type ReadStep, type Undo, unread, writtenDown } from '../migration.ts'
import type { ConstraintType, DefaultValue, Operation, OperationBody } from '../operation.ts'
import { readChangelogDocument } from '../program/read-changelog-document.ts'
import { type Element, readXml } from '../program/read-xml.ts'
import { readSql, type SqlReader } from '../sql/read-sql.ts'
import { judgeUndo } from '../undo.ts'

/** Liquibase in XML, YAML or JSON. Which changes reverse by themselves follows each change's `createInverses` in Liquibase's sources. */
export function readLiquibase(text: string, path: string, sql: SqlReader): ReadMigration {
  const roots = path.endsWith('.xml') ? readXml(text) : readChangelogDocument(text)
  const sets = roots.flatMap((root) =>
    root.name === 'databaseChangeLog' ? root.children.filter((child) => child.name === 'changeSet') : [],
  )
  const isForward =
    sets.length >= MANY_SETS && !sets.some((set) => set.children.some((child) => child.name === 'rollback'))
  const unwritten: Undo = isForward ? 'forward-only' : 'refused'
  return { steps: sets.flatMap((set) => changeSet(set, path, sql, unwritten)), down: { kind: 'none' } }
}

/** A changelog of so many change sets where nobody wrote a way down is not meant to go back. */
const MANY_SETS = 3

const AUTOMATIC = new Set(
  'addColumn addDefaultValue addForeignKeyConstraint addLookupTable addNotNullConstraint addPrimaryKey addUniqueConstraint createIndex createSequence createTable createView dropNotNullConstraint renameColumn renameSequence renameTable renameView tagDatabase loadUpdateData output empty'.split(
    ' ',
  ),
)
const ASIDE = new Set(['rollback', 'preConditions', 'comment', 'validCheckSum', 'property'])

function changeSet(set: Element, path: string, sql: SqlReader, unwritten: Undo): readonly ReadStep[] {
  const changes = set.children.filter((child) => !ASIDE.has(child.name))
  const rollbacks = set.children.filter((child) => child.name === 'rollback')
  const first = rollbacks[0]
  if (first === undefined) {
    return changes.flatMap((change) => {
      const undo: Undo = AUTOMATIC.has(change.name) ? 'automatic' : unwritten
      return operations(change, sql).map(
        (operation): ReadStep => ({ operation, undo: operation.kind === 'neutral' ? 'automatic' : undo }),
      )
    })
  }
  const downs = rollbacks.flatMap((rollback) => [
    ...readSql(rollback.text, sql, rollback.line),
    ...rollback.children.flatMap((change) => operations(change, sql)),
  ])
  const down = writtenDown(downs, path, first.line)
  const steps = unread(changes.flatMap((change) => operations(change, sql)))
  // An empty rollback says on purpose that nothing is to be done.
  return down.kind === 'empty' ? steps.map((step) => ({ ...step, undo: 'noop' })) : judgeUndo({ steps, down })
}

function operations(change: Element, sql: SqlReader): readonly Operation[] {
  if (change.name === 'sql') return readSql(change.text, sql, change.line)
  return bodies(change).map((body) => ({ ...body, line: change.line }))
}

/** What a column is made of, however it is laid out; what it is for is no part of it. */
function definitionOf(element: Element): string {
  const attributes = [...element.attributes]
    .filter(([key]) => key !== 'remarks')
    .map(([key, value]) => `${key}=${value}`)
  return `${element.name} ${attributes.toSorted().join(' ')} (${element.children.map(definitionOf).join(' ')})`
}

const ADDS: Readonly<Record<string, ConstraintType>> = {
  addForeignKeyConstraint: 'foreign-key',
  addPrimaryKey: 'primary-key',
  addUniqueConstraint: 'unique',
}

function bodies(change: Element): readonly OperationBody[] {
  const at = (name: string): string | null => change.attributes.get(name) ?? null
  const table = at('tableName') ?? at('baseTableName') ?? '?'
  const column = at('columnName') ?? '?'
  const columns = change.children.filter((child) => child.name === 'column')
  const name = at('constraintName')
  const adds = ADDS[change.name]
  if (adds) {
    const names = (at('columnNames') ?? at('baseColumnNames') ?? '').split(',').map((part) => part.trim())
    return [
      {
        kind: 'add-constraint',
        table,
        name,
        type: adds,
        columns: names.filter((part) => part !== ''),
        validated: true,
      },
    ]
  }
  switch (change.name) {
    case 'createTable':
      return [{ kind: 'create-table', table, ifNotExists: false, definition: columns.map(definitionOf).join('\n') }]
    case 'dropTable':
      return [{ kind: 'drop-table', table }]
    case 'renameTable':
      return [{ kind: 'rename-table', table: at('oldTableName') ?? '?', to: at('newTableName') ?? '?' }]
    case 'addColumn':
      return columns.map((one) => addColumn(table, one))
    case 'dropColumn':
      return columns.length > 0
        ? columns.map((one) => ({ kind: 'drop-column', table, column: one.attributes.get('name') ?? '?' }))
        : [{ kind: 'drop-column', table, column }]
    case 'renameColumn':
      return [{ kind: 'rename-column', table, column: at('oldColumnName') ?? '?', to: at('newColumnName') ?? '?' }]
    case 'modifyDataType':
      return [{ kind: 'change-type', table, column, from: null, to: at('newDataType') }]
    case 'addNotNullConstraint':
      return [{ kind: 'set-not-null', table, column, fill: at('defaultNullValue') === null ? 'none' : 'constant' }]
    case 'dropNotNullConstraint':
      return [{ kind: 'drop-not-null', table, column }]
    case 'addDefaultValue':
      return [{ kind: 'set-default', table, column }]
    case 'dropDefaultValue':
      return [{ kind: 'drop-default', table, column }]
    case 'createIndex':
      return [
        {
          kind: 'add-index',
          table,
          name: at('indexName'),
          columns: columns.map((one) => one.attributes.get('name') ?? '?'),
          unique: at('unique') === 'true',
          concurrently: false,
        },
      ]
    case 'dropIndex':
      return [{ kind: 'drop-index', table, name: at('indexName'), columns: [], concurrently: false }]
    case 'dropForeignKeyConstraint':
    case 'dropPrimaryKey':
    case 'dropUniqueConstraint':
      return [{ kind: 'drop-constraint', table, name, columns: [] }]
    default:
      return rows(change, table, columns)
  }
}

function rows(change: Element, table: string, columns: readonly Element[]): readonly OperationBody[] {
  const where = change.children.some((child) => child.name === 'where')
  switch (change.name) {
    case 'insert':
    case 'loadData':
    case 'loadUpdateData':
      return [{ kind: 'insert-rows', table }]
    case 'update':
      return [{ kind: 'update-rows', table, columns: columns.map((one) => one.attributes.get('name') ?? '?'), where }]
    case 'delete':
      return [{ kind: 'delete-rows', table, where }]
    case 'createView':
      return [
        {
          kind: 'create-object',
          object: 'view',
          name: change.attributes.get('viewName') ?? '?',
          replace: change.attributes.get('replaceIfExists') === 'true',
        },
      ]
    case 'dropView':
      return [{ kind: 'drop-object', object: 'view', name: change.attributes.get('viewName') ?? '?' }]
    case 'createSequence':
      return [
        {
          kind: 'create-object',
          object: 'sequence',
          name: change.attributes.get('sequenceName') ?? '?',
          replace: false,
        },
      ]
    case 'dropSequence':
      return [{ kind: 'drop-object', object: 'sequence', name: change.attributes.get('sequenceName') ?? '?' }]
    case 'sqlFile':
    case 'customChange':
    case 'executeCommand':
      return [
        { kind: 'run-code', name: change.attributes.get('path') ?? change.attributes.get('class') ?? change.name },
      ]
    case 'tagDatabase':
    case 'empty':
    case 'output':
    case 'setColumnRemarks':
    case 'setTableRemarks':
      return [{ kind: 'neutral', says: change.name }]
    default:
      return [{ kind: 'unknown', says: change.name }]
  }
}

function addColumn(table: string, column: Element): OperationBody {
  const constraints = column.children.find((child) => child.name === 'constraints')
  const nullable = constraints?.attributes.get('nullable') !== 'false'
  const has = (name: string): boolean => [...column.attributes.keys()].some((key) => key.startsWith(name))
  const filled: DefaultValue =
    has('defaultValueComputed') || has('autoIncrement') ? 'computed' : has('defaultValue') ? 'constant' : 'none'
  return {
    kind: 'add-column',
    table,
    column: column.attributes.get('name') ?? '?',
    type: column.attributes.get('type') ?? null,
    nullable,
    default: filled,
  }
}
