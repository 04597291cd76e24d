import type { SyntaxNode } from '../../code/syntax-tree.ts'
import type { Block, Call, Step, Value } from './program.ts'
import { literal, text, unquoted } from './read-text.ts'

const STRINGS = new Set([
  'string',
  'template_string',
  'encapsed_string',
  'string_literal',
  'verbatim_string_literal',
  'raw_string_literal',
  'interpreted_string_literal',
  'interpolated_string_expression',
  'heredoc',
  'nowdoc',
  'bare_string',
  'bare_symbol',
  'charlist',
])
const CALLS = new Set([
  'call',
  'call_expression',
  'invocation_expression',
  'member_call_expression',
  'nullsafe_member_call_expression',
  'scoped_call_expression',
  'function_call_expression',
  'new_expression',
  'object_creation_expression',
])
const NAMES = new Set([
  'identifier',
  'constant',
  'attribute',
  'member_expression',
  'member_access_expression',
  'scope_resolution',
  'variable_name',
  'name',
  'qualified_name',
  'class_constant_access_expression',
  'this',
  'this_expression',
  'self',
  'generic_name',
  'predefined_type',
  'subscript_expression',
  'selector_expression',
])
const WRAPPERS = new Set([
  'await_expression',
  'parenthesized_expression',
  'parenthesized_statements',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'argument',
  'await',
  'expression_statement',
  'array_element_initializer',
  'type_cast_expression',
  'cast_expression',
  'expression_list',
])
const FUNCTIONS = new Set([
  'arrow_function',
  'function_expression',
  'anonymous_function',
  'lambda',
  'lambda_expression',
  'function',
  'do_block',
  'block',
  'anonymous_method_expression',
  'func_literal',
])
const LISTS = new Set([
  'list',
  'tuple',
  'array',
  'string_array',
  'symbol_array',
  'initializer_expression',
  'collection_expression',
  'set',
])
const MAPS = new Set(['dictionary', 'object', 'hash', 'anonymous_object_creation_expression'])

/** Turns the expressions of one file into values. Knows the node names of the Python, JavaScript, TypeScript, Ruby, PHP, C# and Go grammars. */
export class ValueReader {
  readonly #heredocs: ReadonlyMap<SyntaxNode, SyntaxNode>

  constructor(root: SyntaxNode) {
    this.#heredocs = pairHeredocs(root)
  }

  value(node: SyntaxNode | null): Value {
    if (node === null) return { kind: 'other' }
    if (WRAPPERS.has(node.type)) return this.value(node.parts.at(-1) ?? null)
    if (STRINGS.has(node.type)) return text(node)
    if (node.type === 'concatenated_string' || node.type === 'chained_string') return this.#joined(node)
    if (node.type === 'binary_expression' || node.type === 'binary_operator' || node.type === 'binary')
      return this.#binary(node)
    if (node.type === 'heredoc_beginning') {
      const body = this.#heredocs.get(node)
      return body ? { ...text(body), line: body.startLine } : { kind: 'other' }
    }
    if (node.type === 'simple_symbol' || node.type === 'hash_key_symbol') {
      return { kind: 'text', text: node.text.replace(/^:/, ''), exact: true, line: node.startLine }
    }
    if (CALLS.has(node.type)) return this.call(node)
    if (NAMES.has(node.type)) return { kind: 'name', text: node.text.replaceAll(/\s+/g, '') }
    if (FUNCTIONS.has(node.type)) return this.block(node)
    if (LISTS.has(node.type)) return { kind: 'list', items: node.parts.map((part) => this.value(part)) }
    if (MAPS.has(node.type)) return { kind: 'map', entries: this.#entries(node) }
    if (node.type === 'array_creation_expression' || node.type === 'implicit_array_creation_expression')
      return this.#array(node)
    return literal(node)
  }

  call(node: SyntaxNode): Call {
    const called = node.in('function') ?? node.in('constructor')
    const name =
      node.in('method') ??
      node.in('name') ??
      node.in('type') ??
      memberOf(called) ??
      called ??
      node.first('name', 'qualified_name')
    const receiver = node.in('receiver') ?? node.in('object') ?? node.in('scope') ?? receiverOf(called)
    const args: Value[] = []
    const named = new Map<string, Value>()
    const given = node.in('arguments') ?? node.first('arguments', 'argument_list')
    // A tagged template (sql`…`) has its text where others have a list.
    for (const arg of given !== null && STRINGS.has(given.type) ? [given] : (given?.parts ?? [])) {
      const key = argumentName(arg)
      if (arg.type === 'block_argument' || arg.type === 'comment') continue
      const value = this.value(key === null ? arg : (arg.in('value') ?? arg.parts.at(-1) ?? null))
      if (key === null) args.push(value)
      else named.set(key, value)
    }
    const block = node.in('block')
    return {
      kind: 'call',
      name: genericName(name),
      receiver: receiver === null ? null : this.value(receiver),
      args,
      named,
      block: block === null ? null : this.block(block),
      line: (name ?? node).startLine,
    }
  }

  /** Parameters and calls of a function, lambda, block or `with` body, in document order. */
  block(node: SyntaxNode, params: readonly string[] = parametersOf(node)): Block {
    const body = node.in('body') ?? node
    return { kind: 'block', params, steps: this.steps(body), line: node.startLine }
  }

  /** Calls and raises in a body. Control flow is walked through: which branch runs is not known. */
  steps(node: SyntaxNode): readonly Step[] {
    if (CALLS.has(node.type) && node.type !== 'object_creation_expression' && node.type !== 'new_expression') {
      const call = this.call(node)
      if (call.name === 'raise' && call.receiver === null)
        return [{ kind: 'raise', says: node.text.slice(0, 80), line: node.startLine }]
      return [call]
    }
    if (node.type === 'raise_statement' || node.type === 'throw_statement' || node.type === 'throw_expression') {
      return [{ kind: 'raise', says: node.text.slice(0, 80), line: node.startLine }]
    }
    if (node.type === 'with_statement') return this.#with(node)
    if (
      node.type === 'identifier' &&
      node.parent !== null &&
      /^(?:body_statement|block_body)$/.test(node.parent.type)
    ) {
      return [
        {
          kind: 'call',
          name: node.text,
          receiver: null,
          args: [],
          named: new Map(),
          block: null,
          line: node.startLine,
        },
      ]
    }
    return node.parts.flatMap((part) => this.steps(part))
  }

  /** `with op.batch_alter_table('t') as batch:` is a call with a block. */
  #with(node: SyntaxNode): readonly Step[] {
    const item = node.first('with_clause')?.parts[0]?.in('value') ?? null
    const call = item?.type === 'as_pattern' ? (item.parts[0] ?? null) : item
    const body = node.in('body')
    if (call === null || body === null || !CALLS.has(call.type)) return body === null ? [] : this.steps(body)
    const alias = item?.in('alias')?.text ?? item?.first('as_pattern_target')?.text ?? ''
    return [{ ...this.call(call), block: this.block(body, [alias]) }]
  }

  #joined(node: SyntaxNode): Value {
    const parts = node.parts.map((part) => this.value(part))
    const texts = parts.map((part) => (part.kind === 'text' ? part.text : '_'))
    return {
      kind: 'text',
      text: texts.join(''),
      exact: parts.every((part) => part.kind === 'text' && part.exact),
      line: node.startLine,
    }
  }

  /** `'a' + b` is text when either side is. */
  #binary(node: SyntaxNode): Value {
    const sides = node.parts.map((part) => this.value(part))
    if (!sides.some((side) => side.kind === 'text')) return { kind: 'other' }
    const texts = sides.map((side) => (side.kind === 'text' ? side.text : '_'))
    return {
      kind: 'text',
      text: texts.join(''),
      exact: sides.every((side) => side.kind === 'text' && side.exact),
      line: node.startLine,
    }
  }

  /** PHP writes lists and maps alike; C# wraps its list. */
  #array(node: SyntaxNode): Value {
    const inner = node.first('initializer_expression')
    if (inner !== null) return this.value(inner)
    const entries = new Map<string, Value>()
    const items: Value[] = []
    for (const part of node.parts) {
      const [key, value] = part.parts
      const keyText = key && value ? this.value(key) : null
      if (value && keyText?.kind === 'text') entries.set(keyText.text, this.value(value))
      else items.push(this.value(part))
    }
    return entries.size > 0 ? { kind: 'map', entries } : { kind: 'list', items }
  }

  #entries(node: SyntaxNode): ReadonlyMap<string, Value> {
    const entries = new Map<string, Value>()
    if (node.type === 'anonymous_object_creation_expression') {
      for (let i = 0; i + 1 < node.parts.length; i += 2) {
        const [key, value] = [node.parts[i], node.parts[i + 1]]
        if (key && value) entries.set(key.text, this.value(value))
      }
      return entries
    }
    for (const part of node.parts) {
      const key = part.in('key') ?? part.in('name')
      if (part.type === 'shorthand_property_identifier') entries.set(part.text, { kind: 'name', text: part.text })
      else if (part.type === 'method_definition' && key) entries.set(key.text, this.block(part))
      else if (key) entries.set(unquoted(key), this.value(part.in('value')))
    }
    return entries
  }
}

function memberOf(called: SyntaxNode | null): SyntaxNode | null {
  return called === null
    ? null
    : (called.in('property') ?? called.in('attribute') ?? called.in('name') ?? called.in('field'))
}

function receiverOf(called: SyntaxNode | null): SyntaxNode | null {
  return called === null ? null : (called.in('object') ?? called.in('expression') ?? called.in('operand'))
}

function genericName(name: SyntaxNode | null): string {
  return name === null ? '' : (name.text.split('<', 1)[0] ?? '')
}

function argumentName(arg: SyntaxNode): string | null {
  if (arg.type === 'keyword_argument' || arg.type === 'argument') return arg.in('name')?.text ?? null
  if (arg.type !== 'pair') return null
  const key = arg.in('key')
  return key === null ? null : unquoted(key)
}

function parametersOf(node: SyntaxNode): readonly string[] {
  const list = node.in('parameters') ?? node.in('parameter')
  if (list === null) return []
  if (list.parts.length === 0) return [list.text]
  return list.parts.map((part) => (part.in('pattern') ?? part.in('name') ?? part).text)
}

/** The i-th `<<~SQL` of a Ruby file belongs to the i-th body. */
function pairHeredocs(root: SyntaxNode): ReadonlyMap<SyntaxNode, SyntaxNode> {
  const beginnings: SyntaxNode[] = []
  const bodies: SyntaxNode[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'heredoc_beginning') beginnings.push(node)
    if (node.type === 'heredoc_body') bodies.push(node)
    for (const child of node.children) visit(child)
  }
  visit(root)
  return new Map(beginnings.flatMap((beginning, i) => (bodies[i] ? [[beginning, bodies[i]] as const] : [])))
}
