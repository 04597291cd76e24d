import type { Argument, Condition, Value } from '../code-shape.ts'
import { plainText } from '../failure-signature.ts'
import { spanOf } from '../node-span.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { argumentsOf, calleeOf, STRINGS } from './syntax.ts'

/** Deeper values are not looked at. */
const MAX_DEPTH = 4

export function argumentsOfCall(call: SyntaxNode, depth = 0): readonly Argument[] {
  return argumentsOf(call).map((part) => ({ key: null, value: readValue(part, depth) }))
}

function readValue(given: SyntaxNode | null, depth = 0): Value {
  const node = given?.type === 'unary_expression' ? given.in('operand') : given
  if (node === null || depth > MAX_DEPTH) return { is: 'other' }
  if (STRINGS.has(node.type)) return { is: 'text', text: plainText(node.text) }
  switch (node.type) {
    case 'int_literal':
    case 'true':
    case 'false':
    case 'nil':
      return { is: 'literal', text: node.text }
    case 'identifier':
    case 'selector_expression':
      return { is: 'name', name: dense(node.text) }
    case 'call_expression':
      return { is: 'call', callee: dense(calleeOf(node) ?? ''), args: argumentsOfCall(node, depth + 1) }
    case 'func_literal':
      return { is: 'function', name: '', span: spanOf(node) }
    case 'literal_element':
      return readValue(node.parts[0] ?? null, depth)
    case 'composite_literal':
      return { is: 'record', entries: fieldsOf(node, depth + 1) }
    default:
      return { is: 'other' }
  }
}

/** Named fields of a struct or map literal. */
export function fieldsOf(literal: SyntaxNode, depth = 0): readonly Argument[] {
  return (literal.in('body')?.parts ?? []).flatMap((part) => {
    if (part.type !== 'keyed_element') return []
    const [key, value] = part.parts
    return [{ key: plainText(key?.text ?? ''), value: readValue(value ?? null, depth) }]
  })
}

export function dense(text: string): string {
  return text.replace(/\s+/g, '')
}

/** The logic of a condition. */
export function conditionOf(given: SyntaxNode | null, depth = 0): Condition {
  const node = given?.type === 'parenthesized_expression' ? (given.parts[0] ?? null) : given
  if (node === null || depth > 12) return { op: 'other', parts: [] }
  switch (node.type) {
    case 'unary_expression': {
      const part = conditionOf(node.in('operand'), depth + 1)
      return node.in('operator')?.text === '!' ? { op: 'not', part } : { op: 'other', parts: [part] }
    }
    case 'binary_expression':
      return binary(node, depth)
    case 'call_expression':
      return { op: 'call', callee: dense(calleeOf(node) ?? ''), args: argumentsOfCall(node), span: spanOf(node) }
    case 'identifier':
    case 'selector_expression':
    case 'index_expression':
      return { op: 'name', name: dense(node.text.slice(0, 300)), span: spanOf(node) }
    default:
      return { op: 'other', parts: [] }
  }
}

function binary(node: SyntaxNode, depth: number): Condition {
  const operator = node.in('operator')?.text ?? ''
  const left = conditionOf(node.in('left'), depth + 1)
  const right = node.in('right')
  if (operator === '==' || operator === '!=') {
    const literal = right !== null && (STRINGS.has(right.type) || /^(?:true|false|nil|int_literal)$/.test(right.type))
    return { op: 'equals', part: left, to: literal ? plainText(right.text) : null, negated: operator === '!=' }
  }
  const parts = [left, conditionOf(right, depth + 1)]
  if (operator === '&&') return { op: 'and', parts }
  return operator === '||' ? { op: 'or', parts } : { op: 'other', parts }
}
