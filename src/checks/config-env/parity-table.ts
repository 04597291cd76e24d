import { keyName } from '../../facts/config/config-entry.ts'
import { describeShape } from '../../facts/config/describe-shape.ts'
import type { EnvironmentView, SiblingGroup } from '../../facts/config/environment-views.ts'
import type { Exposure, Table, TableRow } from '../define-check.ts'
import { meaningOf } from './key-meaning.ts'
import type { Groups } from './sibling-pairs.ts'
import type { Touched } from './touched.ts'

const MAX_ROWS = 12
const MISSING = 'missing'

/** The changed keys across the environments of their group, as shapes. Null when nothing differs in a way that was exposed. */
export function parityTable(touched: readonly Touched[], groups: Groups, exposures: readonly Exposure[]): Table | null {
  const marked = new Set(exposures.map(({ anchor, at }) => `${at.path}\u0001${anchor}`))
  const shown = touched.flatMap((setting) => {
    const group = groups.head.get(setting.file.group)
    return group === undefined || group.views.size < 2 || setting.environment === null ? [] : [{ setting, group }]
  })
  const rows = new Map<string, TableRow>()
  const environments = [
    ...new Set(shown.flatMap(({ group }) => [...group.views.values()].map((view) => view.environment.name))),
  ].toSorted()
  for (const { setting, group } of shown) {
    const row = rowOf(setting, group, environments, marked)
    if (row.cells.some((cell) => cell.odd)) rows.set(`${setting.file.group}\u0001${setting.key}`, row)
  }
  if (rows.size === 0) return null
  return {
    columns: ['Key', ...environments],
    rows: [...rows.values()].slice(0, MAX_ROWS),
    more: Math.max(0, rows.size - MAX_ROWS),
  }
}

function rowOf(
  setting: Touched,
  group: SiblingGroup,
  environments: readonly string[],
  marked: ReadonlySet<string>,
): TableRow {
  const entry = setting.after ?? setting.before
  const exposed = (name: string, path: string): boolean => marked.has(`${path}\u0001${setting.key}:${name}`)
  const views = new Map([...group.views.values()].map((view) => [view.environment.name, view]))
  const raised = [...views.values()].some((view) =>
    exposed(view.environment.name, fileOf(view, setting.key) ?? setting.file.path),
  )
  const cells = environments.map((name) => {
    const view = views.get(name)
    if (view === undefined) return { text: '', odd: false }
    const placed = view.effective.get(setting.key)
    if (placed === undefined) return { text: MISSING, odd: raised }
    const { shape } = placed.entry.value
    const told = (shape.kind !== 'number' && shape.kind !== 'quantity') || meaningOf(placed.entry.path) !== null
    return { text: told ? describeShape(shape) : 'number', odd: exposed(name, placed.file.path) }
  })
  const gap = cells.some(({ text, odd }) => odd && text === MISSING)
  return {
    key: keyName(entry?.path ?? []),
    cells: cells.map((cell) => (gap && cell.text !== MISSING ? { ...cell, odd: false } : cell)),
  }
}

function fileOf(view: EnvironmentView, key: string): string | null {
  return view.effective.get(key)?.file.path ?? null
}
