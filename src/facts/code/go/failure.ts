import { isErrorType, statusOfName } from '../failure-words.ts'
import type { FailureForm } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, lastName, statementBeside, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, isFunction, returnedValues, statementsOf } from './syntax.ts'

const DISCARDED = '_ ='

export function failure(node: SyntaxNode): FailureForm | null {
  switch (node.type) {
    case 'if_statement':
      return errorGuard(node)
    case 'return_statement':
      return returnsError(node) && !isOfErrorType(node) ? raise(node, 'return error') : null
    case 'expression_statement':
      return panics(node) ?? errorAnswer(node)
    case 'assignment_statement':
      return discarded(node)
    case 'defer_statement':
      return recovers(node)
    default:
      return null
  }
}

const ERR = /\b(\w*[eE]rr(?:or)?\w?)\s*!=\s*nil\b/
const ERR_CALL = /\.Err\(\)\s*!=\s*nil\b/
const ERR_IS =
  /(?:^|[^!\w.])(?:errors\.(?:Is|As)|os\.Is(?:NotExist|Exist|Timeout|Permission)|\w*[eE]rrors\.Is\w+)\(\s*(?:\w+\.)*(\w+)/

/** `if err != nil { … }`, `if errors.Is(err, X) { … }`, and the else branch of `if err == nil`. */
function errorGuard(node: SyntaxNode): FailureForm | null {
  const condition = node.in('condition')
  const text = condition?.text ?? ''
  const guard = ERR.exec(text) ?? ERR_CALL.exec(text) ?? ERR_IS.exec(text)
  if (condition === null || text.length > 300 || /\brecover\(\)/.test(node.in('initializer')?.text ?? '')) return null
  // What failed before is only compared with.
  if (/^(?:old|prev|previous|last)[A-Z]/.test(guard?.[1] ?? '')) return null
  if (guard !== null) {
    const branches = ERR_IS.test(text)
    const body = node.in('consequence')
    return {
      ...form(node, condition, body, guard[1] ?? 'err', node.in('initializer'), errorTypes(condition)),
      branches,
    }
  }
  const opposite = /^(\w*[eE]rr)\s*==\s*nil$/.exec(text)
  const other = node.in('alternative')
  return opposite !== null && other?.type === 'block'
    ? form(other, condition, other, opposite[1] ?? 'err', node.in('initializer'), [])
    : null
}

function form(
  region: SyntaxNode,
  condition: SyntaxNode,
  body: SyntaxNode | null,
  errorName: string,
  initializer: SyntaxNode | null,
  types: readonly string[],
): FailureForm {
  const protects = initializer ?? assignedAbove(region, errorName)
  const kept: Partial<FailureForm> = isKept(condition, body) ? { outcome: 'propagate' } : {}
  return {
    kind: 'handler',
    form: `if ${condition.text.slice(0, 80)}`,
    region,
    conditions: [condition],
    body,
    errorName,
    protects,
    types,
    answers: protects !== null && ANSWERS.test(protects.text.slice(0, 300)),
    ...kept,
  }
}

/** `templates.Error(r, w, status)`, `writeJSON(w, v)`: it is given the writer of the response. */
const ANSWERS =
  /(?:[tT]empl|[tT]mpl|[rR]ender|[wW]rite|[rR]espond)[\w.]*\((?:\w+(?:\.\w+)*, *)?(?:w|rw|writer|\w+\.Writer)\b/

/** `if m.err != nil { return }`: the failure stays in the field, where the next one looks for it. */
function isKept(condition: SyntaxNode, body: SyntaxNode | null): boolean {
  const only = body === null ? [] : statementsOf(body)
  if (only.length !== 1 || !/^(?:!\w+ \|\| )?\w+(?:\.\w+)*\.\w*[eE]rr(?:or)? *!= *nil$/.test(condition.text))
    return false
  return only[0]?.type === 'return_statement' && returnedValues(only[0]).length === 0
}

/** `x, err := f()` on the line above is what failed. */
function assignedAbove(node: SyntaxNode, errorName: string): SyntaxNode | null {
  const siblings = node.parent?.parts ?? []
  const above = siblings[siblings.indexOf(node) - 1]
  const assigns = above?.type === 'short_var_declaration' || above?.type === 'assignment_statement'
  return assigns && (above.in('left')?.text ?? '').split(/[\s,]+/).includes(errorName) ? above : null
}

function errorTypes(condition: SyntaxNode): string[] {
  if (/(?:^|[^\w])\w*[cC](?:tx|ontext(?:\(\))?)\.Err\(\) *!= *nil/.test(condition.text)) return ['Canceled']
  return walk(condition)
    .filter(
      (at) =>
        at.children.length === 0 &&
        (isErrorType(at.text) ||
          /^err[A-Z]\w*$/.test(at.text) ||
          /^(?:Is[A-Z]\w+|EOF|Canceled|DeadlineExceeded|ErrUnexpectedEOF)$/.test(at.text)),
    )
    .map((at) => at.text)
}

export const MAKES_ERROR =
  /^(?:fmt\.Errorf|errors\.(?:New|Errorf|Wrap|Wrapf|WithStack|WithMessage|Join)|\w*[eE]rrors?\.New\w*|status\.Errorf?|connect\.NewError|echo\.NewHTTPError|fiber\.NewError|huma\.Error\d\w*|xerrors\.\w+|eris\.\w+|new\w*Error|New\w*Err(?:or)?)$/

/** A return whose last value is a new error: `return nil, fmt.Errorf("…")`, `return ErrNotFound`. */
function returnsError(node: SyntaxNode): boolean {
  const values = returnedValues(node)
  const last = values[values.length - 1]
  if (last === undefined) return false
  if (MAKES_ERROR.test(calleeOf(last) ?? '') || (values.length > 1 && values.some(isFailureStatus))) return true
  return (
    /^(?:\w+\.)?Err[A-Z]\w*$/.test(last.text) ||
    (/^&(?:\w+\.)?\w*Err(?:or)?\{/.test(last.text) && last.type === 'unary_expression') ||
    (/^&?(?:\w+\.)?[A-Z]\w*\{/.test(last.text.slice(0, 200)) && returnsErrorLast(node))
  )
}

/** The last result of the function around is an `error`: `return nil, &DeviceCodeInvalid{}`. */
function returnsErrorLast(node: SyntaxNode): boolean {
  return /(?:^|[\s,])error\)?$/.test(closest(node, isFunction)?.in('result')?.text ?? '')
}

/** `func (e notFound) Unwrap() error`: how an error describes itself. */
function isOfErrorType(node: SyntaxNode): boolean {
  const method = closest(node, (at) => at.type === 'method_declaration')
  return /^(?:Unwrap|Is|As|Cause)$/.test(method?.in('name')?.text ?? '')
}

/** A raise, with the condition that leads to it when it is all that its `if` does. */
function raise(node: SyntaxNode, given: string): FailureForm {
  const guard = closest(
    node,
    (at) => at.type === 'if_statement' || at.type === 'expression_case' || at.type === 'default_case',
    (at) => isFunction(at),
  )
  const block = guard?.in('consequence') ?? null
  const condition = guard !== null && block !== null && statementsOf(block).length <= 3 ? guard.in('condition') : null
  const name = guard !== null && isTypeAssertion(guard) ? 'failed type assertion' : given
  return {
    kind: 'raise',
    form: name,
    region: node,
    conditions: condition === null ? [] : [condition],
    body: null,
    errorName: null,
    protects: null,
    types: [],
  }
}

/** `x, ok := y.(*T)` with `if !ok` below it: only a wrong program gets there. */
function isTypeAssertion(guard: SyntaxNode): boolean {
  if (guard.type !== 'if_statement' || !/^!\w+$/.test(guard.in('condition')?.text ?? '')) return false
  const from = guard.in('initializer') ?? statementBeside(guard, -1)
  return from?.in('right')?.parts[0]?.type === 'type_assertion_expression'
}

function panics(node: SyntaxNode): FailureForm | null {
  const callee = calleeOf(node.parts[0] ?? node)
  if (callee === 'panic') return raise(node, 'panic')
  if (
    callee !== null &&
    /^(?:\w+\.)?(?:log|logger|klog|logrus)\.(?:Fatal|Fatalf|Fatalln|Panic|Panicf)$|^os\.Exit$/.test(callee)
  )
    return { ...raise(node, callee), outcome: 'exit' }
  return null
}

/** `http.Error(w, …, 500)`, `w.WriteHeader(http.StatusBadRequest)`, `c.JSON(404, …)`. */
function errorAnswer(node: SyntaxNode): FailureForm | null {
  const call = node.parts[0]
  return call !== undefined && answersFailure(call) ? raise(node, 'error response') : null
}

export function answersFailure(call: SyntaxNode): boolean {
  const callee = calleeOf(call)
  if (callee === null) return false
  if (/^http\.(?:Error|NotFound)$/.test(callee)) return true
  const given = argumentsOf(call)
  const [to, ...what] = given
  if (/^(?:w|rw|res|resp|writer|c|ctx)$/.test(to?.text ?? '') && what.some(isFailureAnswer)) return true
  if (
    !/\.(?:WriteHeader|JSON|String|AbortWithStatus|AbortWithStatusJSON|AbortWithError|SendStatus|NoContent|Status|Error|WriteErr|WriteError|RespondError|XML|HTML)$/.test(
      callee,
    )
  )
    return false
  return given.some((one) => /^[45]\d\d$/.test(one.text) || isFailureStatus(one))
}

/** `http.StatusForbidden`, `util.NewErrorResponse("not yours", http.StatusForbidden)`. */
function isFailureAnswer(value: SyntaxNode): boolean {
  return isFailureStatus(value) || (calleeOf(value) !== null && argumentsOf(value).some(isFailureStatus))
}

/** `http.StatusForbidden`. */
export function isFailureStatus(value: SyntaxNode): boolean {
  return /^(?:http|fasthttp|fiber)\.Status\w+$/.test(value.text) && statusOfName(lastName(value.text)) !== null
}

/** `_ = charge(order)`: whatever comes back is dropped. */
function discarded(node: SyntaxNode): FailureForm | null {
  const call = node.in('right')?.parts[0]
  if (node.in('left')?.text !== '_' || call === undefined || calleeOf(call) === null) return null
  if (answersFailure(call)) return raise(node, 'error response')
  return {
    kind: 'handler',
    form: DISCARDED,
    region: node,
    conditions: [node],
    body: null,
    errorName: null,
    protects: call,
    types: [],
    outcome: 'swallow',
  }
}

/** `defer func() { if r := recover(); r != nil { … } }()`. */
function recovers(node: SyntaxNode): FailureForm | null {
  const call = walk(node).find((at) => calleeOf(at) === 'recover')
  if (call === undefined) return null
  const guard = closest(
    call,
    (at) => at.type === 'if_statement',
    (at) => at.type === 'defer_statement',
  )
  return {
    kind: 'boundary',
    form: 'recover',
    region: node,
    conditions: [],
    body: guard?.in('consequence') ?? walk(node).find((at) => at.type === 'block') ?? null,
    errorName: 'r',
    protects: null,
    types: [],
  }
}
