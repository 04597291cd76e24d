import type { Change, Location } from '../../change/change.ts'
import { type ConfigEntry, keyName } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange, ConfigFile } from '../../facts/config/config-facts.ts'
import { entryKey } from '../../facts/config/environment-views.ts'
import { type Environment, environmentOfName } from '../../facts/config/environments.ts'

/** A setting that differs between the two trees: added (`before` null), removed (`after` null) or given another value. */
export interface Touched {
  readonly file: ConfigFile
  /** The file itself is new. */
  readonly newFile: boolean
  readonly key: string
  readonly environment: Environment | null
  readonly before: ConfigEntry | null
  readonly after: ConfigEntry | null
}

/** Moved, reordered, requoted or reformatted settings are not touched: only key and value count. */
export function touchedSettings(facts: ConfigFactsOfChange): readonly Touched[] {
  return facts.files.flatMap(({ base, head }) => {
    const file = head ?? base
    if (file === null || base?.parsed.status === 'broken' || head?.parsed.status === 'broken') return []
    const before = entriesByKey(base)
    const after = entriesByKey(head)
    const keys = [...new Set([...after.keys(), ...before.keys()])]
    return keys.flatMap((id): readonly Touched[] => {
      const [old, now] = [before.get(id) ?? null, after.get(id) ?? null]
      const entry = now ?? old
      if (entry === null || (old !== null && now !== null && old.value.sameAs(now.value))) return []
      const environment = environmentOf(file, entry, facts.environments)
      return [
        {
          file,
          newFile: base === null,
          key: entryKey(entry, environment),
          environment,
          before: old,
          after: now,
        },
      ]
    })
  })
}

function environmentOf(file: ConfigFile, entry: ConfigEntry, names: readonly string[]): Environment | null {
  if (file.environment !== null || entry.section === null) return file.environment
  return environmentOfName(entry.section, names) ?? { name: entry.section, tier: 'other' }
}

function entriesByKey(file: ConfigFile | null): ReadonlyMap<string, ConfigEntry> {
  if (file?.parsed.status !== 'parsed') return new Map()
  return new Map(
    file.parsed.entries.map((entry) => [`${entry.section ?? ''}\u0001${entry.path.join('\u0000')}`, entry]),
  )
}

/** It stands in a list of nameless things: one that is put in front moves all the others, so that they cannot be compared. */
export function isNumbered({ key }: Touched): boolean {
  return key.split('\u0000').some((segment) => /^\[\d+\]$/.test(segment))
}

export function locate(file: ConfigFile, entry: ConfigEntry, side: Location['side'] = 'head'): Location {
  return { path: file.path, startLine: entry.line, endLine: entry.line, side }
}

/** The key for people, as code. */
export function named(entry: ConfigEntry): string {
  return `\`${keyName(entry.path)}\``
}

/** The change says why: a comment added on the line itself or within three lines above it. Null when it does not. */
export function explanationAt(change: Change, path: string, line: number): Location | null {
  const file = change.files.find((changed) => changed.path === path)
  for (const hunk of file?.hunks ?? []) {
    for (const added of hunk.lines) {
      if (added.kind !== 'add' || added.head === null || added.head > line || added.head < line - 3) continue
      const comment = added.head === line ? /\s(?:#|\/\/)\s*(\S.*)$/ : /^\s*(?:#|\/\/|;|\*|\/\*|--|<!--)\s*(\S.*)$/
      const words = comment.exec(added.text.slice(0, 2000))?.[1]?.split(/\s+/) ?? []
      if (words.length >= 3 && !/[=:]\s*\S+$/.test(words.slice(0, 1).join('')))
        return { path, startLine: added.head, endLine: added.head, side: 'head' }
    }
  }
  return null
}
