import type { Change, ChangedFile, FileVersion, Note } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { FactReader } from '../fact-reader.ts'
import { isStateFile, readBefore } from './before.ts'
import { parseRehearsal, REHEARSALS } from './evidence/rehearsal.ts'
import { findWayBackRuns, mayRunWayBack } from './evidence/way-back-runs.ts'
import type { Framework } from './framework.ts'
import { firstSiblings, habitsOf, latestSiblings, NO_HABITS } from './habits.ts'
import type { Migration } from './migration.ts'
import type { MigrationFate, MigrationOfFile } from './migration-facts.ts'
import { findNewUses } from './new-uses.ts'
import { filesNamedAfter, findOldReaders, isCode } from './old-readers.ts'
import type { ProgramReader } from './program/program-reader.ts'
import { type Before, nothingBefore, readMigration } from './read-migration.ts'
import { downPathsOf, mayBeMigration, recogniseFramework, versionOf } from './recognise-framework.ts'

/** At most so many pipelines, scripts and tests are read for evidence. */
const MAX_EVIDENCE_FILES = 60

/** Migrations of the change, and what the repository knows about their way back. */
export function migrationFactReader(programs: ProgramReader): FactReader<'migrations'> {
  return {
    need: 'migrations',
    changed(change) {
      if (!change.files.some(isCandidate)) return []
      return change.files.filter((file) => isCandidate(file) || isStateFile(file) || isCode(file)).flatMap(versions)
    },
    candidates(change, contents) {
      const paths = new Set<string>()
      const found = change.files.filter(isCandidate).flatMap((file) => frameworkOf(change, contents, file) ?? [])
      if (found.length === 0) return [...rehearsalsOf(change)]
      for (const { framework, path } of found) for (const down of downPathsOf(framework, path)) paths.add(down)
      const listed = [...(change.headTree?.entries.keys() ?? [])].filter(mayRunWayBack).slice(0, MAX_EVIDENCE_FILES)
      for (const path of listed) paths.add(path)
      return [
        ...filesNamedAfter(change, textsOf(change, contents)),
        ...latestSiblings(change, newPaths(change)),
        ...declaring(change, contents),
        ...versionsAt(change, 'head', paths),
        ...versionsAt(change, 'base', new Set(found.flatMap(({ framework, path }) => downPathsOf(framework, path)))),
        ...rehearsalsOf(change),
      ]
    },
    async prepare(change, contents) {
      const found = change.files.filter(isCandidate).flatMap((file) => frameworkOf(change, contents, file) ?? [])
      if (found.length === 0) return
      const states = change.files.filter(isStateFile).flatMap((file) => (file.base ? file.base.path : []))
      await programs.prepare([...found.map(({ path }) => path), ...states], true)
    },
    extract(change, contents) {
      const before = readBefore(change, contents, programs, sqlSiblings(change, contents))
      const files = change.files
        .filter(isCandidate)
        .flatMap((file) => migrationOfFile(change, contents, file, programs, before))
      const notes: readonly Note[] = files.flatMap((file) => unreadNote(file))
      const evidence = [...(change.headTree?.entries.keys() ?? [])].filter(mayRunWayBack).slice(0, MAX_EVIDENCE_FILES)
      const texts = (paths: Iterable<string>) =>
        versionsAt(change, 'head', new Set(paths)).flatMap((version) => {
          const text = contents.textOf(version)
          return text === null ? [] : [{ path: version.path, text }]
        })
      return {
        facts: {
          files,
          runs: files.length === 0 ? [] : findWayBackRuns(texts(evidence)),
          rehearsals: rehearsalsOf(change).flatMap((version) => {
            const text = contents.textOf(version)
            return text === null ? [] : [parseRehearsal(version.path, text)]
          }),
          oldReaders: findOldReaders(change, contents, files, filesNamedAfter(change, textsOf(change, contents))),
          newUses: findNewUses(change, contents, files),
          habits: files.length === 0 ? NO_HABITS : habitsOf(siblings(change, contents)),
          asOf: change.asOf ?? null,
        },
        notes,
      }
    },
  }
}

function textsOf(change: Change, contents: Contents): readonly string[] {
  return change.files
    .filter(isCandidate)
    .flatMap((file) => (file.base === null ? (contents.textOf(file.head) ?? []) : []))
}

function newPaths(change: Change): readonly string[] {
  return change.files.filter(isCandidate).flatMap((file) => (file.base === null ? file.path : []))
}

function siblings(change: Change, contents: Contents): readonly string[] {
  return latestSiblings(change, newPaths(change)).flatMap((version) => contents.textOf(version) ?? [])
}

const CHANGES_COLUMN = /\b(?:ALTER\s+COLUMN|MODIFY|CHANGE\s+COLUMN|TYPE)\b/i

/** Where a column that gets another type may have been declared first. */
function declaring(change: Change, contents: Contents): readonly FileVersion[] {
  const paths = change.files.flatMap((file) => {
    const text =
      file.base === null && file.path.endsWith('.sql') && isCandidate(file) ? contents.textOf(file.head) : null
    return text !== null && CHANGES_COLUMN.test(text) ? file.path : []
  })
  return paths.length === 0 ? [] : firstSiblings(change, paths)
}

function sqlSiblings(change: Change, contents: Contents): readonly { readonly path: string; readonly text: string }[] {
  const latest = latestSiblings(change, newPaths(change)).filter((version) => version.path.endsWith('.sql'))
  const known = new Set(latest.map((version) => version.path))
  const versions = [...declaring(change, contents).filter((version) => !known.has(version.path)), ...latest]
  return versions.flatMap((version) => {
    const text = contents.textOf(version)
    return text === null ? [] : [{ path: version.path, text }]
  })
}

const LEFT_OUT: ReadonlySet<ChangedFile['role']> = new Set(['test', 'docs', 'vendored', 'lock'])

function isCandidate(file: ChangedFile): boolean {
  const kind = (file.head ?? file.base)?.kind
  if (LEFT_OUT.has(file.role) || file.binary || (kind !== 'file' && kind !== 'executable')) return false
  return (
    !/(?:^|\/)(?:tests?|__tests__|spec|fixtures?|testdata|examples?|samples?|node_modules|vendor)\//i.test(file.path) &&
    !DEVELOPERS.test(file.path) &&
    mayBeMigration(file.path)
  )
}

/** What Flyway runs on the machines of developers only. */
const DEVELOPERS = /(?:^|\/)db\/(?:[\w-]+\/)*(?:dev|local|test)(?:-\w+)?\/[^/]+\.sql$/

function versions(file: ChangedFile): readonly FileVersion[] {
  return [file.base, file.head].filter((version) => version !== null)
}

function frameworkOf(
  change: Change,
  contents: Contents,
  file: ChangedFile,
): { readonly framework: Framework; readonly path: string } | null {
  const version = file.head ?? file.base
  const text = contents.textOf(version)
  if (version === null || text === null) return null
  const tree = file.head === null ? change.baseTree : change.headTree
  const framework = recogniseFramework(version.path, text, (path) => tree?.entries.has(path) ?? false)
  return framework === null ? null : { framework, path: version.path }
}

function versionsAt(change: Change, side: 'base' | 'head', paths: ReadonlySet<string>): readonly FileVersion[] {
  const entries = (side === 'head' ? change.headTree : change.baseTree)?.entries
  return [...paths].flatMap((path) => {
    const entry = entries?.get(path)
    return entry === undefined ? [] : [{ path: entry.path, blob: entry.blob, kind: entry.kind }]
  })
}

function rehearsalsOf(change: Change): readonly FileVersion[] {
  const paths = [...(change.headTree?.entries.keys() ?? [])].filter(
    (path) => path.startsWith(REHEARSALS) && /\.ya?ml$/.test(path),
  )
  return versionsAt(change, 'head', new Set(paths))
}

function migrationOfFile(
  change: Change,
  contents: Contents,
  file: ChangedFile,
  programs: ProgramReader,
  before: Before,
): readonly MigrationOfFile[] {
  const found = frameworkOf(change, contents, file)
  if (found === null) return []
  const { framework } = found
  const read = (side: 'base' | 'head', known: Before): Migration | null => {
    const version = side === 'base' ? file.base : file.head
    const text = contents.textOf(version)
    if (version === null || text === null) return null
    const program = framework.form === 'sql' ? null : programs.read(version.path, text, version.blob)
    const down = versionsAt(change, side, new Set(downPathsOf(framework, version.path))).flatMap((at) => {
      const downText = contents.textOf(at)
      return downText === null ? [] : [{ path: at.path, text: downText }]
    })[0]
    return readMigration(
      framework,
      { path: version.path, text, program, down: down ?? null },
      programs.postgres(),
      known,
    )
  }
  const base = file.status === 'copied' ? null : read('base', nothingBefore)
  const head = read('head', file.base === null ? before : nothingBefore)
  const fate = fateOf(framework, file, change, contents)
  const lines = (version: FileVersion | null) => contents.textOf(version)?.replaceAll('\r\n', '\n').trimEnd()
  const about = {
    framework: framework.id,
    title: framework.title,
    checksum: framework.checksum === true,
    retold: lines(file.base) !== lines(file.head),
    unreleased: isUnreleased(change, file),
    declaredValid: checksums(contents.textOf(file.head)) > checksums(contents.textOf(file.base)),
    folderGone: file.head === null && isFolderGone(change, file),
  }
  // Git takes two migrations that look alike for one that was renamed.
  if (fate === 'renamed' && base !== null && head !== null && shapeOf(base) !== shapeOf(head)) {
    return [
      {
        ...about,
        file: { ...file, path: file.base?.path ?? file.path, head: null },
        fate: 'removed',
        base,
        head: null,
      },
      { ...about, file: { ...file, base: null }, fate: 'new', base: null, head },
    ]
  }
  return [{ ...about, file, fate, base, head }]
}

/** Liquibase is told with these that a change set may read otherwise than it did. */
function checksums(text: string | null): number {
  return (text ?? '').split(/validCheckSums?\b/).length
}

function isFolderGone(change: Change, file: ChangedFile): boolean {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
  for (const path of change.headTree?.entries.keys() ?? []) if (path.startsWith(folder)) return false
  return change.headTree !== null && /\.(?:py|php|cs|[cm]?[jt]s)$/.test(file.path)
}

function shapeOf(migration: Migration): string {
  return migration.steps.map(({ operation }) => JSON.stringify({ ...operation, line: 0 })).join('\n')
}

/** The name of one release: `0050_2.2.0_schema.up.sql`. Such a file grows until the release is out. */
const RELEASE = /(?:^|[_v-])\d{1,3}[._]\d{1,3}[._](?:\d{1,3}|x)(?=[._])/

/** Whether a migration is the one of a release, and none of a later release stands beside it. */
function isUnreleased(change: Change, file: ChangedFile): boolean {
  const path = file.base?.path ?? file.path
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  if (!RELEASE.test(path.slice(folder.length))) return false
  for (const other of change.baseTree?.entries.keys() ?? [])
    if (
      other.startsWith(folder) &&
      !other.slice(folder.length).includes('/') &&
      other > path &&
      RELEASE.test(other.slice(folder.length)) &&
      !/\bdown\.sql$/.test(other)
    )
      return false
  return true
}

function fateOf(framework: Framework, file: ChangedFile, change: Change, contents: Contents): MigrationFate {
  if (framework.id === 'flyway-repeatable') return 'repeatable'
  if (file.base === null || file.status === 'copied') return standsElsewhere(change, file) ? 'copied' : 'new'
  if (file.head === null) return 'removed'
  const [was, is] = [file.base, file.head].map((version) =>
    versionOf(framework, version.path, contents.textOf(version)),
  )
  return was === is ? 'edited' : 'renamed'
}

/** The same text in the base: a second folder gets the migrations of the first one. */
function standsElsewhere(change: Change, file: ChangedFile): boolean {
  const blob = file.head?.blob ?? null
  const name = file.path.slice(file.path.lastIndexOf('/'))
  if (blob === null) return false
  for (const entry of change.baseTree?.entries.values() ?? [])
    if (entry.blob === blob && entry.path.endsWith(name)) return true
  return false
}

function unreadNote(file: MigrationOfFile): readonly Note[] {
  if (file.head !== null || file.file.head === null) return []
  return [
    {
      kind: 'migration-not-read',
      path: file.file.path,
      says: `What this ${file.title} migration does was not read: its form is not supported yet`,
    },
  ]
}
