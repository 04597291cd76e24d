import type { FailureOutcome } from '../code-facts.ts'
import { isErrorType, isReportCall, meansFailure, statusOfName } from '../failure-words.ts'
import type { FailureForm } from '../language.ts'
import { lostInFinally } from '../lost-in-finally.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, hasReasonAbove, lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, bare, calleeOf, firstParameter, isFunction } from './syntax.ts'

export function failure(node: SyntaxNode): FailureForm | null {
  switch (node.type) {
    case 'catch_clause':
      return catchClause(node)
    case 'finally_clause':
      return lostInFinally(node, node.in('body'))
    case 'throw_statement':
      return thrown(node)
    case 'if_statement':
      return failedCheck(node)
    case 'call_expression':
      return rejectionHandler(node) ?? errorListener(node)
    case 'return_statement':
    case 'expression_statement':
      return errorAnswer(node)
    case 'pair':
      return errorCallback(node)
    default:
      return isFunction(node) ? errorMiddleware(node) : null
  }
}

function catchClause(node: SyntaxNode): FailureForm {
  const body = node.in('body')
  const tried = node.parent?.in('body') ?? null
  return {
    kind: 'handler',
    form: 'catch',
    region: node,
    conditions: [],
    body,
    errorName: node.in('parameter')?.text ?? null,
    protects: tried,
    types: body === null ? [] : caughtTypes(body),
    explained: isShown(tried),
    waits: tried !== null && walk(tried).some((at) => WAITS.has(at.type)),
  }
}

/** `for await` holds an `await` too. */
const WAITS = new Set(['await', 'await_expression', 'yield_expression'])

/** `e instanceof X` in a handler: the failures it tells apart. */
function caughtTypes(body: SyntaxNode): string[] {
  return walk(body)
    .filter((at) => at.type === 'binary_expression' && at.in('operator')?.text === 'instanceof')
    .map((at) => lastName(at.in('right')?.text ?? ''))
    .filter((name) => name !== 'Error')
}

/** `throw redirect('/login')` and `throw notFound()` go to another page. */
function thrown(node: SyntaxNode): FailureForm | null {
  const callee = calleeOf(bare(node.parts[0] ?? null) ?? node) ?? ''
  return /^(?:redirect|permanentRedirect|notFound)$/.test(callee) ? null : raise(node, 'throw')
}

/** A raise, with the condition that leads to it when it is all that its `if` does. */
function raise(node: SyntaxNode, form: string): FailureForm {
  const guard = closest(
    node,
    (at) => at.type === 'if_statement',
    (at) => isFunction(at) || at.type === 'catch_clause',
  )
  const condition = guard !== null && (guard.in('consequence')?.parts.length ?? 0) <= 3 ? guard.in('condition') : null
  return {
    kind: 'raise',
    form,
    region: node,
    conditions: condition === null ? [] : [condition],
    body: null,
    errorName: null,
    protects: null,
    types: thrownTypes(node),
  }
}

/** What is thrown is an error type, whatever its name: `throw new BelowMinimum(units)`. */
function thrownTypes(node: SyntaxNode): string[] {
  const operand = node.type === 'throw_statement' ? bare(node.parts[0] ?? null) : null
  const name = operand === null ? '' : lastName(calleeOf(operand) ?? '')
  return /^[A-Z]\w+$/.test(name) ? [name] : []
}

const FAILED =
  /^\(\s*(?:(?:\w+(?:\?)?\.){0,3}_?(?:err|error|ex|exception|lastError)(?:\s*(?:!==?)\s*(?:null|undefined))?|!\s*(?:\w+(?:\?)?\.){0,3}(?:ok|success|isOk\(\)|succeeded)|!\s*(?:res|response|resp)|(?:\w+(?:\?)?\.){1,3}(?:isErr\(\)|isError|isFailure\(\)|isLeft\(\)))\s*\)$/

/** `if (err) …`, `if (!res.ok) …`, `if (result.isErr()) …`. */
function failedCheck(node: SyntaxNode): FailureForm | null {
  const condition = node.in('condition')
  const body = node.in('consequence')
  if (condition === null || body === null || condition.text.length > 120) return null
  if (!FAILED.test(condition.text) || isBareJsx(body) || isLogOnly(node)) return null
  const only = body.type === 'statement_block' ? body.parts : [body]
  if (only.length === 1 && only[0]?.type === 'throw_statement') return null
  const name = /[A-Za-z_$][\w$]*/.exec(condition.text)?.[0] ?? null
  return {
    kind: 'handler',
    form: `if ${condition.text}`,
    region: node,
    conditions: [condition],
    body,
    errorName: name,
    protects: null,
    types: [],
  }
}

/** A component that shows its error state is a screen, not a failure path of code. */
function isBareJsx(body: SyntaxNode): boolean {
  const only = body.type === 'statement_block' ? body.parts : [body]
  return only.length === 1 && only[0]?.type === 'return_statement' && /^return\s*\(?\s*</.test(only[0].text)
}

/** `if (error) log(message, error); else log(message)` picks words. */
function isLogOnly(node: SyntaxNode): boolean {
  const other = node.in('alternative')?.parts[0] ?? null
  return other !== null && [node.in('consequence'), other].every((branch) => branch !== null && logs(branch))
}

function logs(branch: SyntaxNode): boolean {
  const statements = branch.type === 'statement_block' ? branch.parts : [branch]
  return statements.length > 0 && statements.every((one) => isReportCall(calleeOf(bare(one) ?? one) ?? ''))
}

/** A promise takes functions: `z.string().catch('x')` is a default of a schema. */
const IS_VALUE = /^(?:undefined|null|true|false|number|string|template_string|array|object)$/

/** `p.catch(handler)` and the second argument of `p.then`. */
function rejectionHandler(node: SyntaxNode): FailureForm | null {
  const property = node.in('function')?.in('property')?.text
  const given = argumentsOf(node)
  const handler =
    property === 'catch' && given.length === 1
      ? given[0]
      : property === 'then' && given.length === 2
        ? given[1]
        : undefined
  if (handler === undefined || IS_VALUE.test(handler.type) || (property === 'then' && given[0]?.text === handler.text))
    return null
  const protects = node.in('function')?.in('object') ?? null
  if (/^(?:z|yup|s|schema|prisma)\b/.test(protects?.text ?? '') && property === 'catch' && !isFunction(handler))
    return null
  return {
    ...handlerForm(handler, `.${property}()`, protects),
    // `const p = f(); p.catch(() => {})` keeps the process alive until somebody awaits `p`.
    explained: isCheckedBelow(node) || hasReasonAbove(node) || protects?.type === 'identifier' || isShown(protects),
  }
}

/** `const { mutateAsync, isError } = useMutation()`: the page shows by itself that it failed. */
function isShown(protects: SyntaxNode | null): boolean {
  if (protects === null || !/\b\w*(?:mutate|Mutation)\w*\(/.test(protects.text.slice(0, 400))) return false
  let component: SyntaxNode | null = null
  for (let at = protects.parent; at !== null; at = at.parent) if (isFunction(at)) component = at
  return component !== null && /\b(?:isError|onError)\b/.test(component.text)
}

/** `const x = await f().catch(() => null)` with an `if` on `x` right below it. */
function isCheckedBelow(call: SyntaxNode): boolean {
  const declared = closest(call, (at) => at.type === 'variable_declarator', isFunction)
  const name = declared?.in('name')?.text
  const statement = declared?.parent ?? null
  if (name === undefined || statement === null) return false
  const siblings = statement.parent?.parts ?? []
  const next = siblings[siblings.indexOf(statement) + 1]
  const condition = next?.type === 'if_statement' ? (next.in('condition')?.text ?? '') : ''
  return condition.split(/[^\w$]+/).includes(name)
}

/** `stream.on('error', handler)`. */
function errorListener(node: SyntaxNode): FailureForm | null {
  const callee = calleeOf(node) ?? ''
  const [event, handler] = argumentsOf(node)
  if (!/\.(?:on|once|addListener)$/.test(callee) || event?.type !== 'string' || handler === undefined) return null
  if (!/^['"](?:error|unhandledRejection|uncaughtException)['"]$/.test(event.text)) return null
  return { ...handlerForm(handler, `on(${event.text})`, null), kind: 'boundary' }
}

/** `{ onError: (e) => … }`. */
function errorCallback(node: SyntaxNode): FailureForm | null {
  const value = node.in('value')
  if (value === null || !/^(?:onError|onFailure|onRejected)$/.test(node.in('key')?.text ?? '') || !isFunction(value))
    return null
  return handlerForm(value, `${node.in('key')?.text}`, null)
}

function handlerForm(handler: SyntaxNode, form: string, protects: SyntaxNode | null): FailureForm {
  const common = { kind: 'handler', form, region: handler, conditions: [], protects, types: [] } as const
  if (!isFunction(handler)) {
    return { ...common, conditions: [handler], body: null, errorName: null, outcome: outcomeOfName(handler) }
  }
  return { ...common, body: handler.in('body'), errorName: firstParameter(handler) }
}

/** What a function that is handed over does, by its name. */
function outcomeOfName(handler: SyntaxNode): FailureOutcome {
  const { text } = handler
  if (/^(?:null|undefined|noop|_?\.?noop|Function\.prototype)$/.test(text) || isReportCall(text)) return 'swallow'
  if (/^(?:next|reject|done|cb|callback)$/.test(text)) return 'propagate'
  const name = lastName(calleeOf(handler) ?? text)
  return meansFailure(name) || /^(?:as|to|throw|rethrow|wrap)[A-Z]/.test(name) ? 'translate' : 'recover'
}

/** Express selects error middleware by its four parameters. */
function errorMiddleware(node: SyntaxNode): FailureForm | null {
  const parameters = node.in('parameters')?.parts ?? []
  const name = firstParameter(node)
  if (parameters.length !== 4 || name === null || !/^_?(?:err|error|e|ex)$/.test(name)) return null
  return {
    kind: 'boundary',
    form: 'error middleware',
    region: node,
    conditions: [],
    body: node.in('body'),
    errorName: name,
    protects: null,
    types: [],
  }
}

/** A statement that answers a request with a status of 400 or above, or returns an error value. */
function errorAnswer(node: SyntaxNode): FailureForm | null {
  const call = bare(node.type === 'return_statement' ? (node.parts[0] ?? null) : node)
  if (call === null || (call.type !== 'call_expression' && call.type !== 'new_expression')) return null
  if (isFunction(node.parent ?? node)) return null
  if (/(?:^|\.)addIssue$/.test(calleeOf(call) ?? '')) return raise(node, 'addIssue')
  const rejected = /^(?:Promise\.)?reject$/.test(calleeOf(call) ?? '')
  if (rejected) return raise(node, 'reject')
  if (
    node.type === 'return_statement' &&
    /^(?:err|errAsync|left|failure|Err|Result\.err|(?:E|TE|Either|TaskEither)\.left)$/.test(calleeOf(call) ?? '')
  )
    return raise(node, `return ${calleeOf(call)}()`)
  if (/^(?:nock|expect|mock|msw|fetchMock|HttpResponse)\b/.test(call.text)) return null
  return answersFailure(call) ? raise(node, 'error response') : null
}

const STATUS_CALL = /(?:^|\.)(?:status|sendStatus|code|writeHead|createError|httpError|createHttpError|redirect)$/
const BODY_CALL = /(?:^|\.)(?:json|text|html|body|newResponse|send|error|NextResponse\.json|Response\.json|Response)$/

/** `res.status(404).json(…)`, `c.json(body, 404)`, `NextResponse.json(body, { status: 500 })`, `responses.notFoundResponse()`. */
export function answersFailure(call: SyntaxNode): boolean {
  for (const at of walk(call, (node) => !isFunction(node))) {
    const callee = calleeOf(at)
    if (callee === null) continue
    const given = argumentsOf(at)
    if (STATUS_CALL.test(callee) && given.some((one) => isFailureStatus(one))) return true
    if (BODY_CALL.test(callee) && given.some((one) => isFailureStatus(one) || hasFailureStatus(one))) return true
    if (/Response$/.test(callee) && /^responses?\./.test(callee) && statusOfName(lastName(callee)) !== null) return true
    if (at.type === 'new_expression' && isErrorType(lastName(callee)) && at === call) return false
  }
  return false
}

function isFailureStatus(node: SyntaxNode): boolean {
  if (node.type === 'number') return /^[45]\d\d$/.test(node.text)
  return (
    node.type === 'member_expression' &&
    /(?:^|\.)(?:HttpStatus|StatusCodes|HttpStatusCode|StatusCode|HTTP_STATUS|HttpCode)\.\w+$/.test(node.text) &&
    statusOfName(lastName(node.text)) !== null
  )
}

function hasFailureStatus(node: SyntaxNode): boolean {
  if (node.type !== 'object') return false
  return node.parts.some(
    (pair) =>
      pair.type === 'pair' &&
      /^['"]?(?:status|statusCode)['"]?$/.test(pair.in('key')?.text ?? '') &&
      isFailureStatus(pair.in('value') ?? pair),
  )
}
