import type { Operation } from '../operation.ts'
import { readSql, type SqlReader } from '../sql/read-sql.ts'
import { dataWrite } from './data-writes.ts'
import type { Call, Program, Step, TextValue, Value } from './program.ts'
import { chainOf, fingerprint, functionNamed, textOf } from './program.ts'

/** What a framework's vocabulary makes of a call; null when it is not in it. */
export type ReadCall = (call: Call) => readonly Operation[] | null

/** So many calls of own functions are followed in one migration. */
const MAX_FOLLOWED = 100

/** Follows calls of the file's own functions: helpers often hold what a migration does. */
export function following(program: Program, readCall: ReadCall): ReadCall {
  const open = new Set<string>()
  let followed = 0
  const read: ReadCall = (call) => {
    const known = readCall(call)
    if (known !== null) return known
    const own = isOwn(call) ? functionNamed(program, call.name) : null
    if (own === null || open.has(call.name) || ++followed > MAX_FOLLOWED) return null
    open.add(call.name)
    const operations = readSteps(own.block.steps, read)
    open.delete(call.name)
    return operations
  }
  return read
}

function isOwn(call: Call): boolean {
  return (
    call.receiver === null || (call.receiver.kind === 'name' && /^(?:self|this|\$this|cls)$/.test(call.receiver.text))
  )
}

/** Operations of a body. A call that the framework does not know is looked into, and else judged as a write of rows. */
export function readSteps(steps: readonly Step[], readCall: ReadCall): readonly Operation[] {
  return steps.flatMap((step): readonly Operation[] =>
    step.kind === 'raise' ? [{ kind: 'refuse', says: step.says, line: step.line }] : readUnknown(step, readCall),
  )
}

function readUnknown(call: Call, readCall: ReadCall): readonly Operation[] {
  const known = readCall(call)
  if (known !== null)
    return known.map((operation) =>
      operation.kind === 'create-table' ? { definition: fingerprint(call), ...operation } : operation,
    )
  const write = dataWrite(call)
  if (write !== null) return [write]
  return [
    ...readValue(call.receiver, readCall),
    ...call.args.flatMap((arg) => readValue(arg, readCall)),
    ...(call.block === null ? [] : readSteps(call.block.steps, readCall)),
  ]
}

function readValue(value: Value | null, readCall: ReadCall): readonly Operation[] {
  if (value === null) return []
  if (value.kind === 'call') return readUnknown(value, readCall)
  if (value.kind === 'block') return readSteps(value.steps, readCall)
  if (value.kind === 'list') return value.items.flatMap((item) => readValue(item, readCall))
  return []
}

/** The operations of SQL given as text: a literal, a constant, or wrapped in a call such as `text('…')`. */
export function sqlOperations(
  value: Value | null,
  program: Program,
  sql: SqlReader,
  line: number,
): readonly Operation[] {
  const found = sqlText(value, program)
  if (found === null) return [{ kind: 'run-code', name: 'SQL known at run time only', line }]
  // A text that is no SQL names a script or resource that is run.
  const operations = readSql(found.text, sql, found.line)
  const isSql = operations.some((operation) => operation.kind !== 'unknown')
  return isSql || operations.length === 0 ? operations : [{ kind: 'run-code', name: found.text.slice(0, 60), line }]
}

function sqlText(value: Value | null, program: Program): TextValue | null {
  if (value === null) return null
  if (value.kind === 'text') return value
  if (value.kind === 'list') return sqlText(value.items[0] ?? null, program)
  if (value.kind === 'call') {
    // `<<~SQL.squish`: what a method is called on.
    const root = chainOf(value)[0]?.receiver
    if (root?.kind === 'text') return root
    for (const link of chainOf(value))
      for (const arg of link.args) {
        const inner = sqlText(arg, program)
        if (inner !== null) return inner
      }
    return null
  }
  if (value.kind !== 'name') return null
  const constant = program.assigned.get(value.text.split('.').at(-1) ?? '')
  return constant?.kind === 'text' ? constant : null
}

export function nameOr(value: Value | null, program: Program): string {
  return textOf(value, program) ?? (value?.kind === 'name' ? value.text : '?')
}
