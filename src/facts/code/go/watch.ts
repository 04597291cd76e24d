import type { FailureWatch } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName } from '../syntax-walk.ts'
import { calleeOf, returnedValues } from './syntax.ts'

/** `err := save()` and `return save()` see a failure; a bare `save()` and `x, _ := save()` do not. */
export function watch(node: SyntaxNode): FailureWatch | null {
  switch (node.type) {
    case 'short_var_declaration':
    case 'assignment_statement':
      return assigned(node)
    case 'return_statement':
      return form(returnedValues(node).at(-1), null)
    case 'expression_statement':
      return form(node.parts[0], 'a call without its error')
    default:
      return null
  }
}

function assigned(node: SyntaxNode): FailureWatch | null {
  const names = (node.in('left')?.text ?? '').split(/[\s,]+/)
  const last = names.at(-1) ?? ''
  const call = node.in('right')?.parts[0]
  if (/[eE]rr(?:or)?\w?$/.test(last)) return form(call, null)
  return last === '_' && names.length > 1 ? form(call, 'an error assigned to _') : null
}

function form(call: SyntaxNode | undefined, dropped: string | null): FailureWatch | null {
  const callee = call === undefined ? null : calleeOf(call)
  return callee === null ? null : { calls: [lastName(callee)], dropped }
}
