import type { Change, FileVersion, Tree, TreeEntry } from '../../change/change.ts'
import { isPackageManifest } from './manifest-packages.ts'
import { hasWord } from './name-match.ts'

/** Files that are read for one change, of each kind. */
const MOST = { manifests: 40, starts: 40, flags: 12, lists: 4, rules: 40 }

const START =
  /(?:^|\/)(?:instrumentation|tracing|telemetry|otel|opentelemetry|monitoring|observability|sentry[\w.-]*|apm|newrelic|datadog|main|server|app|wsgi|asgi|celery|worker|bootstrap|_app)\.(?:[mc]?[jt]sx?|py|go)$|(?:^|\/)settings(?:\/\w+)?\.py$|(?:^|\/)(?:[\w.-]*Dockerfile[\w.-]*|Procfile|Containerfile)$|(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)(?:k8s|kubernetes|deploy|deployment|helm|charts?|manifests)\/.*(?:deployment|statefulset|values)[\w.-]*\.ya?ml$/
const ASIDE =
  /(?:^|\/)(?:node_modules|vendor|third_party|tests?|__tests__|fixtures?|testdata|examples?|docs?|specs|contracts|samples?|dist|build|locales?)\//
const RULES =
  /(?:alert|rule|prometheus|grafana|dashboard|slo|monitor)[^/]*(?:\/[^/]+)*\.(?:ya?ml|json|libsonnet|jsonnet|tf)$/i

/** Settings of tools lie in a folder of flags too. */
const TOOLING =
  /(?:^|\/)(?:(?:package(?:-lock)?|[jt]sconfig[\w.-]*|project|nx|turbo|lerna|renovate|biome|deno|angular|manifest)\.json|\.[^/]*|[\w.-]*\.config\.\w+|(?:docker-)?compose[\w.-]*\.ya?ml|[Cc]hart\.yaml|pnpm-[\w-]+\.yaml)$/

export function isFlagModulePath(path: string): boolean {
  if (!/feature|launch|unleash|growth|flag|experiment/i.test(path)) return false
  if (ASIDE.test(`/${path}`) || !/\.(?:[mc]?[jt]sx?|py|go|json|ya?ml)$/.test(path) || TOOLING.test(path)) return false
  const name = path
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/\.\w+$/, '')
  const isData = /\.(?:json|ya?ml)$/.test(path)
  // `charts/growthbook/values.yaml` deploys the service, and a workflow that is named after flags lists none.
  if (isData && /(?:^|\/)\.[^/]+\//.test(path)) return false
  return [...FLAG_WORDS, ...(isData ? [] : FLAG_SERVICES)].some(
    (word) => hasWord(name, word) || hasWord(name.replace(/featureflag/gi, 'feature-flag'), word),
  )
}

const FLAG_WORDS = [
  'feature flag',
  'feature toggle',
  'feature gate',
  'flag resolver',
  'unleash flag',
  'launchdarkly flag',
]
const FLAG_SERVICES = ['launch darkly', 'launchdarkly', 'unleash', 'growthbook']

/**
 * `apps/teams/flags.py`, `toggles.ts`: the name alone is no proof of a flag system (`flags.go` reads a command line), so it
 * only names the flags of a team that has one.
 */
export function isFlagListPath(path: string): boolean {
  return /(?:^|\/)(?:flags|toggles|switches|waffle)\.(?:py|[mc]?[jt]s)$/.test(path) && !ASIDE.test(`/${path}`)
}

/** Alert rules, recording rules, dashboards, objectives. */
export function isRulesPath(path: string): boolean {
  return (
    RULES.test(path) && !/(?:^|\/)(?:node_modules|vendor|\.github|locales?|package(?:-lock)?\.json|tsconfig)/.test(path)
  )
}

const NO_TREE: Tree = { entries: new Map(), truncated: false }

/**
 * Files of the listing that tell what the team has, nearest to the change first. `withRules` when a metric may have gone.
 * Chosen by path alone, so that every source chooses the same ones.
 */
export function practiceCandidates(change: Change, withRules: boolean): readonly FileVersion[] {
  const near = nearness(change)
  const entries = [...(change.headTree ?? NO_TREE).entries.values()].filter(
    (entry) => entry.kind !== 'symlink' && entry.kind !== 'submodule',
  )
  const pick = (wanted: (path: string) => boolean, most: number): readonly TreeEntry[] =>
    entries
      .filter((entry) => wanted(entry.path))
      .map((entry) => ({ entry, rank: near(entry.path) }))
      .sort((a, b) => b.rank - a.rank || (a.entry.path < b.entry.path ? -1 : 1))
      .slice(0, most)
      .map(({ entry }) => entry)
  const picked = [
    ...pick((path) => isPackageManifest(path) && !ASIDE.test(`/${path}`), MOST.manifests),
    ...pick((path) => START.test(path) && !ASIDE.test(`/${path}`), MOST.starts),
    ...pick(isFlagModulePath, MOST.flags),
    ...pick(isFlagListPath, MOST.lists),
    ...(withRules ? pick(isRulesPath, MOST.rules) : []),
  ]
  return [...new Map(picked.map((entry) => [entry.path, entry])).values()]
}

/** How many leading folders a path shares with a changed file, less what it lies deeper. */
function nearness(change: Change): (path: string) => number {
  const folders = [...new Set(change.files.filter((file) => file.role === 'source').map((file) => folderOf(file.path)))]
    .slice(0, 50)
    .map((folder) => folder.split('/'))
  return (path) => {
    const own = folderOf(path)
      .split('/')
      .filter((part) => part !== '')
    let best = -own.length
    for (const folder of folders) {
      let shared = 0
      while (shared < own.length && own[shared] === folder[shared]) shared++
      best = Math.max(best, 2 * shared - own.length)
    }
    return best
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
