import type { Argument, Condition, Value } from '../code-shape.ts'
import { plainText } from '../failure-signature.ts'
import { spanOf } from '../node-span.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { bare, calleeOf, functionName, isFunction } from './syntax.ts'

/** Deeper values are not looked at. */
const MAX_DEPTH = 4

function argumentOf(node: SyntaxNode, depth = 0): Argument {
  return { key: null, value: readValue(node, depth) }
}

export function argumentsOfCall(call: SyntaxNode, depth = 0): readonly Argument[] {
  const list = call.in('arguments')
  if (list === null) return []
  if (list.type === 'template_string') return [argumentOf(list, depth)]
  return list.parts.map((part) => argumentOf(part, depth))
}

export function readValue(given: SyntaxNode | null, depth = 0): Value {
  const node = bare(given)
  if (node === null || depth > MAX_DEPTH) return { is: 'other' }
  if (isFunction(node)) return { is: 'function', name: functionName(node) ?? '', span: spanOf(node) }
  switch (node.type) {
    case 'string':
      return { is: 'text', text: plainText(node.text) }
    case 'template_string':
      return { is: 'text', text: templateText(node) }
    case 'number':
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
      return { is: 'literal', text: node.text }
    case 'identifier':
    case 'member_expression':
    case 'subscript_expression':
      return { is: 'name', name: nameOf(node) }
    case 'call_expression':
    case 'new_expression':
      return { is: 'call', callee: dense(calleeOf(node) ?? ''), args: argumentsOfCall(node, depth + 1) }
    case 'object':
      return { is: 'record', entries: node.parts.flatMap((part) => entryOf(part, depth + 1)) }
    case 'array':
      return { is: 'list', items: node.parts.map((part) => readValue(part, depth + 1)) }
    default:
      return { is: 'other' }
  }
}

function entryOf(node: SyntaxNode, depth: number): readonly Argument[] {
  if (node.type === 'pair')
    return [{ key: plainText(node.in('key')?.text ?? ''), value: readValue(node.in('value'), depth) }]
  if (node.type === 'shorthand_property_identifier') return [{ key: node.text, value: { is: 'name', name: node.text } }]
  if (node.type === 'method_definition')
    return [
      {
        key: node.in('name')?.text ?? '',
        value: { is: 'function', name: functionName(node) ?? '', span: spanOf(node) },
      },
    ]
  // What a spread brings along cannot be told.
  return node.type === 'spread_element' ? [{ key: null, value: { is: 'other' } }] : []
}

/** A template with `{}` for each hole: `/users/${id}` → `/users/{}`. */
function templateText(node: SyntaxNode): string {
  let text = ''
  let from = node.start + 1
  for (const child of node.children) {
    if (child.type !== 'template_substitution') continue
    text += `${node.text.slice(from - node.start, child.start - node.start)}{}`
    from = child.end
  }
  return text + node.text.slice(from - node.start, -1)
}

/** A dotted name; `a['b']` and `a?.b` are `a.b`. */
export function nameOf(node: SyntaxNode): string {
  return dense(node.text.slice(0, 300))
    .replace(/\[['"]([\w-]+)['"]\]/g, '.$1')
    .replace(/\?\.|!\./g, '.')
}

export function dense(text: string): string {
  return text.replace(/\s+/g, '').replace(/\?\./g, '.').replace(/!\./g, '.')
}

/** The logic of a condition. */
export function conditionOf(given: SyntaxNode | null, depth = 0): Condition {
  const node = unwrap(given)
  if (node === null || depth > 12) return { op: 'other', parts: [] }
  switch (node.type) {
    case 'unary_expression': {
      const part = conditionOf(node.in('argument'), depth + 1)
      return node.in('operator')?.text === '!' ? { op: 'not', part } : { op: 'other', parts: [part] }
    }
    case 'binary_expression':
      return binary(node, depth)
    case 'call_expression': {
      const callee = dense(calleeOf(node) ?? '')
      const first = node.in('arguments')?.parts[0] ?? null
      if (callee === 'Boolean') return conditionOf(first, depth + 1)
      return { op: 'call', callee, args: argumentsOfCall(node), span: spanOf(node) }
    }
    case 'member_expression': {
      const object = unwrap(node.in('object'))
      if (object?.type === 'call_expression') {
        const call = conditionOf(object, depth + 1)
        const key = node.in('property')?.text ?? ''
        return call.op === 'call'
          ? { ...call, args: [...call.args, { key: null, value: { is: 'text', text: key } }] }
          : call
      }
      return { op: 'name', name: nameOf(node), span: spanOf(node) }
    }
    case 'identifier':
    case 'subscript_expression':
      return { op: 'name', name: nameOf(node), span: spanOf(node) }
    case 'ternary_expression':
      return { op: 'other', parts: node.parts.map((part) => conditionOf(part, depth + 1)) }
    default:
      return { op: 'other', parts: [] }
  }
}

function binary(node: SyntaxNode, depth: number): Condition {
  const operator = node.in('operator')?.text ?? ''
  const left = conditionOf(node.in('left'), depth + 1)
  if (operator === '??') return left
  if (/^[!=]==?$/.test(operator)) {
    const right = unwrap(node.in('right'))
    const literal = right !== null && /^(string|true|false|number|null|undefined)$/.test(right.type)
    return { op: 'equals', part: left, to: literal ? plainText(right.text) : null, negated: operator.startsWith('!') }
  }
  const parts = [left, conditionOf(node.in('right'), depth + 1)]
  if (operator === '&&') return { op: 'and', parts }
  if (operator === '||') return { op: 'or', parts }
  return { op: 'other', parts }
}

function unwrap(node: SyntaxNode | null): SyntaxNode | null {
  let at = node
  while (at !== null && /^(parenthesized|await|as|satisfies|non_null)_expression$|^jsx_expression$/.test(at.type))
    at = at.parts[0] ?? null
  return at
}
