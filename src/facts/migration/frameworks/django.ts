import type { ReadMigration, ReadStep, Undo } from '../migration.ts'
import type { DefaultValue, Operation, OperationBody } from '../operation.ts'
import {
  argument,
  type Call,
  fingerprint,
  functionNamed,
  isBool,
  lastPart,
  optionOf,
  type Program,
  textOf,
  textsOf,
  type Value,
} from '../program/program.ts'
import { following, readSteps, sqlOperations } from '../program/read-steps.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/** Django migrations: a list of operations, each with an inverse of its own. Tables are named by their model, in lower case. */
export function readDjango(program: Program, sql: SqlReader, before: ModelsBefore): ReadMigration {
  const listed = program.assigned.get('operations')
  const calls = listed?.kind === 'list' ? listed.items.filter((item) => item.kind === 'call') : []
  return { steps: calls.flatMap((call) => operation(call, program, sql, before)), down: { kind: 'none' } }
}

interface ModelsBefore {
  /** How the model declared a field before the change; null when that was not read. */
  readonly djangoField: (model: string, column: string) => Call | null
  readonly isOneRow: (model: string) => boolean
}

function operation(call: Call, program: Program, sql: SqlReader, before: ModelsBefore): readonly ReadStep[] {
  if (call.name === 'AlterField')
    return alterField(call, program, before).map((body) => ({
      operation: { ...body, line: call.line },
      undo: 'automatic',
    }))
  if (call.name === 'RunSQL') return runSql(call, program, sql)
  if (call.name === 'RunPython') return runPython(call, program)
  if (call.name === 'SeparateDatabaseAndState') {
    const inner = argument(call, 0, 'database_operations')
    return inner?.kind === 'list'
      ? inner.items.flatMap((item) => (item.kind === 'call' ? operation(item, program, sql, before) : []))
      : []
  }
  const body = structural(call, program, before)
  return body === null ? [] : [{ operation: { ...body, line: call.line }, undo: 'automatic' }]
}

/** What a field says that the database does not hear of. */
const MODEL_ONLY = new Set(
  'choices help_text verbose_name limit_choices_to related_name related_query_name validators error_messages editable blank on_delete default managers options'.split(
    ' ',
  ),
)

function structural(call: Call, program: Program, before: ModelsBefore): OperationBody | null {
  const model = (
    textOf(argument(call, 0, 'model_name'), program) ??
    textOf(optionOf(call, 'name'), program) ??
    '?'
  ).toLowerCase()
  const column = textOf(argument(call, 1, 'name'), program) ?? '?'
  switch (call.name) {
    case 'CreateModel':
      return {
        kind: 'create-table',
        table: modelName(call, program),
        ifNotExists: false,
        definition: fingerprint(call, MODEL_ONLY),
      }
    case 'DeleteModel':
      return { kind: 'drop-table', table: modelName(call, program) }
    case 'RenameModel':
      return {
        kind: 'rename-table',
        table: (textOf(argument(call, 0, 'old_name'), program) ?? '?').toLowerCase(),
        to: (textOf(argument(call, 1, 'new_name'), program) ?? '?').toLowerCase(),
      }
    case 'AlterModelTable':
      return {
        kind: 'rename-table',
        table: modelName(call, program),
        to: textOf(argument(call, 1, 'table'), program) ?? '?',
      }
    case 'AddField':
      return addField(call, model, column, before)
    case 'RemoveField':
      return { kind: 'drop-column', table: model, column }
    case 'RenameField':
      return {
        kind: 'rename-column',
        table: model,
        column: textOf(argument(call, 1, 'old_name'), program) ?? '?',
        to: textOf(argument(call, 2, 'new_name'), program) ?? '?',
      }
    case 'AddIndex':
    case 'AddIndexConcurrently':
      return {
        kind: 'add-index',
        table: model,
        name: indexName(argument(call, 1, 'index'), program),
        columns: [],
        unique: false,
        concurrently: call.name !== 'AddIndex',
      }
    case 'RemoveIndex':
    case 'RemoveIndexConcurrently':
      return { kind: 'drop-index', table: model, name: column, columns: [], concurrently: call.name !== 'RemoveIndex' }
    case 'AddConstraint':
      return addConstraint(call, model, program)
    case 'RemoveConstraint':
      return { kind: 'drop-constraint', table: model, name: column, columns: [] }
    case 'AlterUniqueTogether':
      return uniqueTogether(call, program)
    case 'AlterIndexTogether':
    case 'RenameIndex':
    case 'AlterModelOptions':
    case 'AlterModelManagers':
    case 'AlterModelTableComment':
    case 'AlterOrderWithRespectTo':
    case 'ValidateConstraint':
      return { kind: 'neutral', says: call.name }
    default:
      return extension(call)
  }
}

function extension(call: Call): OperationBody | null {
  if (/Extension$/.test(call.name))
    return { kind: 'create-object', object: 'extension', name: call.name, replace: false }
  return { kind: 'neutral', says: call.name }
}

function modelName(call: Call, program: Program): string {
  return (textOf(argument(call, 0, 'name'), program) ?? '?').toLowerCase()
}

function uniqueTogether(call: Call, program: Program): OperationBody {
  const together = argument(call, 1, 'unique_together')
  const table = modelName(call, program)
  const adds =
    (together?.kind === 'list' && together.items.length > 0) || (together?.kind === 'call' && together.args.length > 0)
  return adds
    ? { kind: 'add-constraint', table, name: null, type: 'unique', columns: [], validated: true }
    : { kind: 'drop-constraint', table, name: null, columns: [] }
}

function addConstraint(call: Call, table: string, program: Program): OperationBody {
  const constraint = argument(call, 1, 'constraint')
  const name = indexName(constraint, program)
  const type = constraint?.kind === 'call' && /Check/.test(constraint.name) ? 'check' : 'unique'
  const columns = constraint?.kind === 'call' ? textsOf(optionOf(constraint, 'fields'), program) : []
  return { kind: 'add-constraint', table, name, type, columns, validated: true }
}

function indexName(index: Value | null, program: Program): string | null {
  return index?.kind === 'call' ? textOf(optionOf(index, 'name'), program) : null
}

/** `models.CharField(max_length=20)` → `CharField(20)`. */
function fieldType(field: Value | null): string | null {
  if (field?.kind !== 'call') return null
  const sizes = ['max_length', 'max_digits', 'decimal_places'].flatMap((key) => {
    const size = optionOf(field, key)
    return size?.kind === 'number' ? size.text : []
  })
  // `models.JSONField[dict]` says the same with a type for the checker.
  const name = lastPart(field.name.replace(/\[[^\]]*\]*$/, ''))
  return sizes.length > 0 ? `${name}(${sizes.join(', ')})` : name
}

/** A column without NULL whose default only Django knows: an older version's insert leaves it out and fails. */
function addField(call: Call, table: string, column: string, before: ModelsBefore): OperationBody {
  const field = argument(call, 2, 'field')
  if (field?.kind !== 'call') return { kind: 'add-column', table, column, type: null, nullable: true, default: 'none' }
  if (field.name === 'ManyToManyField') return { kind: 'create-table', table: `${table}_${column}`, ifNotExists: false }
  const nullable = isBool(optionOf(field, 'null'), true)
  const oneRow = before.isOneRow(table) ? { oneRow: true as const } : {}
  return {
    kind: 'add-column',
    table,
    column,
    type: fieldType(field),
    nullable,
    default: fieldDefault(field),
    ...oneRow,
  }
}

/** AlterField restates the whole field: only what differs from the model's declaration before changes the database. */
function alterField(call: Call, program: Program, before: ModelsBefore): readonly OperationBody[] {
  const table = (textOf(argument(call, 0, 'model_name'), program) ?? '?').toLowerCase()
  const column = textOf(argument(call, 1, 'name'), program) ?? '?'
  const field = argument(call, 2, 'field')
  const was = before.djangoField(table, column)
  if (field?.kind !== 'call' || was === null)
    return [{ kind: 'neutral', says: 'AlterField of a field whose declaration before was not read' }]
  const from = fieldType(was)
  const to = fieldType(field)
  if (from === 'ManyToManyField' && to === from) return [{ kind: 'neutral', says: 'AlterField of no column' }]
  const wasNullable = isBool(optionOf(was, 'null'), true) || lastPart(was.name) === 'NullBooleanField'
  const nullable = isBool(optionOf(field, 'null'), true)
  const bodies: OperationBody[] = []
  if (from !== to) bodies.push({ kind: 'change-type', table, column, from, to })
  // A previous version that has a default of its own writes that, and no NULL.
  if (wasNullable && !nullable) {
    const fill: DefaultValue = fieldDefault(was) === 'none' ? 'none' : 'constant'
    const body: OperationBody = { kind: 'set-not-null', table, column, fill }
    bodies.push(fill === 'none' && fieldDefault(field) !== 'none' ? { ...body, leftOut: true } : body)
  }
  if (!wasNullable && nullable) bodies.push({ kind: 'drop-not-null', table, column })
  const isUnique = (one: Call): boolean =>
    isBool(optionOf(one, 'unique'), true) || fieldType(one)?.startsWith('OneToOneField') === true
  const unique = isUnique(field) && !isUnique(was)
  if (unique)
    bodies.push({ kind: 'add-constraint', table, name: null, type: 'unique', columns: [column], validated: true })
  return bodies.length > 0 ? bodies : [{ kind: 'neutral', says: 'AlterField that changes no column' }]
}

function fieldDefault(field: Call): DefaultValue {
  if (optionOf(field, 'db_default') !== null || /^(?:GeneratedField|.*AutoField)$/.test(field.name)) return 'computed'
  const filled = optionOf(field, 'default') ?? optionOf(field, 'auto_now') ?? optionOf(field, 'auto_now_add')
  // Django gives what holds text the empty one, where a form may leave it blank.
  const isText = /^(?:Char|Text|Slug|URL|Email|File|Image)\w*$/.test(lastPart(field.name))
  if (filled === null && isText && isBool(optionOf(field, 'blank'), true)) return 'code'
  return filled === null ? 'none' : 'code'
}

function runSql(call: Call, program: Program, sql: SqlReader): readonly ReadStep[] {
  const reverse = argument(call, 1, 'reverse_sql')
  const undo: Undo = reverse === null || reverse.kind === 'null' ? 'refused' : isNoop(reverse) ? 'noop' : 'written'
  const operations = sqlOperations(argument(call, 0, 'sql'), program, sql, call.line)
  return operations.map((each) => ({ operation: each, undo: each.kind === 'neutral' ? 'automatic' : undo }))
}

function isNoop(value: Value): boolean {
  if (value.kind === 'name') return value.text.endsWith('noop')
  return value.kind === 'text' && value.text.trim() === ''
}

/** What the forward function does is read from this file; a function from elsewhere stays code. */
function runPython(call: Call, program: Program): readonly ReadStep[] {
  const forward = argument(call, 0, 'code')
  const backward = argument(call, 1, 'reverse_code')
  const reverse = bodyOf(backward, program)
  const undo: Undo =
    backward === null || backward.kind === 'null'
      ? 'refused'
      : isNoop(backward) || reverse?.length === 0
        ? 'noop'
        : 'written'
  if (forward !== null && isNoop(forward)) return []
  const name = forward?.kind === 'name' ? forward.text : 'code'
  const writes = bodyOf(forward, program)
  const operations: readonly Operation[] =
    writes !== null && writes.length > 0 ? writes : [{ kind: 'run-code', name, line: call.line }]
  return operations.map((each) => ({ operation: each, undo }))
}

function bodyOf(value: Value | null, program: Program): readonly Operation[] | null {
  if (value?.kind === 'block')
    return readSteps(
      value.steps,
      following(program, () => null),
    )
  if (value?.kind !== 'name') return null
  const found = functionNamed(program, value.text)
  return found === null
    ? null
    : readSteps(
        found.block.steps,
        following(program, () => null),
      )
}
