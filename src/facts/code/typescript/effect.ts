import { isAnswerCall, isCleanupCall, isReportCall, meansFailure } from '../failure-words.ts'
import type { StatementEffect } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { walk } from '../syntax-walk.ts'
import { answersFailure } from './failure.ts'
import { argumentsOf, bare, calleeOf, isFunction } from './syntax.ts'

/** A handler's statements; an arrow function's expression counts as one that is returned. */
export function statements(body: SyntaxNode): readonly SyntaxNode[] {
  return body.type === 'statement_block' ? body.parts : [body]
}

const DEFAULT = /^(?:null|undefined|void 0|false|-?\d[\d.]*|''|""|``|\[\s*\]|\{\s*\}|\(\{\s*\}\)|new (?:Map|Set)\(\))$/
const SUCCESS = /^(?:true|\{[^{}]{0,80}\b(?:ok|success)\s*:\s*true\b[^{}]{0,200}\})$/
const FAILED_VALUE =
  /\b(?:ok|success|isValid|valid)\s*:\s*false\b|\b(?:error|errors|err|serverError|failed|message)\s*:|\b(?:status|state|result|outcome)\s*:\s*['"](?:error|fail|unavailable)|^\{\s*(?:error|errors|err)\b|\(\s*\{\s*(?:error|errors|err)\s*\}/

export function effect(statement: SyntaxNode, errorName: string | null): StatementEffect {
  switch (statement.type) {
    case 'throw_statement':
      return { effect: 'raise', same: errorName !== null && bare(statement.parts[0] ?? null)?.text === errorName }
    case 'return_statement':
      return returned(bare(statement.parts[0] ?? null), errorName)
    case 'continue_statement':
    case 'break_statement':
      return { effect: 'skip' }
    case 'if_statement':
      return { effect: 'branch', branches: [statement.in('consequence'), elseOf(statement)] }
    case 'statement_block':
      return { effect: 'branch', branches: [statement] }
    case 'for_statement':
    case 'for_in_statement':
      return loop(statement)
    case 'expression_statement':
      return expression(bare(statement), errorName)
    case 'lexical_declaration':
    case 'variable_declaration':
    case 'empty_statement':
      return { effect: 'cleanup' }
    default:
      return /_statement$|_declaration$/.test(statement.type) ? { effect: 'work' } : concise(bare(statement), errorName)
  }
}

/** What it does each time, unless it leaves on its way. */
function loop(statement: SyntaxNode): StatementEffect {
  const body = statement.in('body')
  const leaves = body === null || walk(body).some((at) => /^(?:continue|break|return)_statement$/.test(at.type))
  return leaves ? { effect: 'work' } : { effect: 'branch', branches: [body] }
}

/** `(e) => log(e)`: the expression's own effect, else its value is what the failure becomes. */
function concise(node: SyntaxNode | null, errorName: string | null): StatementEffect {
  const own = expression(node, errorName)
  return own.effect === 'work' ? returned(node, errorName) : own
}

function elseOf(statement: SyntaxNode): SyntaxNode | null {
  const clause = statement.in('alternative')
  return clause === null ? null : (clause.parts[0] ?? null)
}

function returned(value: SyntaxNode | null, errorName: string | null): StatementEffect {
  if (value === null) return { effect: 'return', value: 'nothing' }
  const text = value.text.slice(0, 2_000)
  const callee = calleeOf(value)
  if (callee !== null && /^(?:Promise\.)?reject$|^throwError$/.test(callee))
    return { effect: 'raise', same: mentions(value, errorName) }
  if (callee !== null && passesOn(callee, value, errorName)) return { effect: 'raise', same: true }
  if (
    callee !== null &&
    (isAnswerCall(callee) ||
      /^(?:err|errAsync|left|Err|Result\.err|(?:E|TE|Either|TaskEither)\.left)$/.test(callee) ||
      answersFailure(value))
  )
    return { effect: 'return', value: 'error' }
  if (callee !== null && isReportCall(callee)) return { effect: 'return', value: 'nothing' }
  if (DEFAULT.test(text)) return { effect: 'return', value: 'default' }
  if (SUCCESS.test(text)) return { effect: 'return', value: 'success' }
  if (value.type === 'string' && meansFailure(text)) return { effect: 'return', value: 'error' }
  if (/^jsx/.test(value.type) || FAILED_VALUE.test(text) || mentions(value, errorName))
    return { effect: 'return', value: 'error' }
  if (meansFailure(callee ?? '')) return { effect: 'return', value: 'error' }
  return { effect: 'return', value: 'other' }
}

function expression(node: SyntaxNode | null, errorName: string | null): StatementEffect {
  if (node === null) return { effect: 'cleanup' }
  if (node.type === 'assignment_expression' || node.type === 'augmented_assignment_expression')
    return assignment(node, errorName)
  const callee = calleeOf(node)
  if (callee === null) return { effect: 'work' }
  if (/(?:^|\.)(?:queueMicrotask|nextTick|setTimeout|setImmediate)$/.test(callee) && throwsLater(node, errorName))
    return { effect: 'raise', same: true }
  if (/^process\.exit$|(?:^|\.)exit$/.test(callee)) return { effect: 'exit' }
  if (/^(?:Promise\.)?reject$/.test(callee) || passesOn(callee, node, errorName)) return { effect: 'raise', same: true }
  if (argumentsOf(node).some((one) => one.type === 'identifier' && one.text === 'reject'))
    return { effect: 'raise', same: true }
  if (isAnswerCall(callee) || answersFailure(node) || answersWhat(callee, node) || emitsFailure(callee, node))
    return { effect: 'respond' }
  if (!isReportCall(callee) && tellsFailure(callee, node)) return { effect: 'respond' }
  if (isReportCall(callee)) return { effect: 'log' }
  if (/\.(?:push|add|set|append)$/.test(callee) && (meansFailure(callee) || mentions(node, errorName)))
    return { effect: 'collect' }
  if (isCleanupCall(callee)) return { effect: 'cleanup' }
  return mentions(node, errorName) && meansFailure(callee) ? { effect: 'respond' } : { effect: 'work' }
}

/** `res.status(failed.status).send(failed.body)`: where it failed, a status that is worked out is that of the failure. */
function answersWhat(callee: string, call: SyntaxNode): boolean {
  if (!/^(?:ctx|context|reply|res|response)\.(?:code|status)(?:\(.*)?$/s.test(callee.slice(0, 300))) return false
  const first = walk(call).find((at) => /(?:^|\.)(?:code|status)$/.test(calleeOf(at) ?? ''))
  const status = first === undefined ? undefined : argumentsOf(first)[0]
  return status !== undefined && status.type !== 'number'
}

/** `socket.emit('unauthorized', …)`. */
function emitsFailure(callee: string, call: SyntaxNode): boolean {
  const event = argumentsOf(call)[0]
  return /\.emit$/.test(callee) && event?.type === 'string' && meansFailure(event.text)
}

/** `postResult(id, { ok: false })`, `updateJobStatus(id, 'error')`: whoever asked for it can see that it failed. */
function tellsFailure(callee: string, call: SyntaxNode): boolean {
  const isStatus = /Stat(?:e|us)$/.test(callee)
  return argumentsOf(call).some(
    (one) =>
      /\b(?:ok|success): ?false\b|\b(?:state|status): ?['"](?:error|fail)|^['"](?:error|failed)['"]$/.test(
        one.text.slice(0, 2_000),
      ) ||
      (isStatus && one.type === 'string' && meansFailure(one.text)),
  )
}

/** `queueMicrotask(() => { throw err })`: it comes out, only later. */
function throwsLater(call: SyntaxNode, errorName: string | null): boolean {
  return walk(call).some((at) => at.type === 'throw_statement' && bare(at.parts[0] ?? null)?.text === errorName)
}

/** `next(err)`, `callback(err)`, `reject(err)`: the caller is told. */
function passesOn(callee: string, call: SyntaxNode, errorName: string | null): boolean {
  if (!/^(?:next|done|cb|callback|reject|resolve|\w*[cC]allback)$/.test(callee)) return false
  return errorName !== null && argumentsOf(call).some((one) => mentions(one, errorName))
}

function assignment(node: SyntaxNode, errorName: string | null): StatementEffect {
  const left = node.in('left')?.text ?? ''
  if (/^(?:process\.)?exitCode$/.test(left)) return { effect: 'exit' }
  if (meansFailure(left) || mentions(node.in('right'), errorName)) return { effect: 'collect' }
  if (/loading|saving|pending|busy|submitting|disabled/i.test(left)) return { effect: 'cleanup' }
  return DEFAULT.test(node.in('right')?.text ?? '') ? { effect: 'assign-default' } : { effect: 'work' }
}

function mentions(node: SyntaxNode | null, name: string | null): boolean {
  if (node === null || name === null) return false
  return walk(node, (at) => !isFunction(at)).some((at) => at.children.length === 0 && at.text === name)
}
