import type { Operation, OperationBody } from '../operation.ts'
import { argument, type Call, chainOf, type Program, textOf, type Value } from '../program/program.ts'
import { tableOf } from './script-columns.ts'

/** migrate-mongo and its like: `db.collection('c').updateMany(filter, { $rename: … })`. Null when a call is about no collection. */
export function readMongo(call: Call, program: Program): readonly Operation[] | null {
  const opener = chainOf(call).find((link) => link.name === 'collection')
  if (opener === undefined || opener === call) {
    return call.name === 'renameCollection'
      ? [
          {
            kind: 'rename-table',
            table: tableOf(argument(call, 0), program),
            to: tableOf(argument(call, 1), program),
            line: call.line,
          },
        ]
      : null
  }
  return written(tableOf(argument(opener, 0), program), call, program).map((body) => ({ ...body, line: call.line }))
}

function written(table: string, call: Call, program: Program): readonly OperationBody[] {
  const [filter, update] = [argument(call, 0), argument(call, 1)]
  switch (call.name) {
    case 'updateMany':
    case 'updateOne':
    case 'findOneAndUpdate':
    case 'update':
      return updates(table, filter, update)
    case 'deleteMany':
    case 'deleteOne':
    case 'remove':
      return [{ kind: 'delete-rows', table, where: filter?.kind === 'map' && filter.entries.size > 0 }]
    case 'insertMany':
    case 'insertOne':
      return [{ kind: 'insert-rows', table }]
    case 'replaceOne':
    case 'bulkWrite':
      return [{ kind: 'update-rows', table, columns: [], where: true }]
    case 'drop':
      return [{ kind: 'drop-table', table }]
    case 'rename':
      return [{ kind: 'rename-table', table, to: textOf(filter, program) ?? '?' }]
    case 'createIndex':
      return [
        {
          kind: 'add-index',
          table,
          name: null,
          columns: filter?.kind === 'map' ? [...filter.entries.keys()] : [],
          unique: false,
          concurrently: true,
        },
      ]
    case 'dropIndex':
      return [{ kind: 'drop-index', table, name: textOf(filter, program), columns: [], concurrently: false }]
    default:
      return []
  }
}

/** A stage of an aggregation pipeline stands in a list and says the same as an update document. */
function updates(table: string, filter: Value | null, update: Value | null): readonly OperationBody[] {
  const stages = update?.kind === 'list' ? update.items : update === null ? [] : [update]
  const found = stages.flatMap((stage): readonly OperationBody[] =>
    stage.kind === 'map' ? [...stage.entries].flatMap(([verb, fields]) => operator(table, verb, fields, filter)) : [],
  )
  return found.length > 0 ? found : [{ kind: 'update-rows', table, columns: [], where: true }]
}

function operator(table: string, verb: string, fields: Value, filter: Value | null): readonly OperationBody[] {
  const names = fields.kind === 'map' ? [...fields.entries.keys()] : []
  if (verb === '$unset') return names.map((column) => ({ kind: 'drop-column', table, column }))
  if (verb === '$rename' && fields.kind === 'map')
    return [...fields.entries].map(([column, to]) => ({
      kind: 'rename-column',
      table,
      column,
      to: textOf(to) ?? '?',
    }))
  const where = filter?.kind === 'map' && filter.entries.size > 0
  const body: OperationBody = { kind: 'update-rows', table, columns: names, where }
  return [names.length > 0 && names.every((name) => picksMissing(filter, name)) ? { ...body, onlyEmpty: true } : body]
}

/** `{ a: { $exists: false } }`, `{ a: null }`. */
function picksMissing(filter: Value | null, name: string): boolean {
  const tested = filter?.kind === 'map' ? filter.entries.get(name) : undefined
  if (tested?.kind === 'null') return true
  const exists = tested?.kind === 'map' ? tested.entries.get('$exists') : undefined
  return exists?.kind === 'bool' && !exists.value
}
