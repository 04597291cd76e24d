import type { OperationBody } from '../operation.ts'
import { type Call, chainOf, isBool, lastPart, type Program, textOf, type Value } from '../program/program.ts'
import { nameOr } from '../program/read-steps.ts'

/** A table's name: text, a constant, `{ tableName }`, or `new Table({ name })`. */
export function tableOf(value: Value | null, program: Program): string {
  if (value?.kind === 'map')
    return (
      textOf(value.entries.get('tableName') ?? value.entries.get('name') ?? value.entries.get('schema'), program) ?? '?'
    )
  if (value?.kind === 'call') return tableOf(value.args[0] ?? null, program)
  return lastPart(nameOr(value, program).replaceAll('"', ''))
}

interface Definition {
  readonly type: string | null
  readonly nullable: boolean
  readonly default: 'none' | 'constant' | 'computed'
}

/** `{ type, allowNull, defaultValue }`, `new TableColumn({ type, isNullable, default })`, `{ type, notNull, default }`, `(col) => col.notNull()`. */
export function columnDefinition(call: Call, value: Value | null, program: Program): Definition {
  const last = call.args.at(-1)
  if (last?.kind === 'block') {
    const links = last.steps.flatMap((step) => (step.kind === 'call' ? chainOf(step) : []))
    const filled = links.some((link) => link.name === 'defaultTo')
    return {
      type: textOf(value, program),
      nullable: !links.some((link) => link.name === 'notNull'),
      default: filled ? 'constant' : 'none',
    }
  }
  const map = value?.kind === 'call' ? value.args[0] : value
  return map?.kind === 'map'
    ? definitionOf(map.entries, program, value?.kind === 'call')
    : { type: null, nullable: true, default: 'none' }
}

function definitionOf(entries: ReadonlyMap<string, Value>, program: Program, typeorm: boolean): Definition {
  const type = entries.get('type')
  const nullable = typeorm
    ? isBool(entries.get('isNullable'), true)
    : !isBool(entries.get('allowNull'), false) && !isBool(entries.get('notNull'), true)
  const value = entries.get('defaultValue') ?? entries.get('default')
  const filled =
    value === undefined || value.kind === 'null'
      ? 'none'
      : value.kind === 'call' || value.kind === 'name'
        ? 'computed'
        : 'constant'
  return { type: typeName(type, program), nullable, default: filled }
}

function typeName(type: Value | undefined, program: Program): string | null {
  if (type?.kind === 'call') {
    const size = type.args[0]
    return size?.kind === 'number' ? `${type.name}(${size.text})` : type.name
  }
  return type?.kind === 'name' ? lastPart(type.text) : textOf(type, program)
}

export function addColumns(table: string, columns: Value | null, program: Program): readonly OperationBody[] {
  if (columns?.kind === 'list') {
    return columns.items.map((item) => ({
      kind: 'add-column',
      table,
      column: tableOf(item, program),
      ...(item.kind === 'call' && item.args[0]?.kind === 'map'
        ? definitionOf(item.args[0].entries, program, true)
        : { type: null, nullable: true, default: 'none' as const }),
    }))
  }
  if (columns?.kind !== 'map') return [{ kind: 'unknown', says: 'addColumns' }]
  return [...columns.entries].map(([column, value]) => ({
    kind: 'add-column',
    table,
    column,
    ...(value.kind === 'map'
      ? definitionOf(value.entries, program, false)
      : { type: textOf(value, program), nullable: true, default: 'none' as const }),
  }))
}

export function changeColumn(
  table: string,
  column: string,
  value: Value | null,
  program: Program,
): readonly OperationBody[] {
  const map = value?.kind === 'call' ? value.args[0] : value
  if (map?.kind !== 'map') return [{ kind: 'change-type', table, column, from: null, to: null }]
  const { entries } = map
  const bodies: OperationBody[] = []
  const type = entries.get('type')
  if (type !== undefined) bodies.push({ kind: 'change-type', table, column, from: null, to: typeName(type, program) })
  const required =
    isBool(entries.get('allowNull'), false) ||
    isBool(entries.get('notNull'), true) ||
    isBool(entries.get('isNullable'), false)
  const filled = entries.has('defaultValue') || entries.has('default')
  if (required) bodies.push({ kind: 'set-not-null', table, column, fill: filled ? 'constant' : 'none' })
  else if (isBool(entries.get('notNull'), false) || isBool(entries.get('allowNull'), true))
    bodies.push({ kind: 'drop-not-null', table, column })
  if (filled && type === undefined && !required) bodies.push({ kind: 'set-default', table, column })
  return bodies
}
