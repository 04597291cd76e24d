import { isAnswerCall, isCleanupCall, isReportCall, meansFailure } from '../failure-words.ts'
import type { StatementEffect } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, walk } from '../syntax-walk.ts'
import { answersFailure, isFailureStatus, MAKES_ERROR } from './failure.ts'
import { argumentsOf, calleeOf, isFunction, returnedValues, statementsOf } from './syntax.ts'

export function statements(body: SyntaxNode): readonly SyntaxNode[] {
  return statementsOf(body)
}

const DEFAULT = /^(?:nil|false|-?\d[\d.]*|""|``|(?:\[\]|map\[\w+\])?[\w.]*\{\})$/

export function effect(statement: SyntaxNode, errorName: string | null): StatementEffect {
  switch (statement.type) {
    case 'return_statement':
      return returnsNamed(statement, errorName)
        ? { effect: 'raise', same: true }
        : returned(returnedValues(statement), errorName)
    case 'break_statement':
      return isReturnedBelow(statement, errorName) ? { effect: 'raise', same: true } : { effect: 'skip' }
    case 'continue_statement':
    case 'goto_statement':
      return { effect: 'skip' }
    case 'if_statement':
      if (isSent(statement.in('condition'), errorName)) return { effect: 'respond' }
      return { effect: 'branch', branches: [statement.in('consequence'), statement.in('alternative')] }
    case 'expression_switch_statement':
    case 'type_switch_statement':
      return { effect: 'branch', branches: casesOf(statement) }
    // It waits: for a signal, or some time.
    case 'select_statement':
      return { effect: 'cleanup' }
    case 'expression_statement':
      return call(statement.parts[0] ?? statement, errorName)
    case 'assignment_statement':
    case 'short_var_declaration':
      return assignment(statement, errorName)
    case 'var_declaration':
    case 'inc_statement':
    case 'defer_statement':
      return { effect: 'cleanup' }
    case 'send_statement':
      return mentions(statement, errorName) ? { effect: 'raise', same: true } : { effect: 'work' }
    default:
      return { effect: 'work' }
  }
}

/** `if !send(ctx, &ErrorEvent{err}) { … }`: whoever listens is told. */
function isSent(condition: SyntaxNode | null, errorName: string | null): boolean {
  return condition !== null && /^!?[\w.]*[sS]end\w*\(/.test(condition.text) && mentions(condition, errorName)
}

/** The cases of a `switch`, and last what happens in no other case. */
function casesOf(statement: SyntaxNode): readonly (SyntaxNode | null)[] {
  const cases = statement.parts.filter((part) => part.type === 'expression_case' || part.type === 'type_case')
  return [...cases, statement.first('default_case')]
}

/** A bare `return` of `func f() (n int, err error)` passes `err` on. */
function returnsNamed(statement: SyntaxNode, errorName: string | null): boolean {
  if (errorName === null || returnedValues(statement).length > 0) return false
  const results = closest(statement, isFunction)?.in('result')?.text.split(/\W+/) ?? []
  return results.includes(errorName) && results.includes('error')
}

/** `err = f(); if err != nil { break }` in a loop, and `return err` below it. */
function isReturnedBelow(statement: SyntaxNode, errorName: string | null): boolean {
  const guard = closest(statement, (at) => at.type === 'if_statement')
  const loop = closest(statement, (at) => at.type === 'for_statement', isFunction)
  if (errorName === null || guard === null || loop === null) return false
  const around = guard.parent?.parts ?? []
  const assigned = guard.in('initializer') ?? around[around.indexOf(guard) - 1]
  if (assigned?.type !== 'assignment_statement') return false
  const after = loop.parent?.parts ?? []
  return after
    .slice(after.indexOf(loop) + 1)
    .some((at) => at.type === 'return_statement' && returnedValues(at).some((value) => mentions(value, errorName)))
}

/** Wrapping with the same error is propagation; so is handing it to any call that is returned. */
function returned(values: readonly SyntaxNode[], errorName: string | null): StatementEffect {
  const last = values[values.length - 1]
  if (last === undefined) return { effect: 'return', value: 'nothing' }
  if (values.some((value) => mentions(value, errorName))) return { effect: 'raise', same: true }
  if (/^(?:ctx|\w*[cC]tx)\.Err\(\)$|^context\.Cause\(/.test(last.text)) return { effect: 'raise', same: true }
  const callee = calleeOf(last)
  if (callee !== null && answersFailure(last)) return { effect: 'return', value: 'error' }
  if (values.some((value) => isFailureStatus(value))) return { effect: 'return', value: 'error' }
  if (callee !== null && MAKES_ERROR.test(callee)) return { effect: 'raise', same: false }
  if (/^(?:\w+\.)?Err[A-Z]\w*$/.test(last.text) || meansFailure(callee ?? '') || /^\w*[eE]rr\w*$/.test(last.text))
    return { effect: 'raise', same: false }
  if (values.every((value) => DEFAULT.test(value.text))) return { effect: 'return', value: 'default' }
  if (last.text === 'true') return { effect: 'return', value: isOfCallback(last) ? 'other' : 'success' }
  return meansFailure(last.text.slice(0, 200))
    ? { effect: 'return', value: 'error' }
    : { effect: 'return', value: 'other' }
}

/** `slices.DeleteFunc(all, func(one T) bool { … return true })`: an answer about one item, and none to a caller. */
function isOfCallback(value: SyntaxNode): boolean {
  return closest(value, isFunction)?.parent?.type === 'argument_list'
}

function call(node: SyntaxNode, errorName: string | null): StatementEffect {
  const callee = calleeOf(node)
  if (callee === null) return { effect: 'work' }
  if (/^(?:os\.Exit|panic)$/.test(callee) || /\.(?:Fatal|Panic)(?:f|ln|KVs?|w)?(?:$|\(\))/.test(callee))
    return { effect: callee === 'panic' ? 'raise' : 'exit', same: true }
  if (
    /(?:^|\.)(?:errors|cli|util|cmdutil)\.(?:CheckError|CheckErr|Fatal\w*)$|^(?:CheckError|checkErr|must)$/.test(callee)
  )
    return { effect: 'exit' }
  if (answersFailure(node)) return { effect: 'respond' }
  if (isReportCall(callee) || /\.(?:Inc|Observe)$/.test(callee)) return { effect: 'log' }
  if (isAnswerCall(callee) || answersWithError(node, callee)) return { effect: 'respond' }
  if (isCleanupCall(callee)) return { effect: 'cleanup' }
  return mentions(node, errorName) || meansFailure(callee) ? { effect: 'respond' } : { effect: 'work' }
}

/** `HandleResponse(ctx, errors.Forbidden(reason), nil)`, and gin's `ctx.Abort()`. */
function answersWithError(call: SyntaxNode, callee: string): boolean {
  if (/[cC](?:tx|ontext)?\.Abort$/.test(callee)) return true
  return /respon[ds]/i.test(callee) && argumentsOf(call).some((one) => /^\w*[eE]rr(?:or)?s?\b/.test(one.text))
}

function assignment(statement: SyntaxNode, errorName: string | null): StatementEffect {
  const left = statement.in('left')?.text ?? ''
  const right = statement.in('right')
  if (right !== null && (mentions(right, errorName) || meansFailure(left))) return { effect: 'collect' }
  if (right?.parts[0] !== undefined && answersFailure(right.parts[0])) return { effect: 'respond' }
  if (right !== null && isReportCall(calleeOf(right.parts[0] ?? right) ?? '')) return { effect: 'log' }
  return DEFAULT.test(right?.text ?? '') ? { effect: 'assign-default' } : { effect: 'work' }
}

/** The field of `item.Err` too. */
const IS_NAME = /^(?:field_)?identifier$/

function mentions(node: SyntaxNode, name: string | null): boolean {
  if (name === null) return false
  return walk(node, (at) => !isFunction(at)).some((at) => IS_NAME.test(at.type) && at.text === name)
}
