import type { FailureWatch } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, bare, calleeOf, isFunction } from './syntax.ts'

/** `await save()`, `return save()`, `Promise.all([save()])` see a failure; `void save()` and a bare `save()` do not. */
export function watch(node: SyntaxNode): FailureWatch | null {
  switch (node.type) {
    case 'await_expression':
    case 'return_statement':
      return unreadOutcomes(node) ?? watched([bare(node.parts[0] ?? null)])
    case 'unary_expression':
      return node.in('operator')?.text === 'void' ? dropped(bare(node.in('argument')), 'void') : null
    case 'expression_statement':
      return floating(node)
    case 'call_expression':
      return /^Promise\.(?:all|race)$/.test(calleeOf(node) ?? '') ? watched(argumentsOf(node)[0]?.parts ?? []) : null
    default:
      return null
  }
}

function watched(nodes: readonly (SyntaxNode | null)[]): FailureWatch | null {
  const calls = nodes.flatMap((node) => (node === null ? [] : nameOfCall(node)))
  return calls.length === 0 ? null : { calls, dropped: null }
}

function dropped(node: SyntaxNode | null, form: string): FailureWatch | null {
  const calls = node === null ? [] : nameOfCall(node)
  return calls.length === 0 ? null : { calls, dropped: form }
}

/** A chain that ends in `.catch(…)` or `.then(…)` has a handler of its own. */
function nameOfCall(node: SyntaxNode): readonly string[] {
  const callee = calleeOf(node)
  if (callee === null || /\.(?:then|catch|finally)$/.test(callee)) return []
  return [lastName(callee)]
}

/** A call as a statement: where the function waits for others, nobody waits for this one. */
function floating(node: SyntaxNode): FailureWatch | null {
  const call = node.parts[0]
  if (call?.type !== 'call_expression') return null
  const fn = closest(node, isFunction)
  const isAsync = fn?.children.some((child) => child.type === 'async') === true
  return isAsync ? dropped(call, 'a call that nobody waits for') : null
}

/** `await Promise.allSettled(…)` never fails: somebody must look at what it answers. */
function unreadOutcomes(node: SyntaxNode): FailureWatch | null {
  const call = bare(node.parts[0] ?? null)
  if (node.type !== 'await_expression' || call === null || calleeOf(call) !== 'Promise.allSettled') return null
  const isRead = node.parent?.type !== 'expression_statement' && !isUnusedName(node)
  return isRead ? null : { calls: ['all'], dropped: 'allSettled whose outcomes nobody reads' }
}

function isUnusedName(node: SyntaxNode): boolean {
  const name = node.parent?.type === 'variable_declarator' ? node.parent.in('name') : null
  const scope = closest(node, (at) => at.type === 'statement_block' || at.type === 'program')
  if (name?.type !== 'identifier' || scope === null) return false
  return walk(scope).filter((at) => at.children.length === 0 && at.text === name.text).length === 1
}
