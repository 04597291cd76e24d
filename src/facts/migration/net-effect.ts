import type { ReadMigration } from './migration.ts'
import { type Operation, type OperationBody, sameName } from './operation.ts'
import { lastPart } from './program/program.ts'

type Of<K extends OperationBody['kind']> = Extract<Operation, { kind: K }>

/**
 * Folds what is done in several steps because the database cannot do it in one: a table that is built anew under another name, filled,
 * and put in the place of the old one (SQLite), and a column that is replaced by a copy of itself with another type. Without the copy
 * nothing is folded: then what was there is gone.
 */
export function netEffect(read: ReadMigration): ReadMigration {
  const ups = folded(read.steps.map((step) => step.operation))
  const steps = read.steps.map((step, i) => ({ ...step, operation: ups[i] ?? step.operation }))
  const { down } = read
  return { steps, down: down.kind === 'operations' ? { ...down, operations: folded(down.operations) } : down }
}

/** As many operations as before, in the same places. */
function folded(operations: readonly Operation[]): readonly Operation[] {
  return withoutSwaps(withoutRebuilds(operations))
}

function aside(operation: Operation, says: string): Operation {
  return { kind: 'neutral', says, line: operation.line }
}

/**
 * Either a new table takes the place of one that is dropped, or the old one steps aside for a new one of its name. Rows that are not
 * copied are deleted.
 */
function withoutRebuilds(operations: readonly Operation[]): readonly Operation[] {
  const parts = new Map<Operation, Operation>()
  const renames = operations.filter((op): op is Of<'rename-table'> => op.kind === 'rename-table')
  for (const [at, rename] of renames.entries()) {
    const to = lastPart(rename.to)
    const made = operations.find((op) => op.kind === 'create-table' && sameName(op.table, rename.table))
    // Several take what each of the others leaves.
    const [copied, ...more] = operations.filter(
      (op): op is Of<'insert-rows'> => op.kind === 'insert-rows' && sameName(op.table, rename.table),
    )
    const back = renames[at - 1]
    if (back !== undefined && sameName(lastPart(back.to), rename.table) && sameName(back.table, to))
      for (const part of [back, rename]) parts.set(part, aside(part, 'table named back'))
    if (made === undefined || copied === undefined) continue
    const steppedAside = operations.indexOf(rename) < operations.indexOf(made)
    const gone = operations.find((op) => op.kind === 'drop-table' && sameName(op.table, to))
    const rebuilt = [
      rename,
      ...(gone === undefined ? [] : [gone]),
      ...(gone !== undefined || steppedAside ? [made] : []),
    ]
    for (const part of rebuilt) parts.set(part, aside(part, 'table rebuilt'))
    if (gone !== undefined && copied.filtered && more.length === 0)
      parts.set(copied, { kind: 'delete-rows', table: to, where: true, leftBehind: true, line: copied.line })
  }
  return parts.size === 0 ? operations : operations.map((op) => parts.get(op) ?? op)
}

/** `ADD c_new`, `UPDATE … SET c_new = c`, `DROP c`, `RENAME c_new TO c`: the column gets another type. */
function withoutSwaps(operations: readonly Operation[]): readonly Operation[] {
  const replaced = new Map<Operation, Operation>()
  operations.forEach((rename, at) => {
    if (rename.kind !== 'rename-column') return
    const { table, column, to } = rename
    const before = operations.slice(0, at)
    const added = before.find(
      (op): op is Of<'add-column'> =>
        op.kind === 'add-column' && sameName(op.table, table) && sameName(op.column, column),
    )
    const dropped = before.find(
      (op) => op.kind === 'drop-column' && sameName(op.table, table) && sameName(op.column, to),
    )
    const copied = before.find((op) => op.kind === 'update-rows' && op.columns.some((name) => sameName(name, column)))
    if (added === undefined || dropped === undefined || copied === undefined) return
    for (const part of [added, copied, rename]) replaced.set(part, aside(part, 'column replaced by a copy of itself'))
    replaced.set(dropped, { kind: 'change-type', table, column: to, from: null, to: added.type, line: dropped.line })
  })
  return replaced.size === 0 ? operations : operations.map((op) => replaced.get(op) ?? op)
}
