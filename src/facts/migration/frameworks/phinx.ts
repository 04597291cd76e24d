import type { ReadMigration, ReadStep, Undo } from '../migration.ts'
import type { Operation, OperationBody } from '../operation.ts'
import {
  argument,
  type Call,
  chainOf,
  functionNamed,
  isBool,
  type Program,
  rootOf,
  textOf,
  textsOf,
  type Value,
} from '../program/program.ts'
import { following, type ReadCall, readSteps, sqlOperations } from '../program/read-steps.ts'
import { readUpAndDown } from '../program/read-up-and-down.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/** Phinx and CakePHP's migrations: `change()`, or `up()` and `down()`, over `$this->table('t')->addColumn(…)->update()`. */
export function readPhinx(program: Program, path: string, sql: SqlReader): ReadMigration {
  const change = functionNamed(program, 'change')
  if (change !== null) {
    const operations = readSteps(change.block.steps, vocabulary(program, sql))
    return { steps: operations.map(inChange), down: { kind: 'none' } }
  }
  const [up, down] = [functionNamed(program, 'up'), functionNamed(program, 'down')]
  return readUpAndDown(up, down, path, () => vocabulary(program, sql))
}

/** What Phinx can run backwards in `change()`. Source: its manual, "The Change Method". */
const REVERSED: ReadonlySet<OperationBody['kind']> = new Set([
  'create-table',
  'rename-table',
  'add-column',
  'rename-column',
  'add-index',
  'add-constraint',
  'neutral',
])

function inChange(operation: Operation): ReadStep {
  const undo: Undo = REVERSED.has(operation.kind) ? 'automatic' : 'refused'
  return { operation, undo }
}

/** A table is named once and then used through a variable: `$users = $this->table('users'); $users->addColumn(…)`. */
function vocabulary(program: Program, sql: SqlReader): ReadCall {
  let latest = '?'
  return following(program, (call) => {
    const chain = chainOf(call)
    const first = chain[0]
    const root = rootOf(call)?.replace(/^\$/, '') ?? ''
    if (first === undefined || first.receiver?.kind !== 'name') return null
    if (root === 'this' && (first.name === 'execute' || first.name === 'query'))
      return sqlOperations(argument(first, 0), program, sql, first.line)
    if (root === 'this' && first.name !== 'table' && first.name !== 'dropTable') return null
    const links = root === 'this' ? chain.slice(1) : chain
    if (root === 'this') latest = textOf(argument(first, 0), program) ?? '?'
    else if (!ON_TABLE.test(first.name)) return null
    const table = root === 'this' ? latest : tableHeld(program.assigned.get(root), latest, program)
    if (first.name === 'dropTable') return [{ kind: 'drop-table', table, line: first.line }]
    const create = links.find((link) => link.name === 'create')
    if (create !== undefined) return [{ kind: 'create-table', table, ifNotExists: false, line: create.line }]
    return links.flatMap((link) => changed(table, link, program).map((body) => ({ ...body, line: link.line })))
  })
}

const ON_TABLE =
  /^(?:(?:add|change|remove|rename)Column|(?:add|remove)Index|removeIndexByName|(?:add|drop)ForeignKey|(?:add|change)PrimaryKey|rename|drop|truncate|insert|create)$/

/** A variable that gets several tables is not known: then the table that was named last counts. */
function tableHeld(held: Value | undefined, latest: string, program: Program): string {
  return (held?.kind === 'call' && held.name === 'table' ? textOf(argument(held, 0), program) : null) ?? latest
}

function changed(table: string, link: Call, program: Program): readonly OperationBody[] {
  const first = argument(link, 0)
  const column = textOf(first, program) ?? '?'
  const options = link.args.find((arg) => arg.kind === 'map')
  const option = (name: string): Value | null => (options?.kind === 'map' ? (options.entries.get(name) ?? null) : null)
  const columns = textsOf(first, program)
  switch (link.name) {
    case 'addColumn': {
      const value = option('default')
      const filled = value === null || value.kind === 'null' ? 'none' : 'constant'
      const identity = isBool(option('identity'), true)
      const nullable = !isBool(option('null'), false)
      const type = typeOf(link, option('limit') ?? option('length'), program)
      return [{ kind: 'add-column', table, column, type, nullable, default: identity ? 'computed' : filled }]
    }
    case 'changeColumn': {
      const to = typeOf(link, option('limit') ?? option('length'), program)
      return [{ kind: 'change-type', table, column, from: null, to }]
    }
    case 'removeColumn':
      return [{ kind: 'drop-column', table, column }]
    case 'renameColumn':
      return [{ kind: 'rename-column', table, column, to: textOf(argument(link, 1), program) ?? '?' }]
    case 'addIndex': {
      const unique = isBool(option('unique'), true)
      return [{ kind: 'add-index', table, name: textOf(option('name')), columns, unique, concurrently: false }]
    }
    case 'removeIndex':
      return [{ kind: 'drop-index', table, name: null, columns, concurrently: false }]
    case 'removeIndexByName':
      return [{ kind: 'drop-index', table, name: column, columns: [], concurrently: false }]
    case 'addForeignKey':
      return [{ kind: 'add-constraint', table, name: null, type: 'foreign-key', columns, validated: true }]
    case 'addPrimaryKey':
    case 'changePrimaryKey':
      return [{ kind: 'add-constraint', table, name: null, type: 'primary-key', columns, validated: true }]
    case 'dropForeignKey':
      return [{ kind: 'drop-constraint', table, name: null, columns }]
    case 'rename':
      return [{ kind: 'rename-table', table, to: column }]
    case 'drop':
      return [{ kind: 'drop-table', table }]
    case 'truncate':
      return [{ kind: 'truncate', table }]
    case 'insert':
      return [{ kind: 'insert-rows', table }]
    default:
      return []
  }
}

function typeOf(link: Call, limit: Value | null, program: Program): string | null {
  const type = textOf(argument(link, 1), program)
  return type !== null && limit?.kind === 'number' ? `${type}(${limit.text})` : type
}
