import type { Note, Tree, TreeEntry } from '../change/change.ts'
import type { PathAttributes } from '../change/classify-path.ts'
import { compileAttributes } from '../change/gitattributes.ts'
import type { ObjectReader } from './object-reader.ts'
import { readBlobs } from './read-blobs.ts'

const NAME = '.gitattributes'

/**
 * What `.gitattributes` says of the paths. The files of the base hold: a change must not be able to set its own code
 * aside as generated. In a first commit, which has no base, its own hold.
 */
export async function readAttributes(
  objects: ObjectReader,
  baseTree: Tree,
  headTree: Tree,
  paths: readonly string[],
): Promise<{ readonly of: (path: string) => PathAttributes; readonly notes: readonly Note[] }> {
  const tree = baseTree.entries.size === 0 ? headTree : baseTree
  const folders = foldersAbove(paths)
  const files = folders.flatMap((folder) => {
    const entry = tree.entries.get(fileIn(folder))
    return entry && entry.kind !== 'symlink' && entry.kind !== 'submodule' ? [{ folder, entry }] : []
  })
  const blobs = await readBlobs(
    objects,
    files.map(({ entry }) => entry.blob),
  )
  const texts = files.flatMap(({ folder, entry }) => {
    const blob = blobs.get(entry.blob)
    return blob?.status === 'text' ? [{ folder, text: blob.text }] : []
  })
  const isChanged = (entry: TreeEntry | undefined, path: string) => headTree.entries.get(path)?.blob !== entry?.blob
  const changed = tree === headTree ? [] : folders.map(fileIn).filter((path) => isChanged(tree.entries.get(path), path))
  return {
    of: compileAttributes(texts),
    notes: changed.map((path) => ({
      kind: 'attributes-changed',
      path,
      says: 'This change edits it: which files are generated or vendored is taken from before the change',
    })),
  }
}

/** Every folder that holds one of the paths, the root as ''. */
function foldersAbove(paths: readonly string[]): readonly string[] {
  const folders = new Set([''])
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      // Then those above it are there as well.
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return [...folders].sort()
}

function fileIn(folder: string): string {
  return folder === '' ? NAME : `${folder}/${NAME}`
}
