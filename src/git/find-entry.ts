import type { TreeEntry } from '../change/change.ts'
import { entryKind } from '../change/entry-kind.ts'
import type { ObjectReader, StoredObject } from './object-reader.ts'

/**
 * The file at a path of a commit or tree, found folder by folder without a process of its own. Null when none is there;
 * 'unread' when an object on the way is not here, or is not what it should be.
 * @param path from the root, normalised
 */
export async function findEntry(
  objects: ObjectReader,
  treeish: string,
  path: string,
): Promise<TreeEntry | null | 'unread'> {
  let found: RawEntry = { mode: FOLDER, id: await rootOf(objects, treeish) }
  for (const name of path.split('/')) {
    if (found.mode !== FOLDER) return null
    const [tree] = await objects.contents([found.id])
    const next = tree?.type === 'tree' ? entryIn(tree, name) : 'unread'
    if (next === 'unread' || next === null) return next
    found = next
  }
  return found.mode === FOLDER ? null : { path, blob: found.id, kind: entryKind(found.mode) }
}

interface RawEntry {
  /** One of the five that git knows, in octal digits. */
  readonly mode: string
  readonly id: string
}

const FOLDER = '040000'

async function rootOf(objects: ObjectReader, treeish: string): Promise<string> {
  const [object] = await objects.contents([treeish])
  if (object?.type !== 'commit') return treeish
  return /^tree ([0-9a-f]+)\n/.exec(object.content?.toString('latin1', 0, 80) ?? '')?.[1] ?? treeish
}

/** An entry is its mode, a space, its name, a NUL and the bytes of its id, which are as many as the tree's own id has. */
function entryIn({ id, content }: StoredObject, name: string): RawEntry | null | 'unread' {
  if (content === null) return 'unread'
  const wanted = Buffer.from(name)
  let found: RawEntry | null = null
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const end = space === -1 ? -1 : content.indexOf(0, space)
    const next = end + 1 + id.length / 2
    if (end === -1 || next > content.length) return 'unread'
    if (content.subarray(space + 1, end).equals(wanted)) {
      found = { mode: modeOf(content.toString('latin1', at, space)), id: content.toString('hex', end + 1, next) }
    }
    at = next
  }
  return found
}

/** As git takes it: old programs wrote other permissions, and zeros in front. */
function modeOf(digits: string): string {
  const mode = Number.parseInt(digits, 8)
  const kind = mode & 0o170000
  if (kind === 0o040000) return FOLDER
  if (kind === 0o100000) return mode & 0o100 ? '100755' : '100644'
  return kind === 0o120000 ? '120000' : '160000'
}
