import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml'
import { codePoint, type Fault, INVISIBLE, quote } from './policy-problem.ts'

type Path = readonly PropertyKey[]

/** A fault of the text itself, at an offset in it. */
export interface TextFault {
  readonly offset: number
  readonly path: Path
  readonly message: string
}

/** A YAML document as plain data, with the place of each part. */
export interface PlainValue {
  /** Null, booleans, numbers, strings, arrays, and objects without a prototype. */
  readonly value: unknown
  readonly faults: readonly TextFault[]
  /** False inside what could not be read: the faults say why, and `value` holds nothing true there. */
  isRead(path: Path): boolean
  /** Offset of the deepest part of `path` that the text holds. */
  offsetOf(path: Path, part: Fault['part']): number
}

interface Reading {
  readonly faults: TextFault[]
  readonly places: Map<string, { readonly key: number; readonly value: number }>
  readonly unread: Set<string>
}

/**
 * Refuses anchors, aliases, keys that are no text and characters that are not seen: what they can do (amplify, loop, hide) is
 * worth nothing in a policy. Recursive: the caller bounds the depth.
 */
export function plainValue(contents: ParsedNode): PlainValue {
  const reading: Reading = { faults: [], places: new Map(), unread: new Set() }
  const value = readNode(contents, [], contents.range[0], reading)
  return {
    value,
    faults: reading.faults,
    isRead: (path) => !ancestry(path).some((part) => reading.unread.has(placeKey(part))),
    offsetOf(path, part) {
      for (const known of ancestry(path)) {
        const place = reading.places.get(placeKey(known))
        if (place !== undefined) return known.length === path.length && part === 'key' ? place.key : place.value
      }
      return 0
    },
  }
}

/** The path itself, then what it stands in, up to the root. */
function ancestry(path: Path): readonly Path[] {
  return Array.from({ length: path.length + 1 }, (_, above) => path.slice(0, path.length - above))
}

function placeKey(path: Path): string {
  return path.map((step) => `\u0000${String(step)}`).join('')
}

function readNode(node: ParsedNode | null, path: Path, keyOffset: number, reading: Reading): unknown {
  // An empty value stands on no character of its own.
  const empty = node === null || (isScalar(node) && node.value === null)
  reading.places.set(placeKey(path), { key: keyOffset, value: empty ? keyOffset : node.range[0] })
  if (node === null) return null
  if (isAlias(node) || node.anchor !== undefined) {
    const message = 'anchors and aliases (`&name`, `*name`) are not supported in a policy; write the value out'
    reading.faults.push({ offset: node.range[0], path, message })
    reading.unread.add(placeKey(path))
    return null
  }
  if (isSeq(node)) return node.items.map((item, index) => readNode(item, [...path, index], item.range[0], reading))
  if (isMap(node)) return readMap(node, path, reading)
  if (typeof node.value === 'string') refuseInvisible(node.value, node.range[0], path, reading)
  return node.value
}

function readMap(node: YAMLMap.Parsed, path: Path, reading: Reading): unknown {
  const map: Record<string, unknown> = Object.create(null)
  for (const { key, value } of node.items) {
    const name = readKey(key, path, reading)
    if (name === null) continue
    if (Object.hasOwn(map, name)) {
      const message = `the key ${quote(name)} stands here twice; keep one`
      reading.faults.push({ offset: key.range[0], path: [...path, name], message })
      continue
    }
    map[name] = readNode(value, [...path, name], key.range[0], reading)
  }
  return map
}

/** Null when the key is not plain text. */
function readKey(key: ParsedNode, path: Path, reading: Reading): string | null {
  if (!isScalar(key) || key.value === null || key.anchor !== undefined) {
    reading.faults.push({ offset: key.range[0], path, message: 'a key must be plain text' })
    return null
  }
  const name = String(key.value)
  refuseInvisible(name, key.range[0], [...path, name], reading)
  return name
}

function refuseInvisible(text: string, offset: number, path: Path, reading: Reading): void {
  const found = INVISIBLE.exec(text)
  if (found === null) return
  const message = `${quote(text)} holds the invisible character ${codePoint(found[0])}; remove it`
  reading.faults.push({ offset, path, message })
  reading.unread.add(placeKey(path))
}
