import type { FailureForm } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** A `return` in `finally` drops what is on its way up. `body` is the clause's block. */
export function lostInFinally(clause: SyntaxNode, body: SyntaxNode | null): FailureForm | null {
  if (body === null || !body.parts.some((one) => one.type === 'return_statement')) return null
  return {
    kind: 'handler',
    form: 'return in finally',
    region: clause,
    conditions: [],
    body,
    errorName: null,
    protects: clause.parent?.in('body') ?? null,
    types: [],
    outcome: 'swallow',
  }
}
