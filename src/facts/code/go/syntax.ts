import type { ImportFact } from '../code-facts.ts'
import { plainText } from '../failure-signature.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, shortText } from '../syntax-walk.ts'

export const STRINGS: ReadonlySet<string> = new Set(['interpreted_string_literal', 'raw_string_literal'])

/** Methods are known by their receiver: `(s *Server) Handle` → `Server.Handle`. */
export function functionName(node: SyntaxNode): string | null {
  if (node.type === 'function_declaration') return node.in('name')?.text ?? ''
  if (node.type === 'method_declaration') {
    const receiver = /(\w+)(?:\[[^\]]*\])?\s*\)$/.exec(node.in('receiver')?.text ?? '')?.[1]
    const name = node.in('name')?.text ?? ''
    return receiver === undefined ? name : `${receiver}.${name}`
  }
  if (node.type !== 'func_literal') return null
  const place = node.parent?.parent
  const bound = place?.type === 'short_var_declaration' || place?.type === 'assignment_statement'
  return bound && place !== undefined && place !== null ? lastName(place.in('left')?.text ?? '') : ''
}

export function containerName(): string | null {
  return null
}

export function calleeOf(node: SyntaxNode): string | null {
  return node.type === 'call_expression' ? shortText(node.in('function')) : null
}

export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return call.in('arguments')?.parts ?? []
}

export function isFunction(node: SyntaxNode): boolean {
  return node.type === 'func_literal' || node.type === 'function_declaration' || node.type === 'method_declaration'
}

export function statementsOf(block: SyntaxNode): readonly SyntaxNode[] {
  if (block.type === 'if_statement') return [block]
  return (block.first('statement_list') ?? block).parts
}

/** The values of a return, left to right. */
export function returnedValues(statement: SyntaxNode): readonly SyntaxNode[] {
  const list = statement.parts[0]
  if (list === undefined) return []
  return list.type === 'expression_list' ? list.parts : [list]
}

export function importOf(node: SyntaxNode): ImportFact | null {
  if (node.type !== 'import_spec') return null
  const path = node.in('path')
  return path === null
    ? null
    : { module: plainText(path.text), names: node.in('name') === null ? [] : [node.in('name')?.text ?? ''] }
}
