import { attributeEntries } from '../change/attribute-entries.ts'
import type { Note, Tree } from '../change/change.ts'
import type { PathAttributes } from '../change/classify-path.ts'
import { compileAttributes } from '../change/gitattributes.ts'
import type { ObjectReader } from './object-reader.ts'
import { readBlobs } from './read-blobs.ts'

/** What `.gitattributes` says of the paths; which of them hold is decided by `attributeEntries`. */
export async function readAttributes(
  objects: ObjectReader,
  baseTree: Tree,
  headTree: Tree,
  paths: readonly string[],
): Promise<{ readonly of: (path: string) => PathAttributes; readonly notes: readonly Note[] }> {
  const { entries, notes } = attributeEntries(baseTree, headTree, paths)
  const blobs = await readBlobs(
    objects,
    entries.map(({ entry }) => entry.blob),
  )
  const texts = entries.flatMap(({ folder, entry }) => {
    const blob = blobs.get(entry.blob)
    return blob?.status === 'text' ? [{ folder, text: blob.text }] : []
  })
  return { of: compileAttributes(texts), notes }
}
