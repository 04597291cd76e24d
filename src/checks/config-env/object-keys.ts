import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import { type ObjectRead, objectRead } from '../../facts/config/object-keys.ts'
import type { Exposure } from '../define-check.ts'

/** A key of a ConfigMap or Secret that a manifest takes and the object does not have: the container is not started. */
export function missingObjectKeys(facts: ConfigFactsOfChange): readonly Exposure[] {
  const { objects, reads } = facts.objectKeys
  const readBefore = new Set(facts.files.flatMap(({ base }) => readsIn(base).map(id)))
  const heldBefore = new Set(facts.files.flatMap(({ base }) => keysIn(base)))
  const changed = new Set(facts.files.map(({ file }) => file.path))
  const said = new Set<string>()
  return reads.flatMap((read): readonly Exposure[] => {
    const object = objects.get(read.object)
    if (object === undefined || read.optional || object.keys.has(read.key) || said.has(id(read))) return []
    const isNewRead = changed.has(read.path) && !readBefore.has(id(read))
    const isLost = heldBefore.has(read.key) && changed.has(object.path)
    if (!isNewRead && !isLost) return []
    said.add(id(read))
    return [
      {
        kind: 'object-key-missing',
        severity: facts.searched.truncated ? 'low' : 'medium',
        at: { path: read.path, startLine: read.line, endLine: read.line, side: 'head' },
        says: `\`${read.key}\` is taken from the ${read.object.replace(' ', ' `')}\`, which ${isNewRead ? 'has' : 'no longer has'} such a key (${object.path}): the container is not started.`,
        remedy: `Add \`${read.key}\` to ${object.path}, or mark the reference \`optional: true\`.`,
        evidence: [],
        within: read.path,
        anchor: read.key,
      },
    ]
  })
}

function id({ object, key }: ObjectRead): string {
  return `${object} ${key}`
}

function readsIn(file: ConfigFactsOfChange['files'][number]['base']): readonly ObjectRead[] {
  return file?.parsed.status === 'parsed'
    ? file.parsed.references
        .filter(({ kind }) => kind === 'object-key')
        .map((reference) => objectRead(file.path, reference))
    : []
}

function keysIn(file: ConfigFactsOfChange['files'][number]['base']): readonly string[] {
  return file?.parsed.status === 'parsed' ? file.parsed.entries.map(({ path }) => path.at(-1) ?? '') : []
}
