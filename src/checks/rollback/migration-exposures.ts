import { folderOf } from '../../facts/migration/habits.ts'
import type { Migration, MigrationStep, Undo } from '../../facts/migration/migration.ts'
import type { MigrationOfFile, MigrationsOfChange } from '../../facts/migration/migration-facts.ts'
import { snake } from '../../facts/migration/old-readers.ts'
import type { OperationBody } from '../../facts/migration/operation.ts'
import type { Evidence, Exposure } from '../define-check.ts'
import type { Risk, Surroundings } from './hazard.ts'
import { edited, isChangelog, keyOf, removed, renamed } from './merged-migrations.ts'
import { type Judging, proofOf } from './proof.ts'
import { riskOf } from './risk.ts'
import { wording } from './wording.ts'

/** Exposures of every migration in the change. */
export function migrationExposures(judging: Judging): readonly Exposure[] {
  const around = surroundingsOf(judging.facts)
  const exposures = judging.facts.files.flatMap((file): readonly Exposure[] => {
    // A script that is started by hand is run again in its new form.
    if (file.fate === 'edited' && file.framework === 'data-migration' && file.retold && file.head !== null)
      return newMigration(file, file.head, around, judging)
    if (file.fate === 'edited') return [...edited(file, judging), ...appended(file, around, judging)]
    if (file.fate === 'renamed') return renamed(file, judging)
    if (file.fate === 'removed') return removed(file, judging)
    if (file.fate === 'copied') return []
    return file.head === null ? [] : newMigration(file, file.head, around, judging)
  })
  return withoutSweeps(exposures)
}

/** So many merged migrations of one folder that get the same treatment are one decision. */
const SWEEP = 3

function withoutSweeps(exposures: readonly Exposure[]): readonly Exposure[] {
  const isMerged = (one: Exposure): boolean => one.kind.startsWith('migration-')
  const groups = new Map<string, Exposure[]>()
  for (const one of exposures.filter(isMerged)) {
    const key = `${one.kind} ${one.severity} ${folderOf(one.within)}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const folded = [...groups.values()].flatMap((group) => {
    const [first, ...others] = group
    if (first === undefined || group.length < SWEEP) return group
    return { ...first, says: `${first.says}; so do ${others.length} more in this folder` }
  })
  return [...exposures.filter((one) => !isMerged(one)), ...folded]
}

function surroundingsOf(facts: MigrationsOfChange): Surroundings {
  const operations = facts.files
    .filter((file) => file.fate === 'new')
    .flatMap((file) => (file.head?.steps ?? []).map((step) => ({ path: file.file.path, operation: step.operation })))
  return {
    newTables: operations.flatMap(({ operation }) =>
      operation.kind === 'create-table' && !operation.ifNotExists ? operation.table : [],
    ),
    createdTables: operations.flatMap(({ operation }) => {
      if (operation.kind === 'create-object') return /view$/.test(operation.object) ? operation.name : []
      return operation.kind === 'create-table' ? operation.table : []
    }),
    newColumns: operations.flatMap(({ path, operation }) =>
      operation.kind === 'add-column'
        ? { table: operation.table, column: operation.column, path, line: operation.line }
        : [],
    ),
    newConstraints: operations.flatMap(({ operation }) =>
      operation.kind === 'add-constraint' ? (operation.name ?? []) : [],
    ),
    usedBefore: (name) => {
      const reader = facts.oldReaders.get(snake(name))?.[0]
      if (reader === undefined) return ''
      if (reader.ignores) return `; the previous version does not use it any more (${reader.path}:${reader.line})`
      return `, and ${reader.stays ? 'code that stays' : 'the previous version'} names it (${reader.path}:${reader.line})`
    },
    ignoredBefore: (name) => facts.oldReaders.get(snake(name))?.[0]?.ignores === true,
    usedAnew: (column) => facts.newUses.has(snake(column)),
    habits: facts.habits,
  }
}

/** A changelog grows: the change sets that are new in it are judged as new. */
function appended(file: MigrationOfFile, around: Surroundings, judging: Judging): readonly Exposure[] {
  if (!isChangelog(file) || file.head === null) return []
  const known = new Set(file.base?.steps.map((step) => keyOf(step.operation)))
  const made = new Set(
    file.base?.steps.flatMap(({ operation }) => (operation.kind === 'create-table' ? operation.table : [])),
  )
  const steps = file.head.steps.filter(
    ({ operation }) =>
      !known.has(keyOf(operation)) && !(operation.kind === 'create-table' && made.has(operation.table)),
  )
  return newMigration(file, { ...file.head, steps }, around, judging)
}

const NO_WAY: ReadonlySet<Undo> = new Set(['missing', 'empty', 'refused'])

function newMigration(
  file: MigrationOfFile,
  migration: Migration,
  around: Surroundings,
  judging: Judging,
): readonly Exposure[] {
  const exposures = migration.steps
    .filter((step) => step.operation.kind !== 'neutral' && step.operation.kind !== 'refuse')
    .map((step) => ({ step, risk: raised(riskOf(step, migration, around), step, migration) }))
  const soft = exposures.filter(({ risk }) => risk.severity === 'low')
  const hard = exposures.filter(({ risk }) => risk.severity !== 'low')
  return [...foldedByTable(hard), ...folded(soft)].map(({ step, risk, count }) =>
    exposureOf(file, step, risk, count, judging),
  )
}

interface Judged {
  readonly step: MigrationStep
  readonly risk: Risk
}

interface Folded extends Judged {
  readonly count: number
}

/** So many hard steps of one kind on one table are one decision. */
const MANY = 4

function foldedByTable(judged: readonly Judged[]): readonly Folded[] {
  const tableOf = ({ step }: Judged): string => ('table' in step.operation ? (step.operation.table ?? '') : '')
  const groups = new Map<string, Judged[]>()
  for (const one of judged) {
    const key = `${one.risk.kind} ${one.risk.severity} ${one.step.undo} ${tableOf(one)}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) =>
    group.length < MANY || group[0] === undefined
      ? group.map((one) => ({ ...one, count: 1 }))
      : [{ ...group[0], count: group.length }],
  )
}

/** Soft steps of one kind and one way back are one line: a long additive migration is one thought. */
function folded(judged: readonly Judged[]): readonly Folded[] {
  const groups = new Map<string, Judged[]>()
  for (const one of judged) {
    const key = `${one.risk.kind} ${one.step.undo}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => (group[0] ? [{ ...group[0], count: group.length }] : []))
}

/** A step that is soft in itself weighs more when the way down that was due is missing or wrong. */
function raised(risk: Risk, step: MigrationStep, migration: Migration): Risk {
  if (risk.severity !== 'low') return risk
  const { operation, undo } = step
  if (undo === 'wrong' && STRUCTURE.has(operation.kind)) {
    return {
      kind: 'down-wrong',
      severity: 'medium',
      hazard: 'way-down',
      says: `${wording(operation)}, and the way down does not undo that`,
      remedy: 'Undo it in the way down, and let the pipeline run up, down and up again',
    }
  }
  if (NO_WAY.has(undo) && risk.hazard === 'way-down' && TIGHT.has(operation.kind)) {
    return {
      kind: `down-${undo}`,
      severity: 'medium',
      hazard: 'way-down',
      says: `${wording(operation)}, and ${noWay(undo, migration)}`,
      remedy: 'Write the way down, and let the pipeline run it',
    }
  }
  return risk
}

/** What the next run of the way up does not find as it expects it, or the previous version does not, when the way down forgets it. */
const STRUCTURE: ReadonlySet<OperationBody['kind']> = new Set([
  'create-table',
  'add-column',
  'set-not-null',
  'rename-object',
  'drop-constraint',
])
const TIGHT: ReadonlySet<OperationBody['kind']> = new Set(['drop-constraint'])

function noWay(undo: Undo, migration: Migration): string {
  if (undo === 'empty') return 'the way down is empty'
  if (undo === 'refused') return 'the way down raises'
  return `no way down is written, which ${migration.title} has a place for`
}

function exposureOf(file: MigrationOfFile, step: MigrationStep, risk: Risk, count: number, judging: Judging): Exposure {
  const { operation, undo } = step
  const own = ownEvidence(file, step, risk)
  const question = {
    path: file.file.path,
    blob: file.file.head?.blob ?? null,
    framework: file.framework,
    hazard: risk.hazard,
    severity: risk.severity,
    own,
  }
  const proof = proofOf(question, judging.facts, judging.required, judging.limits)
  const more = count > 1 ? `, and ${count - 1} more like it` : ''
  const back = risk.severity === 'low' || risk.kind.startsWith('down-') ? '' : wayBack(undo)
  return {
    kind: risk.kind,
    severity: risk.severity,
    at: { path: file.file.path, startLine: operation.line, endLine: operation.line, side: 'head' },
    says: `${risk.says}${more}${back}`,
    remedy:
      proof.evidence.length > 0 || proof.refused.length === 0
        ? risk.remedy
        : `${risk.remedy} (not counted: ${proof.refused.join('; ')})`,
    evidence: proof.evidence,
    within: file.file.path,
    anchor: `${operation.kind} ${wording(operation)}`,
  }
}

function wayBack(undo: Undo): string {
  switch (undo) {
    case 'missing':
      return '; no way down is written'
    case 'empty':
      return '; the way down is empty'
    case 'refused':
      return '; it cannot be reversed'
    case 'forward-only':
      return '; there is only a fix forward'
    case 'noop':
      return '; the way down leaves it as it is'
    default:
      return ''
  }
}

/** What the step shows by itself: it is written so that it can go back, or the previous version runs on it. */
function ownEvidence(
  file: MigrationOfFile,
  step: MigrationStep,
  risk: Risk,
): { strength: 'written' | 'compatible'; evidence: Evidence } | null {
  const evidence = (says: string): Evidence => ({ kind: 'migration', says })
  const down =
    step.undo === 'automatic'
      ? `${file.title} derives the way down`
      : step.undo === 'written'
        ? 'the way down undoes it'
        : null
  if (risk.hazard === 'none') {
    const says =
      step.undo === 'forward-only'
        ? 'additive: the previous version runs on it, and going on is a fix forward'
        : 'additive: the previous version runs on it'
    return { strength: 'compatible', evidence: evidence(down === null ? says : `${down}; ${says}`) }
  }
  return down === null || risk.hazard === 'data' || risk.hazard === 'old-code'
    ? null
    : { strength: 'written', evidence: evidence(down) }
}
