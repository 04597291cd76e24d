import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { lineIndex } from '../../line-index.ts'
import { tooDeep } from '../../nesting.ts'
import { type ConfigEntry, configEntry, MAX_ENTRIES, type ParsedConfig, parsed } from '../config-entry.ts'

/** JSON with comments and trailing commas allowed. */
export function parseJson(text: string): ParsedConfig {
  if (tooDeep(text)) return { status: 'skipped', reason: 'nested too deeply' }
  const lineOf = lineIndex(text)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const error = errors[0]
  if (error !== undefined) {
    return {
      status: 'broken',
      line: lineOf(error.offset),
      problem: `not valid JSON (${printParseErrorCode(error.error)})`,
    }
  }
  const entries: ConfigEntry[] = []
  if (root !== undefined) walk(root, [], lineOf, 1, entries)
  return parsed(entries)
}

function walk(
  node: Node,
  path: readonly string[],
  lineOf: (offset: number) => number,
  line: number,
  into: ConfigEntry[],
): void {
  if (into.length > MAX_ENTRIES) return
  if (node.type === 'object' && (node.children?.length ?? 0) > 0) {
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? []
      if (key !== undefined && value !== undefined)
        walk(value, [...path, String(key.value)], lineOf, lineOf(key.offset), into)
    }
  } else if (node.type === 'array') {
    walkArray(node, path, lineOf, line, into)
  } else if (node.type === 'object') {
    into.push(configEntry({ path, line, raw: '{}', shape: { kind: 'map', size: 0 } }))
  } else {
    into.push(
      configEntry({ path, line, raw: node.type === 'null' ? '' : String(node.value), quoted: node.type === 'string' }),
    )
  }
}

function walkArray(
  node: Node,
  path: readonly string[],
  lineOf: (offset: number) => number,
  line: number,
  into: ConfigEntry[],
): void {
  const items = node.children ?? []
  if (items.some((item) => item.type === 'object')) {
    for (const [index, item] of items.entries())
      walk(item, [...path, itemName(item, index)], lineOf, lineOf(item.offset), into)
    return
  }
  const raw = JSON.stringify(items.map((item): unknown => getNodeValue(item)))
  into.push(
    configEntry({
      path,
      line,
      raw,
      shape: { kind: 'list', size: items.length, wildcard: items.some((item) => item.value === '*') },
    }),
  )
}

function itemName(item: Node, index: number): string {
  for (const property of item.children ?? []) {
    const [key, value] = property.children ?? []
    if (/^(?:name|key|id)$/i.test(String(key?.value)) && typeof value?.value === 'string') return `[${value.value}]`
  }
  return `[${index}]`
}
