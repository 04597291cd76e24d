import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml'
import { tooDeep } from '../../nesting.ts'
import type { Element } from './read-xml.ts'

const MAX_LENGTH = 700_000
/** Lists that XML leaves out: their items stand in the element itself. */
const FLAT = new Set(['changes', 'columns', 'databaseChangeLog'])
/** What XML writes as an element with text. */
const WITH_TEXT = new Set(['rollback', 'where', 'comment'])

/** A changelog in YAML or JSON, as the elements that XML would have. Empty when it cannot be read. */
export function readChangelogDocument(text: string): readonly Element[] {
  if (text.length > MAX_LENGTH || tooDeep(text)) return []
  const lines = new LineCounter()
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines })
  if (document.errors.length > 0 || !isMap(document.contents)) return []
  return document.contents.items.map((pair) => elementOf(pair, lines))
}

function elementOf(pair: Pair, lines: LineCounter): Element {
  const name = isScalar(pair.key) ? String(pair.key.value) : ''
  const at = isScalar(pair.key) ? pair.key.range?.[0] : undefined
  const attributes = new Map<string, string>()
  const children: Element[] = []
  let text = isScalar(pair.value) ? String(pair.value.value ?? '') : ''
  const append = (inner: unknown): void => {
    if (isSeq(inner)) for (const item of inner.items) append(item)
    if (isMap(inner)) for (const one of inner.items) children.push(elementOf(one, lines))
  }
  if (isSeq(pair.value)) append(pair.value)
  if (isMap(pair.value)) {
    for (const one of pair.value.items) {
      const key = isScalar(one.key) ? String(one.key.value) : ''
      if (isScalar(one.value) && key === name) text = String(one.value.value ?? '')
      else if (isScalar(one.value) && !WITH_TEXT.has(key)) attributes.set(key, String(one.value.value ?? ''))
      else if (FLAT.has(key)) append(one.value)
      else children.push(elementOf(one, lines))
    }
  }
  return { name, attributes, children, text, line: at === undefined ? 1 : lines.linePos(at).line }
}
