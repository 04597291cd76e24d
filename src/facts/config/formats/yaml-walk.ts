import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import { type ConfigEntry, configEntry, type EntryParts, MAX_ENTRIES } from '../config-entry.ts'
import { isSecretKey } from '../secrets.ts'
import { tierOfName } from '../tiers.ts'

const MAX_STEPS = 3 * MAX_ENTRIES
const MAX_DEPTH = 100
const VARIABLE = /^[A-Z_][A-Z0-9_]*$/
const HOLDS_VARIABLES = /env|variables|^data$|^stringData$|secrets|^args$/i

/** Settings of a file that stands in another as a text under `path`; null when the path names no file that can be read. */
export type Embed = (path: readonly string[], text: string) => readonly ConfigEntry[] | null

/** Walks the nodes of one document. Aliases are followed within a budget of steps, so that a bomb ends early. */
export class YamlWalk {
  readonly entries: ConfigEntry[] = []
  readonly #anchors = new Map<string, Node>()
  readonly #lineOf: (offset: number) => number
  #steps = 0
  #secret = false
  #sealed = false

  readonly #embed: Embed

  constructor(lineOf: (offset: number) => number, embed: Embed) {
    this.#lineOf = lineOf
    this.#embed = embed
  }

  /** Text of a scalar right under a map; for names and kinds, which are no values. */
  text(map: YAMLMap, key: string): string | null {
    for (const pair of map.items) {
      if (isScalar(pair.key) && pair.key.value === key && isScalar(pair.value) && typeof pair.value.value === 'string')
        return pair.value.value
    }
    return null
  }

  /** A Kubernetes object: its entries go by kind and name, whatever file or place in the file they stand in. */
  object(root: YAMLMap, kind: string): void {
    this.#secret = kind === 'Secret'
    this.#sealed = kind === 'SealedSecret'
    const metadata = root.items.find((pair) => isScalar(pair.key) && pair.key.value === 'metadata')?.value
    const name = isMap(metadata) ? this.text(metadata, 'name') : null
    this.node(root, [kind, ...(name === null ? [] : [withoutTier(name)])], 1)
  }

  node(node: unknown, path: readonly string[], line: number): void {
    if (++this.#steps > MAX_STEPS || path.length > MAX_DEPTH) return
    if (isAlias(node)) {
      this.node(this.#anchors.get(node.source), path, line)
      return
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
      this.#anchors.set(node.anchor, node)
    if (isMap(node)) this.#map(node, path, line)
    else if (isSeq(node)) this.#list(node, path, line)
    else if (isScalar(node)) this.#scalar(node, path, line)
    else if (path.length > 0) this.#push({ path, line, raw: '' })
  }

  #map(map: YAMLMap, path: readonly string[], line: number): void {
    if (map.items.length === 0 && path.length > 0)
      this.#push({ path, line, raw: '{}', shape: { kind: 'map', size: 0 } })
    for (const pair of map.items) {
      if (!isScalar(pair.key)) continue
      const key = String(pair.key.value)
      const at = this.#lineOf(pair.key.range?.[0] ?? 0)
      if (key === '<<') this.#merge(pair.value, path, at)
      else if (!(path.length === 0 && key === 'sops')) this.node(pair.value, [...path, key], at)
    }
  }

  #merge(value: unknown, path: readonly string[], line: number): void {
    for (const source of isSeq(value) ? value.items : [value]) this.node(source, path, line)
  }

  #list(list: YAMLSeq, path: readonly string[], line: number): void {
    const items = list.items
    if (items.some((item) => isMap(item) || isSeq(item))) {
      for (const [index, item] of items.entries()) this.#item(item, path, index)
      return
    }
    const pairs = items.map((item) => (isScalar(item) ? /^([A-Za-z_]\w*)=(.*)$/s.exec(String(item.value)) : null))
    if (items.length > 0 && pairs.every((pair) => pair !== null)) {
      for (const [index, pair] of pairs.entries()) {
        const item = items[index]
        const at = isScalar(item) ? this.#lineOf(item.range?.[0] ?? 0) : line
        this.#push({ path: [...path, pair[1] ?? ''], line: at, raw: pair[2] ?? '', quoted: true, variable: true })
      }
      return
    }
    const values = items.map((item) => (isScalar(item) ? String(item.value) : ''))
    this.#push({
      path,
      line,
      raw: JSON.stringify(values),
      shape: { kind: 'list', size: values.length, wildcard: values.includes('*') },
    })
  }

  #item(item: unknown, path: readonly string[], index: number): void {
    const line = this.#lineOf(isNode(item) ? (item.range?.[0] ?? 0) : 0)
    if (!isMap(item)) {
      this.node(item, [...path, `[${index}]`], line)
      return
    }
    const name = this.text(item, 'name') ?? this.text(item, 'key') ?? this.text(item, 'id')
    const value = item.items.find(
      (pair) => isScalar(pair.key) && (pair.key.value === 'value' || pair.key.value === 'valueFrom'),
    )
    if (name === null || value === undefined || item.items.length > 2)
      this.node(item, [...path, `[${name ?? index}]`], line)
    else if (isMap(value.value))
      this.#push({ path: [...path, name], line, raw: '', shape: { kind: 'reference' }, variable: true })
    else this.node(value.value, [...path, name], line)
  }

  #scalar(node: Scalar, path: readonly string[], line: number): void {
    if (path.length === 0) return
    if (node.type === 'BLOCK_LITERAL' && this.#file(node, path)) return
    const quoted = node.type !== undefined && node.type !== 'PLAIN'
    const raw = quoted || node.source === undefined ? String(node.value ?? '') : node.source
    const tagged = node.tag?.startsWith('!') === true && !node.tag.startsWith('!!')
    this.#push({ path, line, raw, quoted, ...(tagged ? { shape: { kind: 'reference' } } : {}) })
  }

  /** A whole configuration file as a text, as in a ConfigMap: its settings count, not the text. False when it is none. */
  #file(node: Scalar, path: readonly string[]): boolean {
    if (this.#secret || this.#sealed || isSecretKey(path) || typeof node.value !== 'string') return false
    const inner = this.#embed(path, node.value)
    if (inner === null || inner.length === 0) return false
    const first = this.#lineOf(node.range?.[0] ?? 0) + 1
    this.#steps += inner.length
    this.entries.push(
      ...inner.map((entry) => ({
        ...entry,
        path: [...path, ...entry.path],
        line: first + entry.line - 1,
      })),
    )
    return true
  }

  #push(parts: EntryParts): void {
    const [key, parent] = [parts.path.at(-1) ?? '', parts.path.at(-2) ?? '']
    const inData = /^(?:data|stringData|encryptedData)$/.test(parent)
    this.entries.push(
      configEntry({
        ...parts,
        variable: parts.variable === true || (VARIABLE.test(key) && HOLDS_VARIABLES.test(parent)),
        secret: this.#secret && inData,
        ...(this.#sealed && inData ? { shape: { kind: 'encrypted' } } : {}),
      }),
    )
  }
}

/** `web-prod` is `web` of production. */
export function withoutTier(name: string): string {
  const parts = name.split('-')
  const kept = parts.filter((part) => tierOfName(part) === null)
  return kept.length === 0 ? name : kept.join('-')
}
