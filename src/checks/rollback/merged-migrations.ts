import type { Migration } from '../../facts/migration/migration.ts'
import type { MigrationOfFile } from '../../facts/migration/migration-facts.ts'
import { type Operation, type OperationBody, sameName } from '../../facts/migration/operation.ts'
import { isYoung } from '../../facts/migration/written-at.ts'
import type { Exposure } from '../define-check.ts'
import { type Judging, proofOf } from './proof.ts'

const FRESH = ' (by its name it is less than a day old)'

function pathBefore(file: MigrationOfFile): string {
  return file.file.base?.path ?? file.file.path
}

/** An edit of what a database may have run already, judged by what the statements do and not by how they look. */
export function edited(file: MigrationOfFile, judging: Judging): readonly Exposure[] {
  if (file.base === null || file.head === null) return []
  const [before, after] = [changing(file.base), changing(file.head)]
  const [keys, keysNow] = [before.map(keyOf), after.map(keyOf)]
  const isSame = keys.join('\n') === keysNow.join('\n')
  if (isSame && !(isWholeFile(file) && file.retold)) return []
  if (isChangelog(file) && keys.every((key) => keysNow.includes(key))) return []
  const first = after.find((_, i) => keysNow[i] !== keys[i])
  const exposure = atFile(file, judging, editOf(file, before, after, first, judging))
  const at = first === undefined ? exposure.at : { ...exposure.at, startLine: first.line, endLine: first.line }
  return [{ ...exposure, at }]
}

/** How much an edit weighs, and why. */
function editOf(
  file: MigrationOfFile,
  before: readonly Operation[],
  after: readonly Operation[],
  first: Operation | undefined,
  judging: Judging,
): Finding {
  const isFresh = isYoung(pathBefore(file), judging.facts.asOf)
  const table = first !== undefined && 'table' in first ? first.table : null
  const isCaughtUp = !file.checksum && bringsOthersUp(table, judging)
  const isSoft =
    isFresh || file.unreleased || file.declaredValid || isCaughtUp || (!file.checksum && isOnlyData(before, after))
  const stops =
    file.checksum && !file.declaredValid
      ? 'and the next run stops at its checksum'
      : isCaughtUp
        ? 'and a new one changes the same table where it ran already'
        : 'and a database that ran it keeps the old state'
  const unreleased = file.unreleased ? ' (by its name it is of the latest release, which may not be out yet)' : ''
  const hint = isFresh ? FRESH : unreleased
  return {
    kind: 'migration-edited',
    severity: isSoft ? 'low' : file.checksum ? 'high' : 'medium',
    says: `A merged migration does something else now, ${stops}${hint}`,
    remedy: 'Leave it as it was and write a new migration',
  }
}

/** A guard that only looks, and an extension that is there or not, leave no two databases different. */
function changing(migration: Migration): readonly Operation[] {
  return migration.steps.flatMap(({ operation }) => {
    const isObject = operation.kind === 'create-object' || operation.kind === 'drop-object'
    return operation.kind === 'neutral' || (isObject && operation.object === 'extension') ? [] : operation
  })
}

const DATA: ReadonlySet<Operation['kind']> = new Set(['insert-rows', 'update-rows', 'run-code'])

/** How rows are changed is edited to make it work or faster, and leaves the same shape everywhere. */
function isOnlyData(before: readonly Operation[], after: readonly Operation[]): boolean {
  const shape = (operations: readonly Operation[]) =>
    operations.flatMap((operation) => (DATA.has(operation.kind) ? [] : keyOf(operation))).join('\n')
  return shape(before) === shape(after)
}

/** Whether a new migration of this change works on the table too: fresh databases get the edit, the others that one. */
function bringsOthersUp(table: string | null, judging: Judging): boolean {
  return judging.facts.files.some(
    (file) =>
      file.fate === 'new' &&
      (file.head?.steps ?? []).some(({ operation }) => 'table' in operation && sameName(operation.table, table)),
  )
}

/** Flyway takes the checksum of the file, so that a comment counts as much as a statement. */
function isWholeFile(file: MigrationOfFile): boolean {
  return file.framework === 'flyway'
}

/** One file that holds many migrations and gets more at its end. */
export function isChangelog(file: MigrationOfFile): boolean {
  return file.framework.startsWith('liquibase')
}

export function keyOf(operation: OperationBody & { readonly line: number }): string {
  const { line, ...body } = operation
  return JSON.stringify(body)
}

export function removed(file: MigrationOfFile, judging: Judging): readonly Exposure[] {
  const steps = file.base?.steps.filter((step) => step.operation.kind !== 'neutral') ?? []
  if (steps.length === 0) return []
  const folder = file.file.path.slice(0, file.file.path.lastIndexOf('/'))
  const others = judging.facts.files.filter((other) => other !== file && other.file.path.startsWith(folder))
  const keys = new Set(
    others.flatMap((other) =>
      other.fate === 'new' ? (other.head?.steps ?? []).map((step) => keyOf(step.operation)) : [],
    ),
  )
  const isReplaced = steps.some((step) => keys.has(keyOf(step.operation)))
  const isSquash = others.filter((other) => other.fate === 'removed').length >= 3
  const isFresh = isYoung(pathBefore(file), judging.facts.asOf)
  const says =
    isReplaced || isSquash
      ? 'A merged migration is replaced by another: a database that ran it has a record without a file'
      : 'A merged migration is taken away: a database that ran it keeps the change and has no way down any more'
  const finding: Finding = {
    kind: 'migration-removed',
    severity: isReplaced || isSquash || isFresh || file.folderGone ? 'low' : 'medium',
    says: `${says}${isFresh ? FRESH : ''}`,
    remedy: 'Leave it and write a new migration that undoes it',
  }
  return [atFile(file, judging, finding)]
}

interface Finding {
  readonly kind: string
  readonly severity: Exposure['severity']
  readonly says: string
  readonly remedy: string
}

function atFile(file: MigrationOfFile, judging: Judging, finding: Finding): Exposure {
  const { path } = file.file
  const side = file.file.head === null ? 'base' : 'head'
  const line = (side === 'base' ? file.base : file.head)?.steps[0]?.operation.line ?? 1
  const question = {
    path,
    blob: file.file.head?.blob ?? null,
    framework: file.framework,
    hazard: 'data' as const,
    severity: finding.severity,
    own: null,
  }
  const { evidence } = proofOf(question, judging.facts, judging.required, judging.limits)
  return {
    ...finding,
    at: { path, startLine: line, endLine: line, side },
    evidence,
    within: path,
    anchor: finding.kind,
  }
}

export function renamed(file: MigrationOfFile, judging: Judging): readonly Exposure[] {
  const isFresh = isYoung(pathBefore(file), judging.facts.asOf)
  const says =
    'A merged migration gets another name: a database that ran it does not know the new one and may run it again'
  const finding: Finding = {
    kind: 'migration-renamed',
    severity: isFresh ? 'low' : 'medium',
    says: `${says}${isFresh ? FRESH : ''}`,
    remedy: 'Keep the old name',
  }
  return [atFile(file, judging, finding)]
}
