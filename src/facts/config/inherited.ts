import type { ConfigEntry } from './config-entry.ts'
import type { ChangedConfig, ConfigFile } from './config-facts.ts'

/** Files that a group inherits from, on both sides of the change. */
export interface Inherited {
  readonly base: readonly ConfigFile[]
  readonly head: readonly ConfigFile[]
}

/** Both sides of a group's bases: those that the change touches, and the unchanged ones. */
export function inheritedBy(
  paths: readonly string[],
  changed: readonly ChangedConfig[],
  unchanged: (path: string) => ConfigFile | null,
): Inherited {
  const sides = paths.map((path) => {
    const touched = changed.find(({ file }) => file.path === path)
    const same = touched === undefined ? unchanged(path) : null
    return { base: touched?.base ?? same, head: touched?.head ?? same }
  })
  return { base: sides.flatMap(({ base }) => asBase(base)), head: sides.flatMap(({ head }) => asBase(head)) }
}

/** A base has no environment. Of Terraform's files only the defaults of variables are inherited, under the variable's name. */
function asBase(file: ConfigFile | null): readonly ConfigFile[] {
  if (file?.parsed.status !== 'parsed') return []
  const entries = file.path.endsWith('.tf') ? defaultsIn(file.parsed.entries) : file.parsed.entries
  return [{ ...file, environment: null, parsed: { ...file.parsed, entries } }]
}

function defaultsIn(entries: readonly ConfigEntry[]): readonly ConfigEntry[] {
  return entries.flatMap((entry) => {
    const [block, name, attribute, ...rest] = entry.path
    return block === 'variable' && name !== undefined && attribute === 'default'
      ? [{ ...entry, path: [name, ...rest] }]
      : []
  })
}
