import { type ContractChange, type NarrowingKind, removedFrom } from './contract-change.ts'

/** Definitions of a GraphQL schema (SDL), by name. Source: the GraphQL specification, section 3. */
interface Member {
  readonly type: string
  readonly line: number
  readonly deprecated: boolean
  readonly hasDefault: boolean
  readonly args: ReadonlyMap<string, Member>
}

interface Definition {
  readonly kind: string
  readonly line: number
  readonly members: Map<string, Member>
}

type Schema = ReadonlyMap<string, Definition>

/** What a schema takes away from its clients. Text that is no schema (a query document) gives nothing. */
export function compareGraphql(base: string, head: string): readonly ContractChange[] {
  const before = readSchema(base)
  const after = readSchema(head)
  if (after.size === 0 && head.trim() !== '') return []
  const referred = namesIn(before, (name, one) => (after.has(name) ? [...memberTypes(one), ...argumentTypes(one)] : []))
  const given = namesIn(before, (_, one) => [...(one.kind === 'input' ? memberTypes(one) : []), ...argumentTypes(one)])
  return [...before].flatMap(([name, definition]) => {
    const now = after.get(name)
    if (now === undefined) {
      // Whoever could ask for it asked by a field that is gone too, and that field is reported.
      if (referred.has(name)) return []
      return [removedFrom('graphql', `${definition.kind} ${name}`, definition.line, false)]
    }
    // A client tolerates that an answer never holds a value any more; it breaks where it gives the value itself.
    if (definition.kind === 'enum' && !given.has(name)) return []
    return compareMembers(name, definition, now)
  })
}

/** Names that definitions give or take, as the filter picks them. */
function namesIn(
  schema: Schema,
  pick: (name: string, definition: Definition) => readonly string[],
): ReadonlySet<string> {
  return new Set([...schema].flatMap(([name, definition]) => pick(name, definition)))
}

function bareType(member: Member): string {
  return member.type.replaceAll(/[[\]!]/g, '')
}

function argumentTypes({ members }: Definition): readonly string[] {
  return [...members.values()].flatMap((member) => [...member.args.values()].map(bareType))
}

function memberTypes({ kind, members }: Definition): readonly string[] {
  return kind === 'union' ? [...members.keys()] : [...members.values()].map(bareType)
}

function compareMembers(name: string, before: Definition, after: Definition): readonly ContractChange[] {
  const changes: ContractChange[] = []
  const isInput = after.kind === 'input'
  for (const [key, member] of before.members) {
    const now = after.members.get(key)
    const subject = `${name}.${key}`
    if (now === undefined) {
      const gone = removedFrom('graphql', subject, member.line, member.deprecated)
      changes.push(before.kind === 'enum' || before.kind === 'union' ? { ...gone, kind: 'value-removed' } : gone)
      continue
    }
    changes.push(...compareType(subject, member, now, isInput), ...compareArguments(subject, member, now))
  }
  if (!isInput) return changes
  for (const [key, member] of after.members) {
    if (!before.members.has(key) && isRequired(member))
      changes.push(narrowed('made-required', `${name}.${key}`, member.line))
  }
  return changes
}

function compareArguments(subject: string, before: Member, after: Member): readonly ContractChange[] {
  const changes: ContractChange[] = []
  for (const [key, argument] of before.args) {
    const now = after.args.get(key)
    if (now === undefined)
      changes.push(removedFrom('graphql', `${subject}(${key}:)`, argument.line, argument.deprecated))
    else changes.push(...compareType(`${subject}(${key}:)`, argument, now, true))
  }
  for (const [key, argument] of after.args) {
    if (!before.args.has(key) && isRequired(argument))
      changes.push(narrowed('made-required', `${subject}(${key}:)`, argument.line))
  }
  return changes
}

function compareType(subject: string, before: Member, after: Member, isInput: boolean): readonly ContractChange[] {
  if (before.type === after.type) return []
  const bare = (type: string) => type.replaceAll('!', '')
  if (bare(before.type) !== bare(after.type)) return [narrowed('type-changed', subject, after.line)]
  const required = after.type.split('!').length > before.type.split('!').length
  if (isInput) return required && !after.hasDefault ? [narrowed('made-required', subject, after.line)] : []
  return required ? [] : [narrowed('made-nullable', subject, after.line)]
}

function isRequired(member: Member): boolean {
  return member.type.endsWith('!') && !member.hasDefault
}

function narrowed(kind: NarrowingKind, subject: string, line: number): ContractChange {
  return { format: 'graphql', kind, subject, side: 'head', line, announced: false, corrupts: false }
}

interface Token {
  readonly text: string
  readonly line: number
}

const TOKEN = /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|[A-Za-z_]\w*|[{}()[\]:!=|&@]|[^\s]/g

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  // The end mark keeps an open description from being looked for again and again.
  for (const match of `${text}\n"""`.matchAll(TOKEN)) {
    for (; at < match.index; at++) if (text.charCodeAt(at) === 10) line++
    const [token] = match
    if (!token.startsWith('#') && !token.startsWith('"')) tokens.push({ text: token, line })
  }
  return tokens
}

const KINDS = new Set(['type', 'interface', 'input', 'enum', 'union', 'scalar'])

/** Reads definitions and extensions. Descriptions, comments and directives are passed over. */
function readSchema(text: string): Schema {
  const tokens = tokensOf(text)
  const schema = new Map<string, Definition>()
  let i = 0
  while (i < tokens.length) {
    const kind = tokens[i]?.text ?? ''
    const name = tokens[i + 1]
    if (!KINDS.has(kind) || name === undefined) {
      i = kind === '{' ? skip(tokens, i) : i + 1
      continue
    }
    const definition = schema.get(name.text) ?? { kind, line: name.line, members: new Map<string, Member>() }
    schema.set(name.text, definition)
    i += 2
    while (i < tokens.length && tokens[i]?.text !== '{' && tokens[i]?.text !== '=' && !startsDefinition(tokens, i)) i++
    if (tokens[i]?.text === '=' && kind === 'union') i = readUnion(tokens, i + 1, definition.members)
    else if (tokens[i]?.text === '{') i = readMembers(tokens, i, definition.members)
  }
  return schema
}

function startsDefinition(tokens: readonly Token[], i: number): boolean {
  const text = tokens[i]?.text ?? ''
  return KINDS.has(text) || text === 'extend' || text === 'directive' || text === 'schema'
}

function skip(tokens: readonly Token[], from: number): number {
  let depth = 0
  let i = from
  for (; i < tokens.length; i++) {
    const text = tokens[i]?.text
    if (text === '{' || text === '(' || text === '[') depth++
    if ((text === '}' || text === ')' || text === ']') && --depth <= 0) return i + 1
  }
  return i
}

function readUnion(tokens: readonly Token[], from: number, members: Map<string, Member>): number {
  let i = from
  for (; i < tokens.length && !startsDefinition(tokens, i); i++) {
    const token = tokens[i]
    if (token && /^\w/.test(token.text))
      members.set(token.text, { type: '', line: token.line, deprecated: false, hasDefault: false, args: new Map() })
  }
  return i
}

/** Members between `{ }` or arguments between `( )`. */
function readMembers(tokens: readonly Token[], from: number, members: Map<string, Member>): number {
  const close = tokens[from]?.text === '(' ? ')' : '}'
  let i = from + 1
  while (i < tokens.length && tokens[i]?.text !== close) {
    const name = tokens[i]
    if (name === undefined || !/^\w/.test(name.text)) {
      i++
      continue
    }
    const args = new Map<string, Member>()
    i++
    if (tokens[i]?.text === '(') i = readMembers(tokens, i, args)
    const type: string[] = []
    if (tokens[i]?.text === ':') i++
    else {
      i = readTail(tokens, i, close, members, name, type, args)
      continue
    }
    while (i < tokens.length && /^[[\]!]$/.test(tokens[i]?.text ?? '')) type.push(tokens[i++]?.text ?? '')
    type.push(tokens[i++]?.text ?? '')
    while (i < tokens.length && /^[\]!]$/.test(tokens[i]?.text ?? '')) type.push(tokens[i++]?.text ?? '')
    i = readTail(tokens, i, close, members, name, type, args)
  }
  return i + 1
}

/** A default and directives behind a member. */
function readTail(
  tokens: readonly Token[],
  from: number,
  close: string,
  members: Map<string, Member>,
  name: Token,
  type: readonly string[],
  args: ReadonlyMap<string, Member>,
): number {
  let i = from
  let deprecated = false
  let hasDefault = false
  while (i < tokens.length && tokens[i]?.text !== close && /^[@=]$/.test(tokens[i]?.text ?? '')) {
    if (tokens[i]?.text === '=') {
      hasDefault = true
      i = /^[[{]$/.test(tokens[i + 1]?.text ?? '') ? skip(tokens, i + 1) : i + 2
    } else {
      deprecated ||= tokens[i + 1]?.text === 'deprecated'
      i = tokens[i + 2]?.text === '(' ? skip(tokens, i + 2) : i + 2
    }
  }
  members.set(name.text, { type: type.join(''), line: name.line, deprecated, hasDefault, args })
  return i
}
