import type { Argument, Condition, Value } from '../code-shape.ts'
import { plainText } from '../failure-signature.ts'
import { spanOf } from '../node-span.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { bare, calleeOf } from './syntax.ts'

/** Deeper values are not looked at. */
const MAX_DEPTH = 4

export function argumentsOfCall(call: SyntaxNode, depth = 0): readonly Argument[] {
  return (call.in('arguments')?.parts ?? []).map((part) =>
    part.type === 'keyword_argument'
      ? { key: part.in('name')?.text ?? '', value: readValue(part.in('value'), depth) }
      : { key: null, value: readValue(part, depth) },
  )
}

function readValue(given: SyntaxNode | null, depth = 0): Value {
  const node = bare(given)
  if (node === null || depth > MAX_DEPTH) return { is: 'other' }
  switch (node.type) {
    case 'string':
      return { is: 'text', text: plainText(node.text).replace(/\{[^{}]*\}/g, '{}') }
    case 'concatenated_string':
      return { is: 'text', text: node.parts.map((part) => plainText(part.text)).join('') }
    case 'integer':
    case 'float':
    case 'true':
    case 'false':
    case 'none':
      return { is: 'literal', text: node.text }
    case 'identifier':
    case 'attribute':
    case 'subscript':
      return { is: 'name', name: nameOf(node) }
    case 'call': {
      const template = templateOf(node)
      if (template !== null) return readValue(template, depth + 1)
      return { is: 'call', callee: dense(calleeOf(node) ?? ''), args: argumentsOfCall(node, depth + 1) }
    }
    case 'lambda':
      return { is: 'function', name: '', span: spanOf(node) }
    case 'dictionary':
      return {
        is: 'record',
        entries: node.parts.flatMap((part) =>
          part.type === 'pair'
            ? [{ key: plainText(part.in('key')?.text ?? ''), value: readValue(part.in('value'), depth + 1) }]
            : [],
        ),
      }
    case 'list':
    case 'tuple':
      return { is: 'list', items: node.parts.map((part) => readValue(part, depth + 1)) }
    default:
      return { is: 'other' }
  }
}

/** `'/x/{id}/'.format(id=PATTERN)` is its string, which an f-string may say as well. */
function templateOf(call: SyntaxNode): SyntaxNode | null {
  const fn = call.in('function')
  if (fn?.type !== 'attribute' || fn.in('attribute')?.text !== 'format') return null
  const text = fn.in('object')
  return text?.type === 'string' ? text : null
}

/** A dotted name; `FEATURES["x"]` is `FEATURES.x`. */
export function nameOf(node: SyntaxNode): string {
  return dense(node.text.slice(0, 300)).replace(/\[['"]([\w-]+)['"]\]/g, '.$1')
}

export function dense(text: string): string {
  return text.replace(/\s+/g, '')
}

/** The logic of a condition. */
export function conditionOf(given: SyntaxNode | null, depth = 0): Condition {
  const node = bare(given)
  if (node === null || depth > 12) return { op: 'other', parts: [] }
  switch (node.type) {
    case 'not_operator':
      return { op: 'not', part: conditionOf(node.in('argument') ?? node.parts[0] ?? null, depth + 1) }
    case 'boolean_operator': {
      const parts = [conditionOf(node.in('left'), depth + 1), conditionOf(node.in('right'), depth + 1)]
      return { op: node.in('operator')?.text === 'or' ? 'or' : 'and', parts }
    }
    case 'comparison_operator':
      return comparison(node, depth)
    case 'call': {
      const callee = dense(calleeOf(node) ?? '')
      if (callee === 'bool') return conditionOf(node.in('arguments')?.parts[0] ?? null, depth + 1)
      return { op: 'call', callee, args: argumentsOfCall(node), span: spanOf(node) }
    }
    case 'identifier':
    case 'attribute':
    case 'subscript':
      return { op: 'name', name: nameOf(node), span: spanOf(node) }
    default:
      return { op: 'other', parts: [] }
  }
}

function comparison(node: SyntaxNode, depth: number): Condition {
  const [left, right] = node.parts
  const part = conditionOf(left ?? null, depth + 1)
  const operator = node.children.find((child) => !child.named)?.text ?? ''
  if (!/^(?:==|!=|is|is not)$/.test(operator))
    return { op: 'other', parts: [part, conditionOf(right ?? null, depth + 1)] }
  const literal = right !== undefined && /^(?:string|true|false|none|integer)$/.test(right.type)
  return {
    op: 'equals',
    part,
    to: literal ? plainText(right.text) : null,
    negated: operator === '!=' || operator === 'is not',
  }
}
