/** A path taken apart once; every rule about names looks at these. */
export interface PathParts {
  readonly path: string
  /** Folders from the root: `src/api/a.test.ts` → ['src', 'api']. */
  readonly folders: readonly string[]
  /** `a.test.ts` */
  readonly name: string
  /** The name without its last extension: `a.test`. */
  readonly stem: string
  /** The last extension in lower case, without the dot; '' when there is none: `.env` has none. */
  readonly extension: string
}

export function pathParts(path: string): PathParts {
  const folders = path.split('/')
  const name = folders.pop() ?? ''
  const dot = name.lastIndexOf('.')
  const hasExtension = dot > 0
  return {
    path,
    folders,
    name,
    stem: hasExtension ? name.slice(0, dot) : name,
    extension: hasExtension ? name.slice(dot + 1).toLowerCase() : '',
  }
}

/** A set from words in a row: easier to read, and to keep in order, than a list of quoted strings. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''))
}
