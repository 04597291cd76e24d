import { type ReadMigration, unread, type WrittenDown, writtenDown } from '../migration.ts'
import type { Operation } from '../operation.ts'
import { type Call, functionNamed, lastPart, type Program, type Step, textOf, type Value } from '../program/program.ts'
import { following, type ReadCall, readSteps, sqlOperations } from '../program/read-steps.ts'
import type { SqlReader } from '../sql/read-sql.ts'

/** goose in Go: `goose.AddMigrationContext(up, down)` names two functions of the file, which run SQL. */
export function readGoCode(program: Program, path: string, sql: SqlReader): ReadMigration {
  const calls = [...program.steps, ...program.functions.flatMap((found) => found.block.steps)]
  const registered = calls.find((step): step is Call => step.kind === 'call' && /^Add\w*Migration\w*$/.test(step.name))
  const [up, down] = (registered?.args ?? []).filter((arg) => arg.kind !== 'text')
  const readCall = vocabulary(program, sql)
  const read = (value: Value | undefined): readonly Operation[] => readSteps(stepsOf(value, program), readCall)
  return { steps: unread(read(up)), down: downOf(down, read, path) }
}

function downOf(
  down: Value | undefined,
  read: (value: Value | undefined) => readonly Operation[],
  path: string,
): WrittenDown {
  if (down === undefined || down.kind === 'null') return { kind: 'missing' }
  return writtenDown(read(down), path, down.kind === 'block' ? down.line : 1)
}

function stepsOf(value: Value | undefined, program: Program): readonly Step[] {
  if (value?.kind === 'block') return value.steps
  if (value?.kind !== 'name') return []
  return functionNamed(program, lastPart(value.text))?.block.steps ?? []
}

const RUNS = /^(?:Must)?(?:Exec|Raw)(?:Context|Tx)?$/
const SQL = /^\s*(?:alter|create|delete|drop|insert|pragma|rename|truncate|update)\s/i

/** SQL is run by `Exec`, or by a helper that takes it as text. Verbs of `fmt.Sprintf` stand for what is known at run time. */
function vocabulary(program: Program, sql: SqlReader): ReadCall {
  return following(program, (call) => {
    if (/^(?:Query|Scan|Errorf|Printf|Println|Sprintf|Next|Close)/.test(call.name)) return []
    const text = call.args.find((arg) => SQL.test(inner(arg, program)))
    if (text !== undefined) {
      const value: Value = { kind: 'text', text: inner(text, program), exact: true, line: lineOf(text, call.line) }
      return sqlOperations(value, program, sql, call.line)
    }
    if (RUNS.test(call.name)) return [{ kind: 'run-code', name: 'SQL known at run time only', line: call.line }]
    return null
  })
}

function inner(value: Value, program: Program): string {
  const text =
    value.kind === 'call' && value.name === 'Sprintf' ? textOf(value.args[0], program) : textOf(value, program)
  return (text ?? '').replaceAll(/%(?:\[\d+\])?[sdvq]/g, '_')
}

function lineOf(value: Value, otherwise: number): number {
  if (value.kind === 'text') return value.line
  return value.kind === 'call' && value.args[0]?.kind === 'text' ? value.args[0].line : otherwise
}
