import type { Operation, OperationBody } from '../operation.ts'
import {
  argument,
  type Block,
  type Call,
  chainOf,
  isBool,
  optionOf,
  type Program,
  rootOf,
  textOf,
  textsOf,
} from '../program/program.ts'

/** How a builder with a callback (`t.string('a')`) spells what it does to a table that is there. */
export interface BuilderStyle {
  /** Whether a column takes NULL unless it says otherwise. */
  readonly nullableByDefault: boolean
}

const COLUMN_DROPS = new Set(['dropColumn', 'dropColumns', 'remove', 'removeColumn'])
const INDEX_DROPS = new Set(['dropIndex', 'dropFullText', 'dropSpatialIndex', 'remove_index', 'dropRawIndex'])
const CONSTRAINT_DROPS = new Set([
  'dropForeign',
  'dropUnique',
  'dropPrimary',
  'dropForeignIdFor',
  'dropConstrainedForeignId',
  'dropForeignKey',
  'dropChecks',
  'remove_foreign_key',
  'remove_check_constraint',
  'dropUniqueConstraint',
])
const INDEXES = new Set(['index', 'fullText', 'fulltext', 'spatialIndex', 'rawIndex'])
const CONSTRAINTS: Readonly<Record<string, 'unique' | 'primary-key' | 'foreign-key' | 'check'>> = {
  unique: 'unique',
  primary: 'primary-key',
  foreign: 'foreign-key',
  foreign_key: 'foreign-key',
  check: 'check',
  check_constraint: 'check',
}
const STAMPS: Readonly<Record<string, readonly string[]>> = {
  timestamps: ['created_at', 'updated_at'],
  timestampsTz: ['created_at', 'updated_at'],
  nullableTimestamps: ['created_at', 'updated_at'],
  softDeletes: ['deleted_at'],
  softDeletesTz: ['deleted_at'],
  rememberToken: ['remember_token'],
}
const STAMP_DROPS: Readonly<Record<string, readonly string[]>> = {
  dropTimestamps: ['created_at', 'updated_at'],
  dropTimestampsTz: ['created_at', 'updated_at'],
  remove_timestamps: ['created_at', 'updated_at'],
  dropSoftDeletes: ['deleted_at'],
  dropSoftDeletesTz: ['deleted_at'],
  dropRememberToken: ['remember_token'],
}
const QUIET = new Set(
  'comment engine charset collation inherits after first queryContext specificType column_exists index_exists hasColumn'.split(
    ' ',
  ),
)

/** Operations of the callback that alters a table. */
export function alterTable(table: string, block: Block, program: Program, style: BuilderStyle): readonly Operation[] {
  const builder = block.params[0]?.replace(/^\$/, '') ?? ''
  return block.steps.flatMap((step) => {
    if (step.kind === 'raise') return []
    const root = rootOf(step)?.replace(/^\$/, '')
    if (root !== builder && builder !== '') {
      return step.block === null ? [] : alterTable(table, { ...step.block, params: block.params }, program, style)
    }
    return alterColumn(table, step, program, style).map((body) => ({
      ...body,
      line: chainOf(step)[0]?.line ?? step.line,
    }))
  })
}

function alterColumn(table: string, call: Call, program: Program, style: BuilderStyle): readonly OperationBody[] {
  const chain = chainOf(call)
  const first = chain[0]
  if (first === undefined || QUIET.has(first.name)) return []
  const has = (name: string): Call | undefined => chain.find((link) => link.name === name)
  const text = textOf(argument(first, 0), program)
  const listed = first.args.flatMap((arg) => textsOf(arg, program))
  if (COLUMN_DROPS.has(first.name)) return listed.map((column) => ({ kind: 'drop-column', table, column }))
  const stampDrops = STAMP_DROPS[first.name]
  if (stampDrops) return stampDrops.map((column) => ({ kind: 'drop-column', table, column }))
  if (first.name === 'dropMorphs' && text)
    return [`${text}_id`, `${text}_type`].map((column) => ({ kind: 'drop-column', table, column }))
  if (first.name === 'renameColumn' || first.name === 'rename') {
    return [{ kind: 'rename-column', table, column: listed[0] ?? '?', to: listed[1] ?? '?' }]
  }
  if (INDEX_DROPS.has(first.name)) return [dropIndex(table, first, program)]
  if (
    first.name === 'dropConstrainedForeignId' ||
    first.name === 'remove_references' ||
    first.name === 'remove_belongs_to'
  ) {
    return [{ kind: 'drop-column', table, column: first.name.startsWith('remove') ? `${text}_id` : (text ?? '?') }]
  }
  if (CONSTRAINT_DROPS.has(first.name)) return [dropConstraint(table, first, program)]
  if (INDEXES.has(first.name)) {
    const unique = isBool(optionOf(first, 'unique'), true)
    return [
      {
        kind: 'add-index',
        table,
        name: indexName(first, program),
        columns: textsOf(argument(first, 0), program),
        unique,
        concurrently: false,
      },
    ]
  }
  const constraint = CONSTRAINTS[first.name]
  if (constraint) {
    return [
      {
        kind: 'add-constraint',
        table,
        name: indexName(first, program),
        type: constraint,
        columns: textsOf(argument(first, 0), program),
        validated: true,
      },
    ]
  }
  if (first.name === 'setNullable' || first.name === 'dropNullable') {
    return text === null
      ? []
      : [
          first.name === 'setNullable'
            ? { kind: 'drop-not-null', table, column: text }
            : { kind: 'set-not-null', table, column: text, fill: 'none' },
        ]
  }
  const stamps = STAMPS[first.name]
  if (stamps)
    return stamps.map((column) => ({
      kind: 'add-column',
      table,
      column,
      type: 'timestamp',
      nullable: true,
      default: 'none',
    }))
  if (first.name === 'change' && text !== null)
    return [{ kind: 'change-type', table, column: text, from: null, to: textOf(argument(first, 1), program) }]
  if (first.name === 'change_default' && text !== null) return [{ kind: 'set-default', table, column: text }]
  if (first.name === 'change_null' && text !== null) {
    return [
      isBool(argument(first, 1), true)
        ? { kind: 'drop-not-null', table, column: text }
        : { kind: 'set-not-null', table, column: text, fill: 'none' },
    ]
  }
  return newColumns(table, first, chain, has, listed, style)
}

function newColumns(
  table: string,
  first: Call,
  chain: readonly Call[],
  has: (name: string) => Call | undefined,
  listed: readonly string[],
  style: BuilderStyle,
): readonly OperationBody[] {
  const generic = first.name === 'column' || first.name === 'specificType' || first.name === 'addColumn'
  const reference = first.name === 'references' || first.name === 'belongs_to'
  const names = reference
    ? listed.map((name) => `${name}_id`)
    : first.name === 'morphs' || first.name === 'nullableMorphs'
      ? listed.slice(0, 1).flatMap((name) => [`${name}_id`, `${name}_type`])
      : style.nullableByDefault &&
          !generic &&
          first.receiver?.kind === 'name' &&
          first.named.size + first.args.length > 1 &&
          first.args.every((arg) => arg.kind === 'text')
        ? listed
        : listed.slice(0, 1)
  const type = generic ? (listed[1] ?? null) : typeOf(first)
  const changed = has('change') ?? has('alter')
  if (changed !== undefined) {
    return names.map((column) => ({ kind: 'change-type', table, column, from: null, to: type }))
  }
  const isFalse = (name: string) => isBool(optionOf(first, name), false)
  const nullable =
    has('notNullable') || isFalse('null')
      ? false
      : has('nullable')
        ? !isBool(argument(has('nullable') ?? first, 0), false)
        : style.nullableByDefault ||
          first.name === 'nullableMorphs' ||
          (first.name === 'timestamp' && has('useCurrent') === undefined && style.nullableByDefault)
  const value = has('default')?.args[0] ?? has('defaultTo')?.args[0] ?? optionOf(first, 'default')
  const computed = has('useCurrent') ?? has('storedAs') ?? has('virtualAs') ?? has('generatedAs')
  const filled = computed ? 'computed' : value && value.kind !== 'null' ? 'constant' : 'none'
  const columns: readonly OperationBody[] = names.map((column) => ({
    kind: 'add-column',
    table,
    column,
    type,
    nullable,
    default: filled,
  }))
  const keyed = chain.some((link) => link.name === 'constrained' || (link.name === 'references' && link !== first))
  if (!keyed || names[0] === undefined) return columns
  return [
    ...columns,
    { kind: 'add-constraint', table, name: null, type: 'foreign-key', columns: [names[0]], validated: true },
  ]
}

/** `string('a', 20)` → `string(20)`. */
function typeOf(call: Call): string {
  const sizes = call.args.slice(1).flatMap((arg) => (arg.kind === 'number' ? arg.text : []))
  return sizes.length > 0 ? `${call.name}(${sizes.join(', ')})` : call.name
}

function indexName(call: Call, program: Program): string | null {
  return textOf(optionOf(call, 'name') ?? optionOf(call, 'indexName'), program) ?? textOf(call.args[1], program)
}

function dropIndex(table: string, call: Call, program: Program): OperationBody {
  const first = argument(call, 0)
  const columns = first?.kind === 'list' ? textsOf(first, program) : textsOf(optionOf(call, 'column'), program)
  const name =
    first?.kind === 'list'
      ? indexName(call, program)
      : (textOf(optionOf(call, 'name'), program) ?? textOf(first, program))
  return { kind: 'drop-index', table, name, columns, concurrently: false }
}

function dropConstraint(table: string, call: Call, program: Program): OperationBody {
  const first = argument(call, 0)
  const columns = first?.kind === 'list' ? textsOf(first, program) : []
  return { kind: 'drop-constraint', table, name: first?.kind === 'text' ? first.text : null, columns }
}
