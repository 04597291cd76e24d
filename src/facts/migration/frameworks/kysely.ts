import type { ConstraintType, Operation, OperationBody } from '../operation.ts'
import {
  argument,
  type Block,
  type Call,
  chainOf,
  type Program,
  textOf,
  textsOf,
  type Value,
} from '../program/program.ts'
import { columnDefinition, tableOf } from './script-columns.ts'

const OPENERS = /^(?:create|alter|drop)(?:Table|Index|View|Type|Schema)$/

/**
 * Kysely writes one statement as one chain: `db.schema.createTable('t').addColumn(…).execute()`. Its first link says what is
 * made or changed, and the others say how. Null when a call is no such chain (Knex gives a callback, the others a second argument).
 */
export function readKysely(call: Call, program: Program): readonly Operation[] | null {
  const chain = chainOf(call)
  const at = chain.findIndex((link) => OPENERS.test(link.name) && link.args.length === 1 && isSchema(link.receiver))
  const opener = chain[at]
  if (opener === undefined || opener.args[0]?.kind === 'block') return null
  const links = chain.slice(at + 1)
  const name = tableOf(argument(opener, 0), program)
  if (opener.name === 'alterTable')
    return links.flatMap((link) => altered(name, link, program).map((body) => ({ ...body, line: link.line })))
  const body = opened(opener.name, name, links, program)
  return body === null ? null : [{ ...body, line: opener.line }]
}

function isSchema(receiver: Value | null): boolean {
  if (receiver?.kind === 'name') return /(?:^|\.)schema$/.test(receiver.text)
  return receiver?.kind === 'call' && receiver.name === 'withSchema'
}

function opened(verb: string, name: string, links: readonly Call[], program: Program): OperationBody | null {
  const link = (wanted: string): Call | undefined => links.find((one) => one.name === wanted)
  const on = link('on')
  const table = on === undefined ? null : tableOf(argument(on, 0), program)
  switch (verb) {
    case 'createTable':
      return { kind: 'create-table', table: name, ifNotExists: link('ifNotExists') !== undefined }
    case 'dropTable':
      return { kind: 'drop-table', table: name }
    case 'createIndex': {
      const columns = links.flatMap((one) =>
        one.name === 'columns' || one.name === 'column' ? textsOf(argument(one, 0), program) : [],
      )
      const unique = link('unique') !== undefined
      return { kind: 'add-index', table: table ?? '?', name, columns, unique, concurrently: false }
    }
    case 'dropIndex':
      return { kind: 'drop-index', table, name, columns: [], concurrently: false }
    case 'createView':
      return { kind: 'create-object', object: 'view', name, replace: link('orReplace') !== undefined }
    case 'dropView':
      return { kind: 'drop-object', object: 'view', name }
    case 'createType':
      return { kind: 'create-object', object: 'type', name, replace: false }
    case 'dropType':
      return { kind: 'drop-object', object: 'type', name }
    case 'createSchema':
      return { kind: 'create-object', object: 'schema', name, replace: false }
    case 'dropSchema':
      return { kind: 'drop-object', object: 'schema', name }
    default:
      return null
  }
}

const CONSTRAINTS: Readonly<Record<string, ConstraintType>> = {
  addForeignKeyConstraint: 'foreign-key',
  addUniqueConstraint: 'unique',
  addCheckConstraint: 'check',
  addPrimaryKeyConstraint: 'primary-key',
}

function altered(table: string, link: Call, program: Program): readonly OperationBody[] {
  const first = textOf(argument(link, 0), program) ?? '?'
  const second = argument(link, 1)
  const constraint = CONSTRAINTS[link.name]
  if (constraint !== undefined)
    return [
      {
        kind: 'add-constraint',
        table,
        name: first,
        type: constraint,
        columns: textsOf(second, program),
        validated: true,
      },
    ]
  switch (link.name) {
    case 'addColumn':
      return [{ kind: 'add-column', table, column: first, ...columnDefinition(link, second, program) }]
    case 'dropColumn':
      return [{ kind: 'drop-column', table, column: first }]
    case 'renameColumn':
      return [{ kind: 'rename-column', table, column: first, to: textOf(second, program) ?? '?' }]
    case 'renameTo':
      return [{ kind: 'rename-table', table, to: first }]
    case 'modifyColumn':
      return [{ kind: 'change-type', table, column: first, from: null, to: textOf(second, program) }]
    case 'alterColumn':
      return second?.kind === 'block' ? alteredColumn(table, first, second, program) : []
    case 'dropConstraint':
      return [{ kind: 'drop-constraint', table, name: first, columns: [] }]
    default:
      return []
  }
}

/** `(col) => col.setDataType('text')`. */
function alteredColumn(table: string, column: string, block: Block, program: Program): readonly OperationBody[] {
  const links = block.steps.flatMap((step) => (step.kind === 'call' ? chainOf(step) : []))
  return links.flatMap((link): readonly OperationBody[] => {
    switch (link.name) {
      case 'setDataType':
        return [{ kind: 'change-type', table, column, from: null, to: textOf(argument(link, 0), program) }]
      case 'setNotNull':
        return [{ kind: 'set-not-null', table, column, fill: 'none' }]
      case 'dropNotNull':
        return [{ kind: 'drop-not-null', table, column }]
      case 'setDefault':
        return [{ kind: 'set-default', table, column }]
      case 'dropDefault':
        return [{ kind: 'drop-default', table, column }]
      default:
        return []
    }
  })
}
