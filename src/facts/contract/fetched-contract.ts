import type { Change, FileVersion } from '../../change/change.ts'

/** What builds or drives a project, and may say where a file comes from. */
const BUILD =
  /(?:^|\/)(?:build\.gradle(?:\.kts)?|pom\.xml|package\.json|[Mm]akefile|GNUmakefile|[Jj]ustfile|Taskfile\.ya?ml|Rakefile)$/
const URL = /\bhttps?:\/\/(?!localhost\b|127\.0\.0\.1\b|0\.0\.0\.0\b|\[)/
const MAX_LINE = 1_000

/** Files that build the project, in the folders above a contract. */
export function buildFilesAbove(change: Change, paths: readonly string[]): readonly FileVersion[] {
  const folders = new Set(paths.flatMap(foldersAbove))
  if (folders.size === 0) return []
  const found: FileVersion[] = []
  for (const { path, blob, kind } of change.headTree?.entries.values() ?? [])
    if (BUILD.test(path) && folders.has(path.slice(0, path.lastIndexOf('/') + 1))) found.push({ path, blob, kind })
  return found
}

/** Whether a build file fetches the contract from somebody else's server: then it is their promise, of which this is a copy. */
export function isFetched(path: string, builds: readonly string[]): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const stem = name.slice(0, name.indexOf('.'))
  const named = [name, `"${stem}"`, `'${stem}'`]
  return builds.some((text) =>
    text
      .split('\n')
      .some((line) => line.length < MAX_LINE && URL.test(line) && named.some((one) => line.includes(one))),
  )
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`).concat('')
}
