import type { BindingForm, BranchForm, CallForm, ShapeLanguage } from '../shape-language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest } from '../syntax-walk.ts'
import { blockOf, calleeOf } from './syntax.ts'
import { argumentsOfCall, conditionOf, dense, nameOf } from './values.ts'

function call(node: SyntaxNode): CallForm | null {
  if (node.type === 'decorator') return decorator(node)
  if (node.type !== 'call' || node.parent?.type === 'decorator') return null
  const callee = dense(calleeOf(node) ?? '')
  return { form: 'call', callee, args: argumentsOfCall(node), boundTo: boundTo(node), decorates: null }
}

function boundTo(node: SyntaxNode): string | null {
  const at = node.parent?.type === 'await' ? node.parent.parent : node.parent
  if (at?.type === 'assignment') return at.in('left')?.text ?? null
  if (at?.type === 'pair') return at.in('key')?.text.replace(/^['"]|['"]$/g, '') ?? null
  return null
}

function decorator(node: SyntaxNode): CallForm | null {
  const inner = node.parts[0]
  const target = node.parent?.in('definition') ?? null
  if (inner === undefined || target === null) return null
  const type = closest(
    target,
    (at) => at.type === 'class_definition',
    (at) => at.type === 'function_definition',
  )
  const name = target.in('name')?.text ?? ''
  const isCall = inner.type === 'call'
  return {
    form: 'decorator',
    callee: isCall ? dense(calleeOf(inner) ?? '') : nameOf(inner),
    args: isCall ? argumentsOfCall(inner) : [],
    boundTo: null,
    decorates: {
      name: type === null ? name : `${type.in('name')?.text ?? ''}.${name}`,
      isClass: target.type === 'class_definition',
      node: target,
    },
  }
}

function branch(node: SyntaxNode): BranchForm | null {
  if (node.type === 'if_statement' || node.type === 'elif_clause') {
    const yes = node.in('consequence')
    const no = node.type === 'if_statement' ? (node.first('elif_clause', 'else_clause') ?? null) : null
    const closed = no?.type === 'else_clause' ? blockOf(no) : null
    return {
      condition: conditionOf(node.in('condition')),
      yes,
      no,
      leaves: leaves(yes) ? 'yes' : leaves(closed) ? 'no' : null,
    }
  }
  if (node.type === 'conditional_expression') {
    const [yes, condition, no] = node.parts
    return { condition: conditionOf(condition ?? null), yes: yes ?? null, no: no ?? null, leaves: null }
  }
  if (node.type !== 'boolean_operator') return null
  const right = node.in('right')
  const condition = conditionOf(node.in('left'))
  return node.in('operator')?.text === 'or'
    ? { condition, yes: null, no: right, leaves: null }
    : { condition, yes: right, no: null, leaves: null }
}

function leaves(block: SyntaxNode | null): boolean {
  const last = block?.parts.at(-1)
  if (last === undefined) return false
  if (/^(?:return|raise|continue|break)_statement$/.test(last.type)) return true
  return (
    last.type === 'expression_statement' && /^(?:abort|sys\.exit|exit)$/.test(calleeOf(last.parts[0] ?? last) ?? '')
  )
}

function bindings(node: SyntaxNode): readonly BindingForm[] {
  if (node.type !== 'assignment' && node.type !== 'named_expression') return []
  const target = node.in('left') ?? node.in('name')
  const value = node.in('right') ?? node.in('value')
  if (target === null || value === null || !/^(?:identifier|attribute)$/.test(target.type)) return []
  return [{ name: dense(target.text), key: null, value: conditionOf(value) }]
}

function classOf(node: SyntaxNode): ReturnType<ShapeLanguage['classOf']> {
  if (node.type !== 'class_definition') return null
  const bases = node.in('superclasses')?.parts.filter((part) => part.type !== 'keyword_argument') ?? []
  return { name: node.in('name')?.text ?? '', bases: bases.map((base) => dense(base.text)) }
}

export const shape: ShapeLanguage = {
  call,
  branch,
  bindings,
  classOf,
  exported: () => [],
  isBlock: (node) => /^(?:block|module)$/.test(node.type),
}
