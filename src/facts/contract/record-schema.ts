import { type ContractChange, type ContractFormat, type NarrowingKind, removedFrom } from './contract-change.ts'
import {
  createLineFinder,
  entriesOf,
  field,
  itemsOf,
  type LineFinder,
  readDocument,
  readDocuments,
  textOf,
} from './document.ts'

/** Avro's promotions: a reader of the second reads the first. Source: Avro specification, "Schema Resolution". */
const PROMOTES: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
}

/** Avro records: what a reader of the other version cannot resolve. */
export function compareAvro(path: string, baseText: string, headText: string): readonly ContractChange[] {
  const before = readDocument(path, baseText)
  const after = readDocument(path, headText)
  if (field(before, 'type') !== 'record' || field(after, 'type') !== 'record') return []
  const name = textOf(field(after, 'name')) ?? 'record'
  const fieldsOf = (schema: unknown) =>
    new Map(
      itemsOf(field(schema, 'fields')).flatMap((one) =>
        textOf(field(one, 'name')) === null ? [] : [[textOf(field(one, 'name')) ?? '', one] as const],
      ),
    )
  const [base, head] = [createLineFinder(baseText), createLineFinder(headText)]
  const was = fieldsOf(before)
  const is = fieldsOf(after)
  const changes: ContractChange[] = []
  for (const [key, old] of was) {
    const now = is.get(key)
    const subject = `${name}.${key}`
    if (now === undefined) {
      if (field(old, 'default') === undefined) changes.push(removedFrom('avro', subject, base(['fields', key]), false))
      continue
    }
    const [from, to] = [JSON.stringify(field(old, 'type')), JSON.stringify(field(now, 'type'))]
    const plainFrom = textOf(field(old, 'type')) ?? ''
    const widens =
      PROMOTES[plainFrom]?.includes(textOf(field(now, 'type')) ?? '') === true ||
      addsToUnion(field(old, 'type'), field(now, 'type'))
    if (from !== to && !widens) changes.push(narrowed('avro', 'type-changed', subject, head(['fields', key])))
  }
  for (const [key, now] of is) {
    if (!was.has(key) && field(now, 'default') === undefined)
      changes.push(narrowed('avro', 'made-required', `${name}.${key}`, head(['fields', key])))
  }
  return changes
}

function addsToUnion(from: unknown, to: unknown): boolean {
  const members = itemsOf(to).map((item) => JSON.stringify(item))
  const old = Array.isArray(from) ? from : [from]
  return members.length > 0 && old.every((item) => members.includes(JSON.stringify(item)))
}

/** JSON Schema: what is refused now and was accepted before. Only the shape, no bounds. */
export function compareJsonSchema(path: string, base: string, head: string): readonly ContractChange[] {
  return compareShape('json-schema', '', readDocument(path, base), readDocument(path, head), findersOf(base, head), 0)
}

/** Custom resource definitions: stored objects are pruned of what the schema no longer knows. */
export function compareCrd(path: string, baseText: string, headText: string): readonly ContractChange[] {
  const versionsOf = (text: string) =>
    new Map(
      readDocuments(path, text).flatMap((document) => {
        if (field(document, 'kind') !== 'CustomResourceDefinition') return []
        const name = textOf(field(document, 'spec', 'names', 'kind')) ?? ''
        return itemsOf(field(document, 'spec', 'versions')).map(
          (version) => [`${name} ${textOf(field(version, 'name')) ?? ''}`, version] as const,
        )
      }),
    )
  const texts = findersOf(baseText, headText)
  const after = versionsOf(headText)
  return [...versionsOf(baseText)].flatMap(([name, version]) => {
    const now = after.get(name)
    if (now === undefined)
      return after.size === 0
        ? []
        : [
            removedFrom(
              'crd',
              name,
              texts.base(['versions', name.split(' ')[1] ?? '']),
              field(version, 'deprecated') === true,
            ),
          ]
    const schemaOf = (one: unknown) => field(one, 'schema', 'openAPIV3Schema')
    return compareShape('crd', name, schemaOf(version), schemaOf(now), texts, 0)
  })
}

interface Texts {
  readonly base: LineFinder
  readonly head: LineFinder
}

function findersOf(base: string, head: string): Texts {
  return { base: createLineFinder(base), head: createLineFinder(head) }
}

const MAX_DEPTH = 12

function compareShape(
  format: ContractFormat,
  name: string,
  before: unknown,
  after: unknown,
  texts: Texts,
  depth: number,
): readonly ContractChange[] {
  if (depth > MAX_DEPTH) return []
  const now = new Map(entriesOf(field(after, 'properties')))
  const closed = format === 'crd' || field(after, 'additionalProperties') === false
  const keys = (key: string) => [...name.split('.').filter((part) => part !== ''), key]
  const changes: ContractChange[] = []
  for (const [key, was] of entriesOf(field(before, 'properties'))) {
    const subject = name === '' ? key : `${name}.${key}`
    const is = now.get(key)
    if (is === undefined) {
      if (closed)
        changes.push(removedFrom(format, subject, texts.base(keys(key).slice(-3)), field(was, 'deprecated') === true))
      continue
    }
    const [from, to] = [textOf(field(was, 'type')), textOf(field(is, 'type'))]
    if (from !== null && to !== null && from !== to && !(from === 'integer' && to === 'number')) {
      changes.push(narrowed(format, 'type-changed', subject, texts.head(keys(key).slice(-3))))
    } else changes.push(...compareShape(format, subject, was, is, texts, depth + 1))
    changes.push(...compareShape(format, subject, field(was, 'items'), field(is, 'items'), texts, depth + 1))
  }
  const was = new Set(itemsOf(field(before, 'required')))
  if (before === undefined || before === null || entriesOf(field(before, 'properties')).length === 0) return changes
  for (const key of itemsOf(field(after, 'required'))) {
    const text = textOf(key)
    if (text !== null && !was.has(key))
      changes.push(
        narrowed(format, 'made-required', name === '' ? text : `${name}.${text}`, texts.head(keys(text).slice(-3))),
      )
  }
  return changes
}

function narrowed(format: ContractFormat, kind: NarrowingKind, subject: string, line: number): ContractChange {
  return { format, kind, subject, side: 'head', line, announced: false, corrupts: false }
}
