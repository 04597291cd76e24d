import type { Fault } from '../code-facts.ts'
import { NO_SIGNATURE, plainText, signatureOf } from '../failure-signature.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, bare, calleeOf, functionName, isFunction, STRINGS } from './syntax.ts'

const REJECTS =
  /^(?:mockRejectedValue|mockRejectedValueOnce|mockReject|mockRejectOnce|mockAbort|replyWithError|networkError|thenReject|mockThrow)$/
const TAKES_FUNCTION = /^(?:mockImplementation|mockImplementationOnce|callsFake|doMock|spyOn|fn|method)$/
const REPLIES = /(?:^|\.)(?:reply|respond|respondWith|thenReply|replyOnce|writeHead|sendStatus|status)$|^ctx\.status$/
const ANSWERS =
  /^(?:mockResolvedValue|mockResolvedValueOnce|mockReturnValue|mockReturnValueOnce|json|mockImplementation|mockResponse|mockResponseOnce)$/
const FAILED_ANSWER =
  /\b(?:ok|success)\s*:\s*false|\bstatus(?:Code)?\s*:\s*[45]\d\d|\b(?:serverError|error)\s*:|^\w+\.error\b|\berr\(/

/** What a node of a test makes fail: a mock that rejects, a stub that throws, a server that answers 500. */
export function injectsFailure(node: SyntaxNode): Fault | null {
  if (isFunction(node)) return throwingStub(node)
  if (node.type === 'new_expression') return failedResponse(node)
  if (node.type !== 'call_expression') return null
  const callee = calleeOf(node) ?? ''
  const method = lastName(callee)
  if (REJECTS.test(method)) return fault(node, targetOf(node))
  if (/^(?:rejects|throws)$/.test(method) && /stub|sinon|sandbox|fake/.test(callee)) return fault(node, targetOf(node))
  const given = argumentsOf(node)
  if (TAKES_FUNCTION.test(method) && given.some((one) => isFunction(one) && mayThrow(one)))
    return fault(node, targetOf(node))
  if (REPLIES.test(callee) && /^[45]\d\d$/.test(given[0]?.text ?? '')) return fault(node, [])
  if (ANSWERS.test(method)) {
    const text = node.text.slice(0, 1_500)
    if (FAILED_ANSWER.test(text)) return fault(node, targetOf(node))
  }
  return /^HttpResponse\.error$/.test(callee) ? { ...NO_SIGNATURE, into: [] } : null
}

function mayThrow(fn: SyntaxNode): boolean {
  return /\bthrow\b|reject\(/.test(fn.text.slice(0, 2_000))
}

/** `{ send: async () => { throw … } }`, `const charge = () => Promise.reject(…)`: a function that only fails. */
function throwingStub(fn: SyntaxNode): Fault | null {
  const call = fn.parent?.type === 'arguments' ? fn.parent.parent : null
  const callee = call === null ? '' : (calleeOf(call) ?? '')
  if (/^(?:it|test|describe|expect|assert|specify|before|after|t)\b|throws|rejects/i.test(callee)) return null
  if (TAKES_FUNCTION.test(lastName(callee)) || !alwaysThrows(fn)) return null
  const name = functionName(fn) ?? ''
  return fault(fn, name === '' || name === 'default' ? [] : [name])
}

/** Its body itself throws or rejects, whatever it is given. */
function alwaysThrows(fn: SyntaxNode): boolean {
  const body = fn.in('body')
  if (body === null) return false
  const statements = body.type === 'statement_block' ? body.parts : [body]
  return statements.some((one) => {
    if (one.type === 'throw_statement') return true
    const value = bare(one.type === 'return_statement' ? (one.parts[0] ?? null) : one)
    return value !== null && /^(?:Promise\.)?reject$/.test(calleeOf(value) ?? '')
  })
}

/** `new HttpResponse(null, { status: 500 })`. */
function failedResponse(node: SyntaxNode): Fault | null {
  const isAnswer = /^(?:Http|Next)?Response$/.test(calleeOf(node) ?? '')
  return isAnswer && /\bstatus\s*:\s*[45]\d\d\b/.test(argumentsOf(node)[1]?.text ?? '') ? fault(node, []) : null
}

/** `vi.mocked(charge).mockRejectedValue(…)`, `jest.spyOn(gateway, 'charge')`, `t.mock.method(gateway, 'charge', …)` → charge. */
function targetOf(call: SyntaxNode): readonly string[] {
  const [first, second] = argumentsOf(call)
  const method = lastName(calleeOf(call) ?? '')
  if (/^(?:spyOn|method|stub)$/.test(method) && second !== undefined && STRINGS.has(second.type))
    return [plainText(second.text)]
  if (/^mocked$/.test(method) && first !== undefined) return [lastName(first.text)]
  if (/^(?:fn|stub|doMock)$/.test(method)) return []
  const object = bare(call.in('function')?.in('object') ?? null)
  if (object === null) return []
  if (object.type === 'call_expression') return targetOf(object)
  const name = lastName(object.text.replace(/\s+as\s[\s\S]*$/, ''))
  const bareName = name.replace(/^(?:mock|stub|fake|spy)(?=[A-Z])/, '')
  return [name, bareName.charAt(0).toLowerCase() + bareName.slice(1)]
}

function fault(node: SyntaxNode, into: readonly string[]): Fault {
  return { ...(walk(node).length > 4_000 ? NO_SIGNATURE : signatureOf([node], STRINGS)), into }
}
