import type { DroppedFailure, FailureOutcome, FunctionFact } from './code-facts.ts'
import { tokensOf } from './extract-error-path.ts'
import { outcomeOf } from './failure-outcome.ts'
import type { FailureWatch, Language } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'
import { hasReasonAbove, lastName } from './syntax-walk.ts'

/** Longer conditions are not compared. Characters. */
const MAX_CONDITION = 300

interface AskedCondition {
  readonly text: string
  readonly outcome: FailureOutcome
}

/** What one node inside of functions says of them. */
interface NodeInFunction {
  readonly node: SyntaxNode
  readonly call: string | null
  readonly watch: FailureWatch | null
  readonly condition: AskedCondition | null
}

/** A function whose nodes come one by one. */
export interface FunctionDraft {
  readonly add: (one: NodeInFunction) => void
  readonly fact: () => FunctionFact
}

/** Null for a node that says nothing. */
export function lookInFunction(language: Language, node: SyntaxNode): NodeInFunction | null {
  const callee = language.callee(node)
  const watch = language.watch(node)
  const condition = conditionOf(language, node)
  if (callee === null && watch === null && condition === null) return null
  return { node, call: callee === null ? null : lastName(callee), watch, condition }
}

export function draftFunction(node: SyntaxNode, name: string, qualifiedName: string): FunctionDraft {
  const range = { startLine: node.startLine, endLine: node.endLine }
  const calls = new Set<string>()
  const watches = new Set<string>()
  const drops: DroppedFailure[] = []
  const conditions: AskedCondition[] = []

  function add({ node: at, call, watch, condition }: NodeInFunction): void {
    if (call !== null) calls.add(call)
    if (condition !== null) conditions.push(condition)
    if (watch === null) return
    const { dropped } = watch
    if (dropped === null) for (const watched of watch.calls) watches.add(watched)
    else
      for (const lost of watch.calls)
        drops.push({
          call: lost,
          form: dropped,
          range: { startLine: at.startLine, endLine: at.endLine },
          explained: hasReasonAbove(at),
        })
  }

  return {
    add,
    fact: () => ({ name, qualifiedName, range, calls: [...calls], watches: [...watches], drops, conditions }),
  }
}

function conditionOf(language: Language, node: SyntaxNode): AskedCondition | null {
  if (node.type !== 'if_statement' && node.type !== 'elif_clause') return null
  const condition = node.in('condition')
  const body = node.in('consequence')
  if (condition === null || body === null || condition.end - condition.start > MAX_CONDITION) return null
  return { text: tokensOf(language, condition).join(' '), outcome: outcomeOf(language, body, null) }
}
