import type { ChangedFile, Location, TreeEntry } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { MAX_CONFIG_CHARS } from './config-entry.ts'
import { configKind } from './config-family.ts'
import { parseConfig } from './parse-config.ts'
import { urlShape } from './url-shape.ts'

/** A public address that a file of code held as a literal and no changed file holds any more, while code now asks settings for one. */
export interface MovedAddress {
  /** Where the file now uses what came in its place. */
  readonly at: Location
  /** Settings with the name of an address that changed lines read. */
  readonly settings: readonly string[]
}

const MAX_LINE = 2000
const LITERAL = /['"`](https?:\/\/[^'"`\s]{4,300})['"`]/g
const SETTING = /\b(?:settings|Settings|config|Config|app\.config)\s*(?:\.|\[\s*['"])([A-Z][A-Z0-9_]{2,80})/g
const ADDRESS_NAME = /(?:^|_)(?:URL|URI|HOST|HOSTNAME|ENDPOINT|DOMAIN|ORIGIN)(?:_|$)/

export function movedAddresses(files: readonly ChangedFile[], contents: Contents): readonly MovedAddress[] {
  const settings = [
    ...new Set(
      files.flatMap((file) =>
        added(file).flatMap(({ text }) => [...text.matchAll(SETTING)].map((match) => match[1] ?? '')),
      ),
    ),
  ].filter((name) => ADDRESS_NAME.test(name))
  if (settings.length === 0) return []
  const texts = files.map((file) => contents.textOf(file.head) ?? '')
  return files.flatMap((file): readonly MovedAddress[] => {
    const gone = removedLiterals(file).filter((literal) => !texts.some((text) => text.includes(literal)))
    const use = added(file).find(
      ({ text }) => /url|host|endpoint|domain/i.test(text) && !/^\s*(?:import|from|#|\/\/)/.test(text),
    )
    if (gone.length === 0 || use === undefined) return []
    return [{ at: { path: file.path, startLine: use.line, endLine: use.line, side: 'head' }, settings }]
  })
}

function added(file: ChangedFile): readonly { readonly text: string; readonly line: number }[] {
  return file.hunks.flatMap((hunk) =>
    hunk.lines.flatMap(({ kind, head, text }) =>
      kind === 'add' && head !== null && text.length < MAX_LINE ? [{ text, line: head }] : [],
    ),
  )
}

function removedLiterals(file: ChangedFile): readonly string[] {
  const lines = file.hunks
    .flatMap((hunk) => hunk.lines)
    .filter(({ kind, text }) => kind === 'del' && text.length < MAX_LINE && !/^\s*(?:#|\/\/|\*)/.test(text))
  return lines
    .flatMap(({ text }) => [...text.matchAll(LITERAL)].map((match) => match[1] ?? ''))
    .filter((literal) => urlShape(literal)?.hostClass === 'public')
}

/** Where modules of settings give one of the names an address of this machine. */
export function localDefaults(
  names: readonly string[],
  modules: readonly TreeEntry[],
  contents: Contents,
): ReadonlyMap<string, Location> {
  const found = new Map<string, Location>()
  const wanted = new Set(names)
  for (const entry of wanted.size === 0 ? [] : modules) {
    const kind = configKind(entry.path)
    const text = contents.textOf(entry)
    if (kind?.family !== 'settings' || text === null || text.length > MAX_CONFIG_CHARS) continue
    const parsed = parseConfig(text, kind, [])
    for (const { path, line, value } of parsed.status === 'parsed' ? parsed.entries : []) {
      const name = path.at(-1) ?? ''
      if (wanted.has(name) && value.shape.kind === 'url' && value.shape.hostClass === 'local' && !found.has(name)) {
        found.set(name, { path: entry.path, startLine: line, endLine: line, side: 'head' })
      }
    }
  }
  return found
}
