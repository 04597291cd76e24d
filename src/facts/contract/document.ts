import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { tooDeep } from '../nesting.ts'

/** JSON or YAML as plain values. Null when it cannot be read, or is too deep to be read safely. */
export function readDocument(path: string, text: string): unknown {
  return readDocuments(path, text)[0] ?? null
}

export function readDocuments(path: string, text: string): readonly unknown[] {
  if (tooDeep(text)) return []
  if (/\.(?:json|avsc|avpr)$/.test(path)) return readJson(text)
  if (text.length > 700_000) return []
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false })
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document) => (document.errors.length > 0 ? [] : [plain(document.contents)]))
}

function readJson(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return [value]
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Aliases are left out: a bomb of them has no end. Keys that are no scalars are left out too. */
function plain(node: unknown): unknown {
  if (isScalar(node)) return node.value
  if (isAlias(node)) return null
  if (isSeq(node)) return node.items.map(plain)
  if (!isMap(node)) return null
  const entries = node.items.flatMap(({ key, value }) =>
    isScalar(key) ? [[String(key.value), plain(value)] as const] : [],
  )
  return Object.fromEntries(entries)
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value)
}

export function field(value: unknown, ...keys: readonly string[]): unknown {
  let at = value
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, key)) return undefined
    at = Object.entries(at).find(([name]) => name === key)?.[1]
  }
  return at
}

export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** 1-based line where these keys stand one after the other. The nearest that is found; 1 when none is. */
export type LineFinder = (keys: readonly string[]) => number

/** More places than this in one document are not looked for: they stand at its first line. */
const MAX_PLACES = 400

export function createLineFinder(text: string): LineFinder {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  let places = 0
  return (keys) => {
    if (++places > MAX_PLACES) return 1
    let at = 0
    for (const key of keys) {
      const found = nextKey(text, key, at)
      if (found >= 0) at = found
    }
    return starts.findLastIndex((start) => start <= at) + 1
  }
}

function nextKey(text: string, key: string, from: number): number {
  const json = text.indexOf(`${JSON.stringify(key)}:`, from)
  const value = text.indexOf(JSON.stringify(key), from)
  const yaml = text.indexOf(`${key}:`, from)
  const item = text.indexOf(`: ${key}\n`, from)
  const found = [json, yaml, value, item].filter((at) => at >= 0)
  return found.length === 0 ? -1 : Math.min(...found) + 1
}
