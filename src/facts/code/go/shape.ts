import type { BindingForm, BranchForm, CallForm, ShapeLanguage } from '../shape-language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { calleeOf, functionName, isFunction, statementsOf } from './syntax.ts'
import { argumentsOfCall, conditionOf, dense, fieldsOf } from './values.ts'

function call(node: SyntaxNode): CallForm | null {
  if (node.type === 'call_expression')
    return {
      form: 'call',
      callee: dense(calleeOf(node) ?? ''),
      args: argumentsOfCall(node),
      boundTo: boundTo(node),
      decorates: null,
    }
  if (node.type !== 'composite_literal') return null
  const type = node.in('type')?.text ?? ''
  if (!/^[\w.]+$/.test(type)) return null
  return {
    form: 'literal',
    callee: type,
    args: [{ key: null, value: { is: 'record', entries: fieldsOf(node) } }],
    boundTo: boundTo(node),
    decorates: null,
  }
}

function boundTo(node: SyntaxNode): string | null {
  let at = node.parent
  while (at !== null && /^(?:expression_list|unary_expression)$/.test(at.type)) at = at.parent
  if (at?.type === 'short_var_declaration' || at?.type === 'assignment_statement') return firstName(at)
  if (at?.type === 'var_spec') return at.in('name')?.text ?? null
  return null
}

function firstName(statement: SyntaxNode): string | null {
  const left = statement.in('left')
  return (left?.parts[0] ?? left)?.text ?? null
}

function branch(node: SyntaxNode): BranchForm | null {
  if (node.type === 'if_statement') {
    const yes = node.in('consequence')
    const no = node.in('alternative')
    return {
      condition: conditionOf(node.in('condition')),
      yes,
      no,
      leaves: leaves(yes) ? 'yes' : leaves(no) ? 'no' : null,
    }
  }
  if (node.type !== 'binary_expression') return null
  const operator = node.in('operator')?.text
  const condition = conditionOf(node.in('left'))
  if (operator === '&&') return { condition, yes: node.in('right'), no: null, leaves: null }
  return operator === '||' ? { condition, yes: null, no: node.in('right'), leaves: null } : null
}

function leaves(block: SyntaxNode | null): boolean {
  if (block === null || block.type === 'if_statement') return false
  const last = statementsOf(block).at(-1)
  if (last === undefined) return false
  if (/^(?:return|continue|break|goto)_statement$/.test(last.type)) return true
  return (
    last.type === 'expression_statement' && /^(?:panic|os\.Exit)$|Fatalf?$/.test(calleeOf(last.parts[0] ?? last) ?? '')
  )
}

function bindings(node: SyntaxNode): readonly BindingForm[] {
  if (node.type !== 'short_var_declaration' && node.type !== 'assignment_statement' && node.type !== 'var_spec')
    return []
  const name = node.type === 'var_spec' ? (node.in('name')?.text ?? null) : firstName(node)
  const value = node.in('right') ?? node.in('value')
  const first = value?.type === 'expression_list' ? value.parts[0] : value
  if (name === null || first === undefined || first === null || isFunction(first)) return []
  return [{ name: dense(name), key: null, value: conditionOf(first) }]
}

function exported(node: SyntaxNode): ReturnType<ShapeLanguage['exported']> {
  if (node.type !== 'function_declaration' && node.type !== 'method_declaration') return []
  const name = functionName(node) ?? ''
  return /(?:^|\.)[A-Z]/.test(name) ? [{ name, node }] : []
}

export const shape: ShapeLanguage = {
  call,
  branch,
  bindings,
  classOf: () => null,
  exported,
  isBlock: (node) => node.type === 'block' || node.type === 'statement_list' || /_case$/.test(node.type),
}
