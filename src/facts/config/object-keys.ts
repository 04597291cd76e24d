import type { TreeEntry } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { type ConfigReference, MAX_CONFIG_CHARS } from './config-entry.ts'
import type { ChangedConfig, ConfigFile } from './config-facts.ts'
import { configKind } from './config-family.ts'
import { withoutTier } from './formats/yaml-walk.ts'
import { parseConfig } from './parse-config.ts'

/** A ConfigMap or a Secret of the head tree, with its keys from all files that declare it. */
export interface KeyedObject {
  /** Where it is declared first, in the order of paths. */
  readonly path: string
  readonly keys: ReadonlySet<string>
}

/** A key of an object that a manifest takes by `configMapKeyRef` or `secretKeyRef`. */
export interface ObjectRead {
  readonly path: string
  readonly line: number
  readonly object: string
  readonly key: string
  readonly optional: boolean
}

export interface ObjectKeys {
  /** By `ConfigMap web`. What is filled from files or a secret store is not here: its keys are not known. */
  readonly objects: ReadonlyMap<string, KeyedObject>
  /** Reads in the head tree, changed files first. */
  readonly reads: readonly ObjectRead[]
}

/** `ConfigMap web PAY_URL`, as a reference names a key, in its three parts. */
export function objectRead(path: string, { name, line, optional }: ConfigReference): ObjectRead {
  const [kind = '', object = '', key = ''] = name.split(' ')
  return { path, line, object: `${kind} ${withoutTier(object)}`, key, optional }
}

/** Keys of objects and who takes them, in changed manifests and in the unchanged ones that were read. */
export function objectKeys(
  files: readonly ChangedConfig[],
  definitions: readonly TreeEntry[],
  contents: Contents,
): ObjectKeys {
  const changed = files.flatMap(({ head }) => (head === null ? [] : [head]))
  const seen = new Set(files.map(({ file }) => file.path))
  const manifests = [
    ...changed,
    ...definitions.filter(({ path }) => !seen.has(path)).flatMap((entry) => manifestIn(entry, contents)),
  ]
  const found = new Map<string, { path: string; keys: Set<string> }>()
  const open = new Set<string>()
  for (const { path, parsed } of manifests) {
    for (const entry of parsed.status === 'parsed' ? parsed.entries : []) {
      const place = placeInObject(entry.path)
      if (place === null) continue
      if (place.key === null) open.add(place.object)
      const object = found.get(place.object) ?? { path, keys: new Set<string>() }
      found.set(place.object, object)
      if (place.key !== null) object.keys.add(place.key)
    }
  }
  const reads = manifests.flatMap(({ path, parsed }) =>
    parsed.status === 'parsed'
      ? parsed.references.filter(({ kind }) => kind === 'object-key').map((reference) => objectRead(path, reference))
      : [],
  )
  return { objects: new Map([...found].filter(([object]) => !open.has(object))), reads }
}

function manifestIn(entry: TreeEntry, contents: Contents): readonly Pick<ConfigFile, 'path' | 'parsed'>[] {
  const kind = configKind(entry.path)
  const text = kind?.format === 'yaml' ? contents.textOf(entry) : null
  if (
    kind === null ||
    text === null ||
    text.length > MAX_CONFIG_CHARS ||
    !/ConfigMap|configMap|Secret|secretKeyRef/.test(text)
  )
    return []
  return [{ path: entry.path, parsed: parseConfig(text, kind, []) }]
}

/** The object that an entry belongs to; a null key says that it is filled from elsewhere. */
function placeInObject(path: readonly string[]): { readonly object: string; readonly key: string | null } | null {
  const [first, name = '', section = '', key] = path
  if (first === 'ConfigMap' || first === 'Secret') {
    const holds = section === 'data' || section === 'stringData' || section === 'binaryData'
    return holds && key !== undefined ? { object: `${first} ${name}`, key } : null
  }
  if (first === 'ExternalSecret' || first === 'SealedSecret' || first === 'SecretProviderClass')
    return { object: `Secret ${name}`, key: null }
  const generated = first === 'configMapGenerator' ? 'ConfigMap' : first === 'secretGenerator' ? 'Secret' : null
  if (generated === null) return null
  const object = `${generated} ${withoutTier(name.slice(1, -1))}`
  if (section === 'literals' && key !== undefined) return { object, key }
  return section === 'name' || section === 'behavior' ? null : { object, key: null }
}
