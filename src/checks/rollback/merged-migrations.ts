import type { MigrationStep } from '../../facts/migration/migration.ts'
import type { MigrationOfFile } from '../../facts/migration/migration-facts.ts'
import { type OperationBody, sameName } from '../../facts/migration/operation.ts'
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
  const before = file.base.steps.filter(changesDatabase).map((step) => keyOf(step.operation))
  const after = file.head.steps.filter(changesDatabase).map((step) => ({
    key: keyOf(step.operation),
    line: step.operation.line,
    table: 'table' in step.operation ? step.operation.table : null,
  }))
  const isSame = before.length === after.length && before.every((key, i) => key === after[i]?.key)
  if (isSame && !(isWholeFile(file) && file.file.base?.blob !== file.file.head?.blob)) return []
  if (isChangelog(file) && before.every((key) => after.some((step) => step.key === key))) return []
  const first = after.find((step, i) => step.key !== before[i])
  const isCaughtUp = !file.checksum && first !== undefined && bringsOthersUp(first.table, judging)
  const isFresh = isYoung(pathBefore(file), judging.facts.asOf)
  const stops = file.checksum
    ? 'and the next run stops at its checksum'
    : isCaughtUp
      ? 'and a new one changes the same table where it ran already'
      : 'and a database that ran it keeps the old state'
  const exposure = atFile(
    file,
    'migration-edited',
    isFresh || isCaughtUp ? 'low' : file.checksum ? 'high' : 'medium',
    `A merged migration does something else now, ${stops}${isFresh ? FRESH : ''}`,
    'Leave it as it was and write a new migration',
    judging,
  )
  return [
    first === undefined
      ? exposure
      : { ...exposure, at: { ...exposure.at, startLine: first.line, endLine: first.line } },
  ]
}

/** A guard that only looks, and an extension that is there or not, leave no two databases different. */
function changesDatabase({ operation }: MigrationStep): boolean {
  if (operation.kind === 'create-object' || operation.kind === 'drop-object') return operation.object !== 'extension'
  return operation.kind !== 'neutral'
}

/** Whether a new migration of this change works on the table too: fresh databases get the edit, the others that one. */
function bringsOthersUp(table: string | null, judging: Judging): boolean {
  return judging.facts.files.some(
    (file) =>
      file.fate === 'new' &&
      (file.head?.steps ?? []).some(({ operation }) => 'table' in operation && sameName(operation.table, table)),
  )
}

/** Flyway takes the checksum of the file, so that a comment counts as much as a statement. What only developers run is left out. */
function isWholeFile(file: MigrationOfFile): boolean {
  return (
    file.framework === 'flyway' &&
    !/(?:^|\/)(?:dev\w*|local\w*|tests?|testdata|seeds?|demo|samples?|h2|hsqldb)\//i.test(file.file.path)
  )
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
  const isSquash = others.filter((other) => other.fate === 'removed').length >= 4
  const isFresh = isYoung(pathBefore(file), judging.facts.asOf)
  const soft = isReplaced || isSquash || isFresh
  const says =
    isReplaced || isSquash
      ? 'A merged migration is replaced by another: a database that ran it has a record without a file'
      : 'A merged migration is taken away: a database that ran it keeps the change and has no way down any more'
  return [
    atFile(
      file,
      'migration-removed',
      soft ? 'low' : 'medium',
      `${says}${isFresh ? FRESH : ''}`,
      'Leave it and write a new migration that undoes it',
      judging,
    ),
  ]
}

function atFile(
  file: MigrationOfFile,
  kind: string,
  severity: Exposure['severity'],
  says: string,
  remedy: string,
  judging: Judging,
): Exposure {
  const { path } = file.file
  const side = file.file.head === null ? 'base' : 'head'
  const line = (side === 'base' ? file.base : file.head)?.steps[0]?.operation.line ?? 1
  const question = {
    path,
    blob: file.file.head?.blob ?? null,
    framework: file.framework,
    hazard: 'data' as const,
    severity,
    own: null,
  }
  const proof = proofOf(question, judging.facts, judging.required, judging.limits)
  return {
    kind,
    severity,
    at: { path, startLine: line, endLine: line, side },
    says,
    remedy,
    evidence: proof.evidence,
    within: path,
    anchor: kind,
  }
}

export function renamed(file: MigrationOfFile, judging: Judging): readonly Exposure[] {
  const isFresh = isYoung(pathBefore(file), judging.facts.asOf)
  const says = `A merged migration gets another name: a database that ran it does not know the new one and may run it again${isFresh ? FRESH : ''}`
  return [atFile(file, 'migration-renamed', isFresh ? 'low' : 'medium', says, 'Keep the old name', judging)]
}
