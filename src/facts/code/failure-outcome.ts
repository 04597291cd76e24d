import type { FailureOutcome } from './code-facts.ts'
import type { Language, StatementEffect } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'

interface Seen {
  responds: boolean
  works: boolean
  defaults: boolean
}

/** What becomes of a failure in these statements: how the main way through them ends, and what it did before. */
export function outcomeOf(language: Language, body: SyntaxNode, errorName: string | null): FailureOutcome {
  return follow(language, language.statements(body), errorName, { responds: false, works: false, defaults: false })
}

function follow(
  language: Language,
  statements: readonly SyntaxNode[],
  errorName: string | null,
  seen: Seen,
): FailureOutcome {
  for (const [index, statement] of statements.entries()) {
    const effect = language.effect(statement, errorName)
    const rest = statements.slice(index + 1)
    if (effect.effect === 'branch') return followBranch(language, effect.branches, rest, errorName, seen)
    const end = ending(effect, seen)
    if (end !== null) return end
  }
  if (seen.responds) return 'respond'
  if (seen.works) return 'recover'
  return seen.defaults ? 'default' : 'swallow'
}

/** The way that is not singled out by a condition is the main one; a branch that only adds to it counts as done. */
function followBranch(
  language: Language,
  branches: readonly (SyntaxNode | null)[],
  rest: readonly SyntaxNode[],
  errorName: string | null,
  seen: Seen,
): FailureOutcome {
  const other = branches[branches.length - 1] ?? null
  const statements = other === null ? rest : [...language.statements(other), ...rest]
  const main = follow(language, statements, errorName, { ...seen })
  // `failed = true; if (!aborted) show(e)`: what was set before is not how it ends.
  const isQuiet = main === 'swallow' || (main === 'default' && seen.defaults && rest.length === 0)
  if (!isQuiet || other !== null) return main
  const first = branches[0] ?? null
  if (first === null) return main
  const conditional = follow(language, [...language.statements(first), ...rest], errorName, { ...seen })
  return conditional === 'respond' || conditional === 'recover' ? conditional : main
}

function ending(effect: StatementEffect, seen: Seen): FailureOutcome | null {
  switch (effect.effect) {
    case 'raise':
      return effect.same ? 'propagate' : 'translate'
    case 'exit':
      return 'exit'
    case 'return':
      return returning(effect.value, seen)
    case 'skip':
      if (seen.responds) return 'respond'
      return seen.works ? 'recover' : 'swallow'
    case 'respond':
    case 'collect':
      seen.responds = true
      return null
    case 'work':
      seen.works = true
      return null
    case 'assign-default':
      seen.defaults = true
      return null
    default:
      return null
  }
}

function returning(value: 'nothing' | 'default' | 'success' | 'error' | 'other', seen: Seen): FailureOutcome {
  if (value === 'error' || seen.responds) return 'respond'
  if (value === 'success') return 'success'
  if (value === 'default') return 'default'
  if (value === 'other' || seen.works) return 'recover'
  return 'swallow'
}
