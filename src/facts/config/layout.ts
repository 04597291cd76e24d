import type { Tree } from '../../change/change.ts'
import { configKind } from './config-family.ts'
import { type Place, placeOf } from './environments.ts'

/** Where the files of one tree stand among environments: by their names, and by the company they keep. */
export interface Layout {
  readonly place: (path: string) => Place
  /** Files that every environment of a group inherits from, though they stand elsewhere; lowest first. */
  readonly basesOf: (group: string) => readonly string[]
  /** Groups of environments that are laid over the base values of a chart. */
  readonly groupsOver: (values: string) => readonly string[]
}

const MAX_BASES = 40
/** Folders above a tfvars file in which its variables may be declared. */
const LEVELS_UP = 3

export function layoutOf(tree: Tree | null, environments: readonly string[]): Layout {
  const paths =
    tree === null
      ? []
      : [...tree.entries.keys()].filter((path) => configKind(path) !== null || path.endsWith('/Chart.yaml'))
  const places = new Map(paths.map((path) => [path, placeOf(path, environments)]))
  const named = new Map<string, number>()
  for (const { environment, group } of places.values()) {
    if (environment !== null && /(?:^|\/)\{env\}\.[^/]+$/.test(group)) named.set(group, (named.get(group) ?? 0) + 1)
  }
  const charts = paths
    .filter((path) => path.endsWith('/Chart.yaml'))
    .map((path) => path.slice(0, -'/Chart.yaml'.length))
  function basesOf(group: string): readonly string[] {
    const found = [...chartBases(group, charts), ...foldedBase(group), ...declarations(group, paths)]
    return [...new Set(found)].filter((path) => places.has(path)).slice(0, MAX_BASES)
  }
  return {
    place(path) {
      const place = places.get(path) ?? placeOf(path, environments)
      return place.environment === null && place.group === path ? byCompany(path, place, named) : place
    },
    basesOf,
    groupsOver(values) {
      const groups = new Set(
        [...places].flatMap(([path, { environment, group }]) =>
          environment !== null && /\.ya?ml$/.test(path) ? [group] : [],
        ),
      )
      // Files beside the values come first: those elsewhere may be of another chart.
      return groups.has(values) ? [values] : [...groups].filter((group) => basesOf(group).includes(values))
    },
  }
}

/** `productiondata.tfvars` between `production.tfvars` and `staging.tfvars` is an environment too, of a kind that nobody told. */
function byCompany(path: string, place: Place, named: ReadonlyMap<string, number>): Place {
  const slash = path.lastIndexOf('/') + 1
  const dot = path.indexOf('.', slash + 1)
  if (dot < 0) return place
  const group = `${path.slice(0, slash)}{env}${path.slice(dot)}`
  return (named.get(group) ?? 0) < 2 ? place : { environment: { name: path.slice(slash, dot), tier: 'unknown' }, group }
}

/** `deploy/values-prod.yaml` is laid over the `values.yaml` of the chart in `deploy/web/` or beside `deploy/`. */
function chartBases(group: string, charts: readonly string[]): readonly string[] {
  if (!/(?:^|[/._-])values[^/]*\.ya?ml$|(?:^|\/)\{env\}\.ya?ml$/.test(group)) return []
  const folder = parentOf(group.replace(/\/\{env\}(?=\/)/, ''))
  return charts
    .filter(
      (chart) =>
        parentOf(chart) === folder ||
        parentOf(chart) === parentOf(folder) ||
        chart === folder ||
        chart === parentOf(folder),
    )
    .flatMap((chart) => [`${chart}/values.yaml`, `${chart}/values.yml`])
}

/** `config/settings/{env}.yml` is laid over `config/settings.yml`. */
function foldedBase(group: string): readonly string[] {
  // Rails reads its application before its environment.
  const rails = /^(.*)config\/environments\/\{env\}\.rb$|^(.*)config\/\{env\}\.rb$/.exec(group)
  if (rails !== null) return [`${rails[1] ?? rails[2] ?? ''}config/application.rb`]
  const match = /^(.+)\/\{env\}(\.[^/]+)$/.exec(group)
  return match === null ? [] : [`${match[1]}${match[2]}`]
}

/** The files that declare the variables of a tfvars file, with their defaults. */
function declarations(group: string, paths: readonly string[]): readonly string[] {
  if (!/\.tfvars(?:\.json)?$/.test(group)) return []
  const folders = new Set<string>()
  let folder = parentOf(group.replace('/{env}/', '/'))
  for (let level = 0; level < LEVELS_UP; level++) {
    folders.add(folder)
    folder = parentOf(folder)
  }
  return paths.filter((path) => path.endsWith('.tf') && folders.has(parentOf(path)))
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
