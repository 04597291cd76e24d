import { type ReadMigration, type Undo, unread, writtenDown } from '../migration.ts'
import type { ConstraintType, OperationBody } from '../operation.ts'
import {
  type Call,
  chainOf,
  functionNamed,
  lastPart,
  type Program,
  rootOf,
  textOf,
  textsOf,
} from '../program/program.ts'
import { following, type ReadCall, readSteps, sqlOperations } from '../program/read-steps.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/**
 * FluentMigrator: `Up()` and `Down()` of chains such as `Create.Table("t").WithColumn("c").AsString()`. A base class can say that the way
 * down is derived (`AutoReversingMigration`), that there is none (`ForwardOnlyMigration`), or have its own method for the way up.
 */
export function readFluentMigrator(program: Program, path: string, text: string, sql: SqlReader): ReadMigration {
  const own = program.functions.find((found) => /Up(?:grade)?$/.test(found.name))
  const up = functionNamed(program, 'Up') ?? own ?? null
  const down = functionNamed(program, 'Down')
  const readCall = vocabulary(program, sql)
  const operations = up === null ? [] : readSteps(up.block.steps, readCall)
  if (/:\s*AutoReversingMigration\b/.test(text)) {
    const undo: Undo = 'automatic'
    return { steps: operations.map((operation) => ({ operation, undo })), down: { kind: 'none' } }
  }
  const steps = unread(operations)
  if (down !== null) return { steps, down: writtenDown(readSteps(down.block.steps, readCall), path, down.line) }
  return { steps, down: { kind: /:\s*Migration\b/.test(text) ? 'missing' : 'none' } }
}

const VERBS = new Set(['Create', 'Alter', 'Delete', 'Rename', 'Insert', 'Update', 'Execute'])

function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    const chain = chainOf(call)
    const first = chain[0]
    const verb = lastPart(rootOf(call) ?? '')
    if (first === undefined || !VERBS.has(verb)) return null
    if (verb === 'Execute') {
      if (first.name === 'Sql') return sqlOperations(first.args[0] ?? null, program, sql, first.line)
      const code = first.args[0]
      const method = code?.kind === 'name' ? functionNamed(program, lastPart(code.text)) : null
      const name = method?.name ?? textOf(code, program) ?? first.name
      return [{ kind: 'run-code', name, line: first.line }]
    }
    return statement(verb, first, chain, program).map(({ at, body }) => ({ ...body, line: at.line }))
  })
}

interface Placed {
  readonly at: Call
  readonly body: OperationBody
}

function statement(verb: string, first: Call, chain: readonly Call[], program: Program): readonly Placed[] {
  const text = (link: Call | undefined): string | null => textOf(link?.args[0], program)
  const link = (...names: readonly string[]): Call | undefined => chain.find((one) => names.includes(one.name))
  const one = (body: OperationBody): readonly Placed[] => [{ at: first, body }]
  const name = text(first) ?? '?'
  const table = text(link('OnTable', 'FromTable', 'IntoTable', 'Table')) ?? '?'
  switch (`${verb} ${first.name}`) {
    case 'Create Table':
    case 'Create TableForModel':
      return one({ kind: 'create-table', table: name, ifNotExists: false })
    case 'Create Column':
    case 'Alter Column':
    case 'Alter Table':
      return columns(verb, chain, table, program)
    case 'Create Index': {
      const on = chain.flatMap((each) => (each.name === 'OnColumn' ? textsOf(each.args[0], program) : []))
      const unique = link('Unique') !== undefined
      return one({ kind: 'add-index', table, name: text(first), columns: on, unique, concurrently: false })
    }
    case 'Delete Table':
      return one({ kind: 'drop-table', table: name })
    case 'Delete Column':
      return chain.flatMap((at) =>
        at.name === 'Column'
          ? textsOf(at.args[0], program).map((column): Placed => ({ at, body: { kind: 'drop-column', table, column } }))
          : [],
      )
    case 'Delete Index':
      return one({ kind: 'drop-index', table, name: text(first), columns: [], concurrently: false })
    case 'Delete FromTable':
      return one({ kind: 'delete-rows', table: name, where: link('AllRows') === undefined })
    case 'Rename Table':
      return one({ kind: 'rename-table', table: name, to: text(link('To')) ?? '?' })
    case 'Rename Column':
      return one({ kind: 'rename-column', table, column: name, to: text(link('To')) ?? '?' })
    case 'Insert IntoTable':
      return one({ kind: 'insert-rows', table: name })
    case 'Update Table': {
      const set = link('Set')?.args[0]
      const set_ = set?.kind === 'map' ? [...set.entries.keys()] : []
      return one({ kind: 'update-rows', table: name, columns: set_, where: link('Where') !== undefined })
    }
    default:
      return one(constraintOrObject(verb, first, table, name))
  }
}

const CONSTRAINTS: Readonly<Record<string, ConstraintType>> = {
  ForeignKey: 'foreign-key',
  PrimaryKey: 'primary-key',
  UniqueConstraint: 'unique',
}

function constraintOrObject(verb: string, first: Call, table: string, name: string): OperationBody {
  const type = CONSTRAINTS[first.name]
  const named = name === '?' ? null : name
  if (type !== undefined)
    return verb === 'Create'
      ? { kind: 'add-constraint', table, name: named, type, columns: [], validated: true }
      : { kind: 'drop-constraint', table, name: named, columns: [] }
  if (first.name !== 'Schema' && first.name !== 'Sequence')
    return { kind: first.name === 'DefaultConstraint' ? 'neutral' : 'unknown', says: `${verb}.${first.name}` }
  const object = first.name === 'Schema' ? 'schema' : 'sequence'
  return verb === 'Create'
    ? { kind: 'create-object', object, name, replace: false }
    : { kind: 'drop-object', object, name }
}

const TYPES: Readonly<Record<string, string>> = {
  Int16: 'smallint',
  Int32: 'integer',
  Int64: 'bigint',
  AnsiString: 'varchar',
  FixedLengthString: 'char',
  FixedLengthAnsiString: 'char',
  DateTimeOffset: 'timestamptz',
  DateTime: 'timestamp',
  DateTime2: 'timestamp',
  Guid: 'uuid',
}

/** The columns of `Alter.Table("t").AddColumn("a").AsString().AddColumn("b")…`: what follows a column's name is about it. */
function columns(verb: string, chain: readonly Call[], table: string, program: Program): readonly Placed[] {
  return chain.flatMap((at, i): readonly Placed[] => {
    const adds = at.name === 'AddColumn' || (verb === 'Create' && at.name === 'Column')
    const alters = at.name === 'AlterColumn' || (verb === 'Alter' && at.name === 'Column')
    if (!adds && !alters) return []
    const rest = chain.slice(i + 1)
    const end = rest.findIndex((link) => /^(?:Add|Alter)Column$/.test(link.name))
    const about = end < 0 ? rest : rest.slice(0, end)
    const column = textOf(at.args[0], program) ?? '?'
    const type = typeOf(about, program)
    if (alters) return [{ at, body: { kind: 'change-type', table, column, from: null, to: type } }]
    const has = (pattern: RegExp): boolean => about.some((link) => pattern.test(link.name))
    const filled = has(/^(?:Identity|WithDefault)$/) ? 'computed' : has(/^WithDefaultValue$/) ? 'constant' : 'none'
    const body: OperationBody = {
      kind: 'add-column',
      table,
      column,
      type,
      nullable: has(/^Nullable$/),
      default: filled,
    }
    return [{ at, body }]
  })
}

function typeOf(links: readonly Call[], program: Program): string | null {
  const link = links.find((one) => /^As[A-Z]/.test(one.name))
  if (link === undefined) return null
  if (link.name === 'AsCustom') return textOf(link.args[0], program)
  const name = link.name.slice(2)
  const sizes = link.args.flatMap((arg) => (arg.kind === 'number' ? arg.text : []))
  const type = TYPES[name] ?? name.toLowerCase()
  return sizes.length > 0 ? `${type}(${sizes.join(', ')})` : type
}
