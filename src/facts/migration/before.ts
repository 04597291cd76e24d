import type { Change, ChangedFile } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { declaredColumn } from './declared-column.ts'
import { folderOf } from './habits.ts'
import type { Call } from './program/program.ts'
import type { ProgramReader } from './program/program-reader.ts'
import type { Before } from './read-migration.ts'

const MODELS = /(?:^|\/)models(?:\/[^/]+)?\.py$/
const SCHEMA = /(?:^|\/)db\/(?:\w+_)?schema\.rb$/

/** Changed files whose base version says what a column was. */
export function isStateFile(file: ChangedFile): boolean {
  const path = file.base?.path ?? ''
  return MODELS.test(path) || SCHEMA.test(path)
}

/**
 * What the base version of models and dumped schemas says about columns, and what the SQL migrations before made of them (`siblings`, oldest
 * first). The change touches the first two, or nothing is known.
 */
export function readBefore(
  change: Change,
  contents: Contents,
  programs: ProgramReader,
  siblings: readonly SqlText[],
): Before {
  const files = change.files.filter(isStateFile)
  const models = files.flatMap((file) => {
    const text = MODELS.test(file.path) ? contents.textOf(file.base) : null
    const program = text === null || file.base === null ? null : programs.read(file.base.path, text, file.base.blob)
    return program === null ? [] : [program]
  })
  const schemas = files.flatMap((file) => (SCHEMA.test(file.path) ? (contents.textOf(file.base) ?? []) : []))
  const oneRow = new Set(
    files.flatMap((file) => (MODELS.test(file.path) ? oneRowModels(contents.textOf(file.base) ?? '') : [])),
  )
  const fields = new Map<string, Call>()
  for (const program of models) {
    for (const [name, value] of program.assigned) {
      if (value.kind === 'call' && name.includes('.')) fields.set(name.toLowerCase(), value)
    }
  }
  return {
    djangoField: (model, column) => fields.get(`${model}.${column}`.toLowerCase()) ?? null,
    isOneRow: (model) => oneRow.has(model.toLowerCase()),
    columnType: (table, column, path) =>
      schemas.flatMap((schema) => rubySchemaType(schema, table, column) ?? [])[0] ??
      declaredColumn(textsBeside(siblings, path), table, column)?.type ??
      null,
    isRequired: (table, column, path) => declaredColumn(textsBeside(siblings, path), table, column)?.required === true,
  }
}

interface SqlText {
  readonly path: string
  readonly text: string
}

/** Each kind of database has a folder of its own. */
function textsBeside(siblings: readonly SqlText[], path: string): readonly string[] {
  return siblings.flatMap((one) => (folderOf(one.path) === folderOf(path) ? one.text : []))
}

/** Base classes of settings that are kept in one row (a site), by name: django-solo, Wagtail, and what teams call their own. */
const ONE_ROW_BASE = /\b(?:\w*Singleton\w*|Base(?:Site|Generic)?Setting)\b/
/** The row has a fixed key: `objects.get(id=1)`, `self.pk = 1`, `SiteSettings(id=1)`. */
const FIXED_KEY = /\((?:id|pk)=1[,)]|\bself\.(?:id|pk) = 1$/m

/** Django models of a file that hold one row, in lower case. */
function oneRowModels(text: string): readonly string[] {
  const starts = [...text.matchAll(/^class (\w+)\(([^()]*)\):/gm)]
  return starts.flatMap((start, i) => {
    const [, name = '', bases = ''] = start
    const body = text.slice(start.index, starts[i + 1]?.index)
    return ONE_ROW_BASE.test(bases) || FIXED_KEY.test(body) ? name.toLowerCase() : []
  })
}

/** Type of a column in `db/schema.rb`: `t.string "name", limit: 20`. */
function rubySchemaType(schema: string, table: string, column: string): string | null {
  const start = schema.indexOf(`create_table "${table}"`)
  if (start < 0) return null
  const end = schema.indexOf('\n  end', start)
  for (const line of schema.slice(start, end < 0 ? undefined : end).split('\n')) {
    const match = /^\s*t\.(\w+)\s+"([^"]+)"(.*)$/.exec(line)
    if (match?.[2] !== column) continue
    const limit = /\blimit: (\d+)/.exec(match[3] ?? '')?.[1]
    return limit === undefined ? (match[1] ?? null) : `${match[1]}(${limit})`
  }
  return null
}
