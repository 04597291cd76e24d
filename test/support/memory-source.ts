import { createHash } from 'node:crypto'
import type { Blob } from '../../src/change/blob.ts'
import type { Change, ChangedFile, FileVersion, Tree, TreeEntry } from '../../src/change/change.ts'
import type { ChangeSource } from '../../src/change/change-source.ts'
import { classifyPath } from '../../src/change/classify-path.ts'

/** Path to text. */
export type Files = Readonly<Record<string, string>>

/** A change between two sets of files, without git. Renames are told: new path to old path. */
export function memorySource(
  before: Files,
  after: Files,
  renames: Readonly<Record<string, string>> = {},
  asOf?: string,
  title = 'A change',
): ChangeSource {
  const blobs = new Map<string, Blob>()
  for (const text of [...Object.values(before), ...Object.values(after)])
    blobs.set(idOf(text), { status: 'text', text })
  const change: Change = {
    base: '1'.repeat(40),
    head: '2'.repeat(40),
    mergeBase: '1'.repeat(40),
    title,
    files: changedFiles(before, after, renames),
    baseTree: treeOf(before),
    headTree: treeOf(after),
    notes: [],
    ...(asOf === undefined ? {} : { asOf }),
  }
  return {
    readChange: async () => change,
    readBlobs: async (ids) => new Map(ids.map((id) => [id, blobs.get(id) ?? { status: 'missing' }])),
    readPolicyFile: async (path) => {
      const text = before[path]
      return text === undefined ? null : { source: path, text }
    },
  }
}

function changedFiles(before: Files, after: Files, renames: Readonly<Record<string, string>>): readonly ChangedFile[] {
  const gone = new Set(Object.values(renames))
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => !gone.has(path)).sort()
  return paths.flatMap((path): ChangedFile[] => {
    const basePath = renames[path] ?? path
    const base = versionOf(basePath, before)
    const head = versionOf(path, after)
    if (base?.blob === head?.blob && base?.path === head?.path) return []
    const renamed = basePath !== path
    const status = base === null ? 'added' : head === null ? 'removed' : renamed ? 'renamed' : 'modified'
    const counts = { additions: lines(after[path]), deletions: lines(before[basePath]) }
    return [{ path, status, base, head, binary: false, hunks: [], ...counts, role: classifyPath(path) }]
  })
}

function versionOf(path: string, files: Files): FileVersion | null {
  const text = files[path]
  return text === undefined ? null : { path, blob: idOf(text), kind: 'file' }
}

function treeOf(files: Files): Tree {
  const entries = new Map<string, TreeEntry>()
  for (const path of Object.keys(files).sort()) entries.set(path, { path, blob: idOf(files[path] ?? ''), kind: 'file' })
  return { entries, truncated: false }
}

function lines(text: string | undefined): number {
  return text === undefined ? 0 : text.split('\n').length
}

function idOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
