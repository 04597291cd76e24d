import type { Habit } from '../../facts/migration/habits.ts'
import { type Operation, sameName } from '../../facts/migration/operation.ts'
import { harmless, type Risk, risk, type Surroundings } from './hazard.ts'
import { wording } from './wording.ts'

/** As PostgreSQL, MySQL and the frameworks name it. */
function isPrimaryKey(name: string | null): boolean {
  return name !== null && /^PRIMARY$|_pkey$|^PK_|_pk$/i.test(name)
}

/** What the team does as a rule, it has tables for that are big enough. */
function isHabit({ aside, plain }: Habit): boolean {
  return aside >= 3 && aside > plain
}

function heldUp(says: string): Risk {
  return risk(
    'lock',
    'medium',
    'lock',
    says,
    'Do it as the others do (concurrently; NOT VALID and then VALIDATE), or rehearse it on data of the real size',
  )
}

export function indexOrConstraint(
  operation: Extract<Operation, { kind: 'add-index' | 'drop-index' | 'add-constraint' | 'drop-constraint' }>,
  around: Surroundings,
): Risk {
  const says = wording(operation)
  const isCreated = around.createdTables.some((table) => sameName(table, operation.table))
  switch (operation.kind) {
    case 'add-index':
      if (operation.concurrently || isCreated) return harmless('additive', says)
      return isHabit(around.habits.indexes)
        ? heldUp(`${says}: writes wait while it is built, and the latest migrations here build theirs concurrently`)
        : harmless('additive', `${says}: writes wait while it is built`)
    case 'add-constraint':
      if (
        !isCreated &&
        isHabit(around.habits.constraints) &&
        operation.validated &&
        /^(?:foreign-key|check)$/.test(operation.type)
      )
        return heldUp(
          `${says}: writes wait while every row is looked at, and the latest migrations here do that afterwards`,
        )
      return risk(
        'tightened',
        'low',
        'none',
        `${says}: the previous version may write what it refuses`,
        'Nothing, if the previous version already keeps to it',
      )
    case 'drop-index':
      return risk(
        'index-dropped',
        'low',
        'way-down',
        `${says}: building it again takes time`,
        'Nothing, if no query of the previous version needs it',
      )
    case 'drop-constraint':
      if (isPrimaryKey(operation.name))
        return risk(
          'key-dropped',
          'medium',
          'old-code',
          `${says}, its primary key: upserts of the previous version that go by it fail, and rows that it refused can appear`,
          'Keep the old key as a unique index for one more release, or show that nothing goes by it',
        )
      return risk(
        'constraint-dropped',
        'low',
        'way-down',
        `${says}: rows that break it can appear, and then it cannot come back`,
        'Check for such rows before going back',
      )
  }
}
