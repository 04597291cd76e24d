import type { Operation } from './operation.ts'

/**
 * What becomes of one step on the way back:
 * `automatic` the framework derives its inverse; `written` a written way down undoes it; `noop` the way down runs and
 * leaves it; `wrong` a way down is written and does not undo it; `empty`, `missing` there is a place for a way down and
 * nothing in it; `refused` the way down raises; `forward-only` the framework has no ways down; `unreadable` code on
 * either side cannot be compared.
 */
export type Undo =
  | 'automatic'
  | 'written'
  | 'noop'
  | 'wrong'
  | 'empty'
  | 'missing'
  | 'refused'
  | 'forward-only'
  | 'unreadable'

/** What a framework's reader finds. `undo` is null where the written way down decides. */
export interface ReadStep {
  readonly operation: Operation
  readonly undo: Undo | null
}

/** A way down that a person wrote. */
export type WrittenDown =
  | {
      readonly kind: 'operations'
      readonly operations: readonly Operation[]
      readonly path: string
      readonly line: number
    }
  | { readonly kind: 'empty'; readonly path: string; readonly line: number }
  | { readonly kind: 'refused'; readonly path: string; readonly line: number; readonly says: string }
  | { readonly kind: 'missing' }
  /** The framework derives it, or has none: nothing is written. */
  | { readonly kind: 'none' }

export interface ReadMigration {
  readonly steps: readonly ReadStep[]
  readonly down: WrittenDown
}

/** One operation of a migration with its way back. */
export interface MigrationStep {
  readonly operation: Operation
  readonly undo: Undo
}

export interface Migration {
  /** Id in the catalogue of frameworks. */
  readonly framework: string
  /** For people: 'Rails', 'Django'. */
  readonly title: string
  readonly path: string
  readonly steps: readonly MigrationStep[]
  readonly down: WrittenDown
}

/** The written way down of a body: its operations, or why it holds none. Statements that change nothing do not count. */
export function writtenDown(operations: readonly Operation[], path: string, line: number): WrittenDown {
  const refusal = operations.find((operation) => operation.kind === 'refuse')
  if (
    refusal?.kind === 'refuse' &&
    operations.every((operation) => operation.kind === 'refuse' || operation.kind === 'neutral')
  ) {
    return { kind: 'refused', path, line: refusal.line, says: refusal.says }
  }
  if (operations.every((operation) => operation.kind === 'neutral')) return { kind: 'empty', path, line }
  return { kind: 'operations', operations, path, line }
}

export function unread(operations: readonly Operation[]): readonly ReadStep[] {
  return operations.map((operation) => ({ operation, undo: null }))
}
