import type { FailureWatch } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, lastName } from '../syntax-walk.ts'
import { bare, calleeOf, keyword } from './syntax.ts'

/** `await f()`, `run(…, check=True)` and `gather(…)` see a failure; without them it is dropped. */
export function watch(node: SyntaxNode): FailureWatch | null {
  switch (node.type) {
    case 'await':
      return awaited(node)
    case 'call':
      return startedProcess(node)
    case 'expression_statement':
      return floating(node)
    default:
      return null
  }
}

function awaited(node: SyntaxNode): FailureWatch | null {
  const call = bare(node)
  const callee = call === null ? null : calleeOf(call)
  if (call === null || callee === null) return null
  const collects = lastName(callee) === 'gather' && keyword(call, 'return_exceptions')?.text === 'True'
  if (!collects) return { calls: [lastName(callee)], dropped: null }
  return node.parent?.type === 'expression_statement'
    ? { calls: ['gather'], dropped: 'return_exceptions=True whose outcomes nobody reads' }
    : null
}

/** `subprocess.run` says how it went only with `check=True`, or to who reads what it returns. */
function startedProcess(call: SyntaxNode): FailureWatch | null {
  const callee = calleeOf(call) ?? ''
  if (/^(?:subprocess\.)?check_(?:call|output)$/.test(callee)) return { calls: ['run'], dropped: null }
  if (!/^subprocess\.(?:run|call)$|^run$/.test(callee)) return null
  if (keyword(call, 'check')?.text === 'True') return { calls: ['run'], dropped: null }
  return call.parent?.type === 'expression_statement' ? { calls: ['run'], dropped: 'run without check=True' } : null
}

/** In a coroutine, a call that is not awaited, or a task that nobody keeps. */
function floating(node: SyntaxNode): FailureWatch | null {
  const call = node.parts[0]
  const callee = call?.type === 'call' ? (calleeOf(call) ?? '') : ''
  const fn = closest(node, (at) => at.type === 'function_definition')
  if (
    call === undefined ||
    callee === '' ||
    startedProcess(call) !== null ||
    !fn?.children.some((child) => child.type === 'async')
  )
    return null
  const task = /(?:^|\.)(?:create_task|ensure_future)$/.test(callee)
  const started = task ? calleeOf(call.in('arguments')?.parts[0] ?? call) : callee
  if (started === null) return null
  return { calls: [lastName(started)], dropped: task ? 'a task that nobody waits for' : 'a call that nobody waits for' }
}
