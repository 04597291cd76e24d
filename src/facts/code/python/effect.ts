import { isAnswerCall, isCleanupCall, isReportCall, meansFailure } from '../failure-words.ts'
import type { StatementEffect } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { walk } from '../syntax-walk.ts'
import { answersFailure } from './failure.ts'
import { argumentsOf, bare, blockOf, calleeOf } from './syntax.ts'

export function statements(body: SyntaxNode): readonly SyntaxNode[] {
  return (blockOf(body) ?? body).parts
}

const DEFAULT =
  /^(?:None|False|-?\d[\d.]*|[bru]?''|[bru]?""|\[\s*\]|\{\s*\}|\(\s*\)|(?:set|dict|list|tuple)\(\)|\w+\.(?:none|empty)\(\)|\w+\.objects\.none\(\))$/
const FAILED_VALUE =
  /['"](?:error|errors|err|message|detail|reason)['"]\s*:|\b(?:error|errors|success=False|ok=False)\b/

export function effect(statement: SyntaxNode, errorName: string | null): StatementEffect {
  switch (statement.type) {
    case 'raise_statement':
      return raised(statement, errorName)
    case 'return_statement':
      return returned(bare(statement.parts[0] ?? null), errorName)
    case 'continue_statement':
    case 'break_statement':
      return { effect: 'skip' }
    case 'pass_statement':
    case 'import_statement':
    case 'import_from_statement':
      return { effect: 'cleanup' }
    case 'if_statement':
      return { effect: 'branch', branches: branchesOf(statement) }
    case 'for_statement':
      return loop(statement)
    case 'expression_statement':
      return expression(bare(statement), errorName)
    default:
      return { effect: 'work' }
  }
}

/** What it does each time, unless it leaves on its way. */
function loop(statement: SyntaxNode): StatementEffect {
  const body = statement.in('body')
  const leaves = body === null || walk(body).some((at) => /^(?:continue|break|return)_statement$/.test(at.type))
  return leaves ? { effect: 'work' } : { effect: 'branch', branches: [body] }
}

function raised(statement: SyntaxNode, errorName: string | null): StatementEffect {
  const operand = statement.parts[0]
  return { effect: 'raise', same: operand === undefined || (errorName !== null && operand.text === errorName) }
}

function branchesOf(statement: SyntaxNode): readonly (SyntaxNode | null)[] {
  const others = statement.children.filter((child) => child.type === 'elif_clause' || child.type === 'else_clause')
  const last = others[others.length - 1]
  const closed = last?.type === 'else_clause'
  return [statement.in('consequence'), ...others, ...(closed ? [] : [null])]
}

function returned(value: SyntaxNode | null, errorName: string | null): StatementEffect {
  if (value === null || value.text === 'None')
    return { effect: 'return', value: value === null ? 'nothing' : 'default' }
  const text = value.text.slice(0, 2_000)
  const callee = calleeOf(value)
  if (answersFailure(value) || (callee !== null && (isAnswerCall(callee) || meansFailure(callee))))
    return { effect: 'return', value: 'error' }
  // A page that is shown instead is an answer to a person.
  if (/(?:^|[._])render(?:_\w+)?$/.test(callee ?? '')) return { effect: 'return', value: 'error' }
  if (DEFAULT.test(text) || isAllDefault(value)) return { effect: 'return', value: 'default' }
  if (text === 'True' || /^\{[^{}]{0,80}['"](?:ok|success)['"]\s*:\s*True\b/.test(text))
    return { effect: 'return', value: 'success' }
  if (FAILED_VALUE.test(text) || mentions(value, errorName) || meansFailure(text.slice(0, 200)))
    return { effect: 'return', value: 'error' }
  return { effect: 'return', value: 'other' }
}

/** `None, []`: every part of it is empty. */
function isAllDefault(value: SyntaxNode): boolean {
  if (value.type !== 'expression_list' && value.type !== 'tuple') return false
  return value.parts.every((part) => DEFAULT.test(part.text))
}

function expression(node: SyntaxNode | null, errorName: string | null): StatementEffect {
  if (node === null || node.type === 'string' || node.type === 'ellipsis') return { effect: 'cleanup' }
  if (node.type === 'assignment' || node.type === 'augmented_assignment') return assignment(node, errorName)
  const callee = calleeOf(node)
  if (callee === null) return { effect: 'work' }
  if (/^(?:sys\.|os\._?)?exit$/.test(callee)) return { effect: 'exit' }
  if (/(?:^|\.)retry$/.test(callee)) return { effect: 'work' }
  if (answersFailure(node)) return { effect: 'respond' }
  if (isReportCall(callee)) return { effect: 'log' }
  if (/\.(?:append|add|update|extend|setdefault)$/.test(callee) && (meansFailure(callee) || mentions(node, errorName)))
    return { effect: 'collect' }
  if (isAnswerCall(callee) || (meansFailure(callee) && mentions(node, errorName))) return { effect: 'respond' }
  return isCleanupCall(callee) ? { effect: 'cleanup' } : { effect: 'work' }
}

function assignment(node: SyntaxNode, errorName: string | null): StatementEffect {
  const left = node.in('left')?.text ?? ''
  const right = node.in('right')
  if (meansFailure(left) || (right !== null && (mentions(right, errorName) || meansFailure(right.text.slice(0, 200)))))
    return { effect: 'collect' }
  return DEFAULT.test(right?.text ?? '') ? { effect: 'assign-default' } : { effect: 'work' }
}

function mentions(node: SyntaxNode, name: string | null): boolean {
  if (name === null) return false
  const scope = calleeOf(node) === null ? [node] : argumentsOf(node)
  return scope.some((part) => walk(part).some((at) => at.type === 'identifier' && at.text === name))
}
