import { statusOfName } from '../failure-words.ts'
import type { FailureForm } from '../language.ts'
import { lostInFinally } from '../lost-in-finally.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, hasReasonAbove, lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, bare, blockOf, calleeOf, keyword } from './syntax.ts'

export function failure(node: SyntaxNode): FailureForm | null {
  switch (node.type) {
    case 'except_clause':
      return exceptClause(node)
    case 'finally_clause':
      return lostInFinally(node, blockOf(node))
    case 'with_statement':
      return suppressed(node)
    case 'raise_statement':
      return raise(node, 'raise')
    case 'if_statement':
      return failedCheck(node)
    case 'return_statement':
    case 'expression_statement':
      return failedStatus(node) ?? errorAnswer(node)
    default:
      return null
  }
}

function exceptClause(node: SyntaxNode): FailureForm {
  const listed = node.parts.filter((part) => part.type !== 'block' && part.field !== 'alias')
  const bound = listed.find((part) => part.type === 'as_pattern') ?? null
  const alias = node.in('alias') ?? bound?.in('alias') ?? bound?.parts[1] ?? null
  const caught = bound === null ? listed : bound.parts.slice(0, 1)
  const text = caught.map((one) => one.text).join(', ')
  return {
    kind: 'handler',
    form: text === '' ? 'except' : `except ${text.slice(0, 80)}`,
    region: node,
    conditions: caught,
    body: node.first('block'),
    errorName: alias?.text ?? null,
    protects: node.parent?.in('body') ?? null,
    types: caught.length === 0 ? ['BaseException'] : caught.flatMap(typeNames),
  }
}

/** Names of the types in an except clause: `(requests.Timeout, OSError)` → Timeout, OSError. */
function typeNames(node: SyntaxNode): string[] {
  const listed = node.type === 'tuple' || node.type === 'parenthesized_expression' ? node.parts : [node]
  return listed.map((one) => lastName(one.text)).filter((name) => /^[A-Za-z_]\w*$/.test(name))
}

/** `with suppress(X):` skips the rest of its body in silence. */
function suppressed(node: SyntaxNode): FailureForm | null {
  const call = walk(node.first('with_clause') ?? node, (at) => at.type !== 'block').find((at) =>
    /(?:^|\.)suppress$/.test(calleeOf(at) ?? ''),
  )
  if (call === undefined) return null
  return {
    kind: 'handler',
    form: call.text.slice(0, 80),
    region: call,
    conditions: call.in('arguments')?.parts ?? [],
    body: null,
    errorName: null,
    protects: node.in('body'),
    types: argumentsOf(call).map((one) => lastName(one.text)),
    outcome: 'swallow',
    explained: hasReasonAbove(node),
  }
}

/** A raise, with the condition that leads to it when it is all that its `if` does. */
function raise(node: SyntaxNode, form: string): FailureForm {
  const guard = closest(
    node,
    (at) => at.type === 'if_statement' || at.type === 'elif_clause',
    (at) => at.type === 'function_definition' || at.type === 'except_clause',
  )
  const short = guard !== null && (blockOf(guard)?.parts.length ?? 9) <= 3
  const condition = short ? (guard?.in('condition') ?? null) : null
  return {
    kind: 'raise',
    form,
    region: node,
    conditions: condition === null ? [] : [condition],
    body: null,
    errorName: null,
    protects: null,
    types: raisedTypes(node),
  }
}

/** What is raised is an error type, whatever its name: `raise BelowMinimum(units)`. */
function raisedTypes(node: SyntaxNode): string[] {
  const operand = node.type === 'raise_statement' ? node.parts[0] : undefined
  const name = operand === undefined ? '' : lastName(calleeOf(operand) ?? operand.text)
  return /^[A-Z]\w+$/.test(name) ? [name] : []
}

const FAILED =
  /^(?:(?:\w+\.){0,3}_?(?:err|error|exc|exception)(?: is not None)?|not (?:\w+\.){1,3}(?:ok|success|is_success)|(?:\w+\.){1,3}(?:status_code|status) (?:>=|>|!=) \d+|(?:\w+\.){1,3}returncode(?: != 0)?|(?:\w+\.){1,3}is_err(?:or)?(?:\(\))?)$/

/** `if not response.ok:`, `if result.returncode != 0:`. */
function failedCheck(node: SyntaxNode): FailureForm | null {
  const condition = node.in('condition')
  const body = node.in('consequence')
  if (condition === null || body === null || !FAILED.test(condition.text)) return null
  if (body.parts.length === 1 && body.parts[0]?.type === 'raise_statement') return null
  return {
    kind: 'handler',
    form: `if ${condition.text}`,
    region: node,
    conditions: [condition],
    body,
    errorName: /\b\w*(?:err|error|exc|exception)\b/.exec(condition.text)?.[0] ?? null,
    protects: null,
    types: [],
  }
}

/** `return Response(…, status=400)`, `return HttpResponseBadRequest()`, `abort(404)`. */
function errorAnswer(node: SyntaxNode): FailureForm | null {
  const value = bare(node.type === 'return_statement' ? (node.parts[0] ?? null) : node)
  if (value !== null && node.type === 'expression_statement' && /(?:^|\.)add_error$/.test(calleeOf(value) ?? ''))
    return raise(node, 'add_error')
  if (value === null || !answersFailure(value)) return null
  if (node.type === 'expression_statement' && !/^(?:flask\.)?abort$/.test(calleeOf(value) ?? '')) return null
  return raise(node, 'error response')
}

/** `response.raise_for_status()`: a status of 400 or above becomes an error. */
function failedStatus(node: SyntaxNode): FailureForm | null {
  const raises = /\.raise_for_status$/.test(calleeOf(bare(node) ?? node) ?? '')
  return raises ? { ...raise(node, 'raise_for_status'), outcome: 'propagate' } : null
}

const RESPONSE = /(?:Response\w*|HTTPException|abort|HttpError|send_error|make_response|jsonify|redirect)$/

/** A call or a `body, 404` pair that answers a request with a status of 400 or above. */
export function answersFailure(value: SyntaxNode): boolean {
  if (value.type === 'expression_list' || value.type === 'tuple')
    return /^[45]\d\d$/.test(value.parts[1]?.text ?? '') && value.parts.length <= 3
  const callee = calleeOf(value)
  if (callee === null || !RESPONSE.test(callee)) return false
  if (/^HttpResponse(?:BadRequest|NotFound|Forbidden|ServerError|NotAllowed|Gone)$/.test(lastName(callee))) return true
  const status =
    keyword(value, 'status_code') ??
    keyword(value, 'status') ??
    (/(?:abort|HTTPException|send_error)$/.test(callee) ? (argumentsOf(value)[0] ?? null) : null)
  return status !== null && isFailureStatus(status)
}

function isFailureStatus(node: SyntaxNode): boolean {
  return /^[45]\d\d$/.test(node.text) || statusOfName(lastName(node.text)) !== null
}
