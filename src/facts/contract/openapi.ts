import { type ContractChange, type NarrowingKind, removedFrom } from './contract-change.ts'
import { createLineFinder, entriesOf, field, itemsOf, type LineFinder, readDocument, textOf } from './document.ts'

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options'])

interface Operation {
  readonly name: string
  readonly path: string
  readonly method: string
  readonly node: unknown
  readonly announced: boolean
}

/** Whether a text is an OpenAPI or Swagger document. */
export function isOpenapi(text: string): boolean {
  return /^\s*[{]?\s*["']?(?:openapi|swagger)["']?\s*:/m.test(text.slice(0, 20_000))
}

/** What an OpenAPI document takes away. Bounds, patterns and texts are not compared: generators move them. */
export function compareOpenapi(path: string, baseText: string, headText: string): readonly ContractChange[] {
  const before = readDocument(path, baseText)
  const after = readDocument(path, headText)
  if (before === null || after === null) return []
  const [base, head] = [createLineFinder(baseText), createLineFinder(headText)]
  const now = new Map(operationsOf(after).map((operation) => [operation.name, operation]))
  const changes: ContractChange[] = []
  for (const operation of operationsOf(before)) {
    const still = now.get(operation.name)
    if (still === undefined) {
      changes.push(
        removedFrom('openapi', operation.name, base(['paths', operation.path, operation.method]), operation.announced),
      )
    } else changes.push(...compareParameters(operation, still, head))
  }
  return [...changes, ...compareSchemas(before, after, base, head)]
}

function operationsOf(document: unknown): readonly Operation[] {
  return entriesOf(field(document, 'paths')).flatMap(([path, item]) =>
    entriesOf(item).flatMap(([method, node]): Operation[] => {
      if (!METHODS.has(method)) return []
      const stability = textOf(field(node, 'x-stability-level')) ?? textOf(field(node, 'x-stability')) ?? ''
      const announced =
        field(node, 'deprecated') === true ||
        field(node, 'x-internal') === true ||
        /alpha|beta|experimental/.test(stability) ||
        /\binternal\b|\b(?:unstable|preview|experimental)\b/.test(path)
      return [{ name: `${method.toUpperCase()} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`, path, method, node, announced }]
    }),
  )
}

function compareParameters(before: Operation, after: Operation, head: LineFinder): readonly ContractChange[] {
  const wasRequired = new Set(
    itemsOf(field(before.node, 'parameters')).flatMap((parameter) =>
      field(parameter, 'required') === true ? [nameOf(parameter)] : [],
    ),
  )
  const changes = itemsOf(field(after.node, 'parameters')).flatMap((parameter): ContractChange[] => {
    const name = nameOf(parameter)
    const place = textOf(field(parameter, 'in'))
    if (field(parameter, 'required') !== true || place === 'path' || place === 'body' || wasRequired.has(name))
      return []
    return [
      narrowed(
        'made-required',
        `${before.name} (${name})`,
        head(['paths', after.path, after.method, textOf(field(parameter, 'name')) ?? 'parameters']),
      ),
    ]
  })
  const needsBody =
    field(after.node, 'requestBody', 'required') === true && field(before.node, 'requestBody', 'required') !== true
  if (!needsBody || field(before.node, 'requestBody') === undefined) return changes
  return [
    ...changes,
    narrowed('made-required', `${before.name} (body)`, head(['paths', after.path, after.method, 'requestBody'])),
  ]
}

function nameOf(parameter: unknown): string {
  return `${textOf(field(parameter, 'in')) ?? ''} ${textOf(field(parameter, 'name')) ?? ''}`.trim()
}

function schemasOf(document: unknown): readonly (readonly [string, unknown])[] {
  return entriesOf(field(document, 'components', 'schemas') ?? field(document, 'definitions'))
}

function compareSchemas(
  before: unknown,
  after: unknown,
  base: LineFinder,
  head: LineFinder,
): readonly ContractChange[] {
  const was = new Map(schemasOf(before))
  const now = new Map(schemasOf(after))
  const answered = reachable(after, 'responses')
  const asked = reachable(after, 'requestBody')
  const sides: Sides = { was, now, base, head, follow: true }
  return [...was].flatMap(([name, schema]) => {
    const still = now.get(name)
    if (still === undefined || (!answered.has(name) && !asked.has(name))) return []
    return [
      ...compareProperties(name, schema, still, sides, answered.has(name)),
      ...(asked.has(name)
        ? [...newlyRequired(name, schema, still, head), ...fewerValues(name, [name], schema, still, base)]
        : []),
    ]
  })
}

interface Sides {
  readonly was: ReadonlyMap<string, unknown>
  readonly now: ReadonlyMap<string, unknown>
  readonly base: LineFinder
  readonly head: LineFinder
  /** Whether a property is followed to another schema: one step, since schemas may lead to themselves. */
  readonly follow: boolean
}

function compareProperties(
  name: string,
  before: unknown,
  after: unknown,
  sides: Sides,
  answered: boolean,
): readonly ContractChange[] {
  const now = new Map(entriesOf(field(after, 'properties')))
  if (now.size === 0) return []
  return entriesOf(field(before, 'properties')).flatMap(([key, was]): readonly ContractChange[] => {
    const subject = `${name}.${key}`
    const is = now.get(key)
    const announced = field(was, 'deprecated') === true || isUnstable(name)
    if (is === undefined)
      return answered ? [removedFrom('openapi', subject, sides.base([name, 'properties', key]), announced)] : []
    const other = otherSchema(was, is, sides)
    if (other !== null) return compareProperties(other.name, other.was, other.is, { ...sides, follow: false }, answered)
    const [from, to] = [textOf(field(was, 'type')), textOf(field(is, 'type'))]
    const values = answered ? [] : fewerValues(subject, [name, 'properties', key], was, is, sides.base)
    if (from === null || to === null || from === to || (from === 'integer' && to === 'number')) return values
    return [narrowed('type-changed', subject, sides.head([name, 'properties', key]))]
  })
}

/** Two schemas, where a property leads to another one now and the one before is gone: only what they hold matters to clients. */
function otherSchema(
  was: unknown,
  is: unknown,
  sides: Sides,
): { readonly name: string; readonly was: unknown; readonly is: unknown } | null {
  const [from, to] = [was, is].map(
    (node) => referenceOf(field(node, '$ref')) ?? referenceOf(field(node, 'items', '$ref')),
  )
  if (!sides.follow || !from || !to || from === to || sides.now.has(from) || sides.was.has(to)) return null
  return { name: from, was: sides.was.get(from), is: sides.now.get(to) }
}

/** Values that a client may give no more. */
function fewerValues(
  subject: string,
  keys: readonly string[],
  before: unknown,
  after: unknown,
  base: LineFinder,
): readonly ContractChange[] {
  const now = new Set(itemsOf(field(after, 'enum')))
  if (now.size === 0) return []
  return itemsOf(field(before, 'enum')).flatMap((value): readonly ContractChange[] => {
    if (now.has(value) || typeof value !== 'string') return []
    const gone = removedFrom('openapi', `${subject} ${value}`, base(keys), false)
    return [{ ...gone, kind: 'value-removed' }]
  })
}

/** A schema that says in its name that nobody may rely on it. */
function isUnstable(name: string): boolean {
  return /^(?:unstable|experimental|preview)/i.test(name)
}

function newlyRequired(name: string, before: unknown, after: unknown, head: LineFinder): readonly ContractChange[] {
  const was = new Set(itemsOf(field(before, 'required')))
  const known = new Set(entriesOf(field(before, 'properties')).map(([key]) => key))
  return itemsOf(field(after, 'required')).flatMap((key): ContractChange[] => {
    const text = textOf(key)
    if (text === null || was.has(key) || known.size === 0) return []
    if (
      field(after, 'properties', text, 'default') !== undefined ||
      field(after, 'properties', text, 'readOnly') === true
    )
      return []
    return [narrowed('made-required', `${name}.${text}`, head([name, 'properties', text]))]
  })
}

/** Names of schemas that the operations' parts of this name lead to. */
function reachable(document: unknown, part: 'responses' | 'requestBody'): ReadonlySet<string> {
  const schemas = new Map(schemasOf(document))
  const found = new Set<string>()
  const queue: unknown[] = operationsOf(document).flatMap(({ node }) => [
    field(node, part),
    ...(part === 'requestBody' ? [field(node, 'parameters')] : []),
  ])
  for (let at = queue.pop(); at !== undefined || queue.length > 0; at = queue.pop()) {
    for (const name of referencesIn(at)) {
      if (found.has(name)) continue
      found.add(name)
      queue.push(schemas.get(name))
    }
  }
  return found
}

function referencesIn(node: unknown): readonly string[] {
  const names: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    for (const [key, item] of entriesOf(value)) {
      const name = key === '$ref' ? referenceOf(item) : null
      if (name !== null) names.push(name)
      else visit(item)
    }
  }
  visit(node)
  return names
}

function referenceOf(value: unknown): string | null {
  return /\/([^/]+)$/.exec(textOf(value) ?? '')?.[1] ?? null
}

function narrowed(kind: NarrowingKind, subject: string, line: number): ContractChange {
  return { format: 'openapi', kind, subject, side: 'head', line, announced: false, corrupts: false }
}
