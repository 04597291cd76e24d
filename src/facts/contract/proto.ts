import { type ContractChange, removedFrom } from './contract-change.ts'

interface Field {
  readonly name: string
  readonly number: number
  readonly type: string
  readonly label: string
  readonly line: number
  readonly deprecated: boolean
}

interface Message {
  readonly line: number
  readonly isEnum: boolean
  readonly fields: Map<number, Field>
  /** Reserved numbers as ranges, ends included. */
  readonly reserved: [number, number][]
}

interface ProtoFile {
  readonly messages: Map<string, Message>
  readonly methods: Map<string, { readonly line: number; readonly signature: string }>
  readonly pack: string
}

/** Types that share a wire form. Source: "Updating a message type", protobuf.dev. */
const WIRE: Readonly<Record<string, string>> = {
  int32: 'varint',
  int64: 'varint',
  uint32: 'varint',
  uint64: 'varint',
  bool: 'varint',
  sint32: 'zigzag',
  sint64: 'zigzag',
  fixed32: 'i32',
  sfixed32: 'i32',
  fixed64: 'i64',
  sfixed64: 'i64',
  string: 'bytes',
  bytes: 'bytes',
}

/** What a .proto takes away: names from JSON clients, numbers from everyone. */
export function compareProto(base: string, head: string): readonly ContractChange[] {
  const before = readProto(base)
  const after = readProto(head)
  const changes: ContractChange[] = []
  for (const [name, message] of before.messages) {
    const now = after.messages.get(name)
    if (now === undefined) changes.push(removedFrom('proto', name, message.line, false))
    else changes.push(...compareFields(name, message, now))
  }
  for (const [name, method] of before.methods) {
    const now = after.methods.get(name)
    if (now === undefined) changes.push(removedFrom('proto', `rpc ${name}`, method.line, false))
    else if (now.signature !== method.signature) {
      changes.push({
        format: 'proto',
        kind: 'type-changed',
        subject: `rpc ${name}`,
        side: 'head',
        line: now.line,
        announced: false,
        corrupts: false,
      })
    }
  }
  return isUnstable(after.pack) ? changes.map((change) => ({ ...change, announced: true })) : changes
}

/** `v1alpha1` and `v1beta2` promise nothing yet. */
function isUnstable(pack: string): boolean {
  return /\bv\d+(?:alpha|beta)\d*\b|\binternal\b/.test(pack)
}

function compareFields(name: string, before: Message, after: Message): readonly ContractChange[] {
  const changes: ContractChange[] = []
  for (const field of before.fields.values()) {
    const subject = `${name}.${field.name}`
    const now = after.fields.get(field.number)
    const moved = [...after.fields.values()].find((one) => one.name === field.name)
    if (now === undefined && moved === undefined) {
      const reserved = after.reserved.some(([from, to]) => field.number >= from && field.number <= to)
      const gone = removedFrom('proto', subject, field.line, field.deprecated || reserved)
      changes.push(before.isEnum ? { ...gone, kind: 'value-removed' } : gone)
    } else if (moved !== undefined && moved.number !== field.number) {
      changes.push(narrowed('renumbered', subject, moved.line, true))
    } else if (now !== undefined && now.name !== field.name) {
      changes.push(
        sameWire(field, now)
          ? { ...narrowed('renamed', subject, now.line, false), announced: true }
          : narrowed('type-changed', subject, now.line, true),
      )
    } else if (now !== undefined && (now.type !== field.type || isRepeated(now) !== isRepeated(field))) {
      changes.push(narrowed('type-changed', subject, now.line, !sameWire(field, now)))
    } else if (now !== undefined && now.label === 'required' && field.label !== 'required') {
      changes.push(narrowed('made-required', subject, now.line, false))
    }
  }
  return changes
}

function narrowed(
  kind: 'renumbered' | 'renamed' | 'type-changed' | 'made-required',
  subject: string,
  line: number,
  corrupts: boolean,
): ContractChange {
  return { format: 'proto', kind, subject, side: 'head', line, announced: false, corrupts }
}

function isRepeated(field: Field): boolean {
  return field.label === 'repeated' || field.type.startsWith('map')
}

function sameWire(one: Field, other: Field): boolean {
  if (isRepeated(one) !== isRepeated(other)) return false
  const wire = WIRE[one.type]
  return one.type === other.type || (wire !== undefined && wire === WIRE[other.type])
}

const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w.]+|[^\s]/g

interface Token {
  readonly text: string
  readonly line: number
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  // The end mark keeps an open comment from being looked for again and again.
  for (const match of `${text}\n*/`.matchAll(TOKEN)) {
    for (; at < match.index; at++) if (text.charCodeAt(at) === 10) line++
    if (!match[0].startsWith('//') && !match[0].startsWith('/*')) tokens.push({ text: match[0], line })
  }
  return tokens
}

/** Reads messages, enums and services by their statements; nested names are joined by dots. */
function readProto(text: string): ProtoFile {
  const file: ProtoFile = {
    messages: new Map(),
    methods: new Map(),
    pack: /^\s*package\s+([\w.]+)/m.exec(text)?.[1] ?? '',
  }
  const scopes: { readonly kind: string; readonly name: string }[] = []
  let statement: Token[] = []
  for (const token of tokensOf(text)) {
    if (token.text === '{') {
      open(file, scopes, statement)
      statement = []
    } else if (token.text === '}') {
      scopes.pop()
      statement = []
    } else if (token.text === ';') {
      close(file, scopes, statement)
      statement = []
    } else statement.push(token)
  }
  return file
}

function open(
  file: ProtoFile,
  scopes: { readonly kind: string; readonly name: string }[],
  statement: readonly Token[],
): void {
  const kind = statement[0]?.text ?? ''
  const name = statement[1]?.text ?? ''
  if (kind === 'rpc') method(file, scopes, statement)
  if (kind !== 'message' && kind !== 'enum' && kind !== 'service') {
    scopes.push({ kind: kind === 'oneof' ? 'oneof' : 'other', name: '' })
    return
  }
  scopes.push({ kind, name })
  if (kind !== 'service')
    file.messages.set(pathOf(scopes), {
      line: statement[1]?.line ?? 1,
      isEnum: kind === 'enum',
      fields: new Map(),
      reserved: [],
    })
}

function pathOf(scopes: readonly { readonly name: string }[]): string {
  return scopes.flatMap((scope) => (scope.name === '' ? [] : [scope.name])).join('.')
}

function method(file: ProtoFile, scopes: readonly { readonly name: string }[], statement: readonly Token[]): void {
  const words = statement.map((token) => token.text)
  file.methods.set(`${pathOf(scopes)}.${words[1] ?? ''}`, {
    line: statement[1]?.line ?? 1,
    signature: words.slice(2).join(' '),
  })
}

function close(
  file: ProtoFile,
  scopes: readonly { readonly kind: string; readonly name: string }[],
  statement: readonly Token[],
): void {
  const kind = scopes.at(-1)?.kind
  const words = statement.map((token) => token.text)
  if (words[0] === 'rpc') {
    method(file, scopes, statement)
    return
  }
  const message = file.messages.get(pathOf(scopes))
  if (message === undefined || (kind !== 'message' && kind !== 'enum' && kind !== 'oneof') || words[0] === 'option')
    return
  if (words[0] === 'reserved') {
    reserve(message, words.slice(1))
    return
  }
  const equals = words.indexOf('=')
  const number = Number(words[equals + 1] === '-' ? `-${words[equals + 2]}` : words[equals + 1])
  const name = words[equals - 1]
  if (equals < 1 || name === undefined || !Number.isInteger(number)) return
  const before = words.slice(0, equals - 1)
  const label = /^(?:repeated|required|optional)$/.test(before[0] ?? '') ? (before[0] ?? '') : ''
  const type = before.slice(label === '' ? 0 : 1).join('')
  const deprecated = /deprecated = true/.test(words.slice(equals).join(' '))
  message.fields.set(number, { name, number, type, label, line: statement[0]?.line ?? 1, deprecated })
}

function reserve(message: Message, words: readonly string[]): void {
  for (const range of words.join(' ').split(',')) {
    const match = /^\s*(\d+)(?: to (\d+|max))?\s*$/.exec(range)
    if (match === null) continue
    const from = Number(match[1])
    message.reserved.push([from, match[2] === 'max' ? Number.POSITIVE_INFINITY : Number(match[2] ?? from)])
  }
}
