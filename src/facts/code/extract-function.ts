import type { DroppedFailure, FailureOutcome, FunctionFact } from './code-facts.ts'
import { tokensOf } from './extract-error-path.ts'
import { outcomeOf } from './failure-outcome.ts'
import type { Language } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'
import { lastName, walk } from './syntax-walk.ts'

/** Longer conditions are not compared. Characters. */
const MAX_CONDITION = 300

export function functionFactOf(
  language: Language,
  node: SyntaxNode,
  name: string,
  qualifiedName: string,
): FunctionFact {
  const calls = new Set<string>()
  const watches = new Set<string>()
  const drops: DroppedFailure[] = []
  const conditions: { readonly text: string; readonly outcome: FailureOutcome }[] = []
  for (const at of walk(node)) {
    const callee = language.callee(at)
    if (callee !== null) calls.add(lastName(callee))
    if (at.type === 'if_statement' || at.type === 'elif_clause') conditions.push(...conditionOf(language, at))
    const watch = language.watch(at)
    if (watch === null) continue
    const range = { startLine: at.startLine, endLine: at.endLine }
    if (watch.dropped === null) for (const call of watch.calls) watches.add(call)
    else for (const call of watch.calls) drops.push({ call, form: watch.dropped, range })
  }
  return {
    name,
    qualifiedName,
    range: { startLine: node.startLine, endLine: node.endLine },
    calls: [...calls],
    watches: [...watches],
    drops,
    conditions,
  }
}

function conditionOf(language: Language, node: SyntaxNode): FunctionFact['conditions'] {
  const condition = node.in('condition')
  const body = node.in('consequence')
  if (condition === null || body === null || condition.end - condition.start > MAX_CONDITION) return []
  return [{ text: tokensOf(language, condition).join(' '), outcome: outcomeOf(language, body, null) }]
}
