import type { ImportFact } from '../code-facts.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { shortText } from '../syntax-walk.ts'

export const STRINGS: ReadonlySet<string> = new Set(['string'])

export function functionName(node: SyntaxNode): string | null {
  if (node.type !== 'function_definition') return null
  return node.in('name')?.text ?? ''
}

export function containerName(node: SyntaxNode): string | null {
  return node.type === 'class_definition' ? (node.in('name')?.text ?? null) : null
}

export function calleeOf(node: SyntaxNode): string | null {
  return node.type === 'call' ? shortText(node.in('function')) : null
}

export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return call.in('arguments')?.parts ?? []
}

/** The value of a keyword argument. */
export function keyword(call: SyntaxNode, name: string): SyntaxNode | null {
  for (const argument of argumentsOf(call))
    if (argument.type === 'keyword_argument' && argument.in('name')?.text === name) return argument.in('value')
  return null
}

const WRAPPERS = new Set(['await', 'parenthesized_expression', 'expression_statement'])

/** The expression below `await` and parentheses. */
export function bare(node: SyntaxNode | null): SyntaxNode | null {
  let at = node
  while (at !== null && WRAPPERS.has(at.type)) at = at.parts[0] ?? null
  return at
}

/** The statements of a clause: `except_clause`, `else_clause`, a block. */
export function blockOf(node: SyntaxNode | null): SyntaxNode | null {
  if (node === null || node.type === 'block') return node
  return node.in('consequence') ?? node.in('body') ?? node.first('block')
}

export function importOf(node: SyntaxNode): ImportFact | null {
  if (node.type === 'import_from_statement') {
    const module = node.in('module_name')?.text ?? ''
    const names = node.children
      .filter((child) => child.field === 'name')
      .flatMap((child) => [(child.in('name') ?? child).text, child.in('alias')?.text ?? ''])
      .filter((name) => name !== '')
    return { module, names }
  }
  if (node.type !== 'import_statement') return null
  const first = node.in('name')
  return first === null ? null : { module: (first.in('name') ?? first).text, names: [] }
}
