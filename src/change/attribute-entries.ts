import type { Note, Tree, TreeEntry } from './change.ts'

const NAME = '.gitattributes'

/** A `.gitattributes` file that speaks of a changed path. `folder` is where it stands, '' for the root. */
export interface AttributesEntry {
  readonly folder: string
  readonly entry: TreeEntry
}

/**
 * The `.gitattributes` that hold for the paths. Those of the base hold: a change must not be able to set its own code
 * aside as generated. In a first commit, which has no base, its own hold.
 */
export function attributeEntries(
  baseTree: Tree,
  headTree: Tree,
  paths: readonly string[],
): { readonly entries: readonly AttributesEntry[]; readonly notes: readonly Note[] } {
  const tree = baseTree.entries.size === 0 ? headTree : baseTree
  const folders = foldersAbove(paths)
  const entries = folders.flatMap((folder) => {
    const entry = tree.entries.get(fileIn(folder))
    return entry && entry.kind !== 'symlink' && entry.kind !== 'submodule' ? [{ folder, entry }] : []
  })
  const isChanged = (path: string) => headTree.entries.get(path)?.blob !== tree.entries.get(path)?.blob
  const changed = tree === headTree ? [] : folders.map(fileIn).filter(isChanged)
  return {
    entries,
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
