import type { Framework } from '../framework.ts'
import { type ReadMigration, type ReadStep, unread, writtenDown } from '../migration.ts'
import type { Operation } from '../operation.ts'
import { readSql, type SqlReader } from '../sql/read-sql.ts'
import { judgeUndo } from '../undo.ts'
import { cutChangeSets, cutSections, type Section } from './sql-sections.ts'

/** The file with the way down, when the framework keeps it apart. */
export interface DownFile {
  readonly path: string
  readonly text: string
}

/** A migration in SQL, with its way down in a section, in a file beside it, or nowhere. */
export function readSqlFile(
  framework: Framework,
  path: string,
  text: string,
  down: DownFile | null,
  sql: SqlReader,
): ReadMigration {
  if (framework.id === 'liquibase-sql') return { steps: changeSetSteps(text, path, sql), down: { kind: 'none' } }
  if (framework.down === 'section') return readSections(path, text, sql)
  const steps = unread(readSql(text, sql))
  if (down !== null) return { steps, down: writtenDown(readSql(down.text, sql), down.path, 1) }
  return { steps, down: { kind: framework.down === 'forward-only' ? 'none' : 'missing' } }
}

function readSections(path: string, text: string, sql: SqlReader): ReadMigration {
  const { up, down, downLine } = cutSections(text)
  const read = (sections: readonly Section[]): readonly Operation[] =>
    sections.flatMap((section) => readSql(section.text, sql, section.line))
  const steps = unread(read(up))
  if (downLine === null) return { steps, down: { kind: 'missing' } }
  return { steps, down: writtenDown(read(down), path, downLine) }
}

/** Formatted SQL of Liquibase never reverses by itself: each change set says how. */
function changeSetSteps(text: string, path: string, sql: SqlReader): readonly ReadStep[] {
  return cutChangeSets(text).flatMap(({ up, rollback, declaredEmpty }): readonly ReadStep[] => {
    const steps = unread(readSql(up.text, sql, up.line))
    const down =
      rollback === null
        ? ({ kind: declaredEmpty ? 'empty' : 'missing', path, line: up.line } as const)
        : writtenDown(readSql(rollback.text, sql, rollback.line), path, rollback.line)
    return judgeUndo({ steps, down })
  })
}
