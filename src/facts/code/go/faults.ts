import type { Fault } from '../code-facts.ts'
import { NO_SIGNATURE, plainText, signatureOf } from '../failure-signature.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, isFunction, returnedValues, STRINGS, statementsOf } from './syntax.ts'

const ERROR_VALUE =
  /errors\.New|fmt\.Errorf|assert\.AnError|context\.(?:DeadlineExceeded|Canceled)|io\.(?:EOF|ErrUnexpectedEOF)|\bErr[A-Z]\w*|\b\w*[eE]rr\b|status\.Error/
const NEW_ERROR = /^(?:errors\.New|fmt\.Errorf|assert\.AnError|io\.\w*EOF|(?:\w+\.)?Err[A-Z]\w*)/

/** What a node of a test makes fail, `fake.ChargeReturns(err)` of counterfeiter too: a mock that returns an error, a stand-in that only fails, a server that answers 500. */
export function injectsFailure(node: SyntaxNode): Fault | null {
  if (isFunction(node)) return failingStub(node)
  if (node.type === 'keyed_element') return failingField(node)
  const callee = calleeOf(node)
  if (callee === null) return null
  const name = lastName(callee)
  const text = argumentsOf(node)
    .map((one) => one.text.slice(0, 600))
    .join(', ')
  if (/^(?:Return|WillReturnError|ReturnError|DoAndReturn|WillReturn|Returns|ReplyError|SetError)$/.test(name))
    return ERROR_VALUE.test(text) ? fault(node, expectedCall(node)) : null
  if (
    /^(?:http\.HandlerFunc|httptest\.NewServer|httptest\.NewTLSServer|HandleFunc)$/.test(callee) ||
    name === 'HandleFunc'
  )
    return /WriteHeader\((?:http\.Status|[45])|http\.Error\(|Hijack\(/.test(text) ? fault(node, []) : null
  const fake = /^(\w+)Returns(?:OnCall)?$/.exec(name)
  if (fake !== null) return ERROR_VALUE.test(text) ? fault(node, [fake[1] ?? '']) : null
  if (/^(?:PrependReactor|AddReactor)$/.test(name))
    return /errors\.New|fmt\.Errorf|\berr\b/.test(text) ? fault(node, []) : null
  return null
}

/** `gw.EXPECT().Charge(1).Return(err)`, `gw.On("Charge").Return(err)`, `mock.OnAnything(gw, "Charge")` → Charge. */
function expectedCall(node: SyntaxNode): readonly string[] {
  const call = node.in('function')?.in('operand') ?? null
  const callee = call === null ? null : calleeOf(call)
  if (call === null || callee === null) return []
  const name = lastName(callee)
  if (/^(?:Times|AnyTimes|MinTimes|MaxTimes|Once|Maybe|Run|Do)$/.test(name)) return expectedCall(call)
  if (!/^On(?:[A-Z]|$)/.test(name)) return /\.EXPECT\(\)\.\w+$/.test(callee) ? [name] : []
  const method = argumentsOf(call).find((one) => STRINGS.has(one.type))
  return method === undefined ? [] : [plainText(method.text)]
}

/** `charge = func(…) error { return errors.New("down") }`, and a method of a fake that only fails. */
function failingStub(fn: SyntaxNode): Fault | null {
  const body = fn.in('body')
  const statements = body === null ? [] : statementsOf(body)
  const only = statements.at(-1)
  if (only?.type !== 'return_statement' || statements.length > 3) return null
  const last = returnedValues(only).at(-1)
  return last !== undefined && ERROR_VALUE.test(last.text.slice(0, 300)) ? fault(only, []) : null
}

/** `fakeStore{err: errors.New("down")}`; not what a table expects. */
function failingField(node: SyntaxNode): Fault | null {
  const [key, value] = node.parts
  if (key === undefined || value === undefined || !/err/i.test(key.text)) return null
  return !/want|exp|should/i.test(key.text) && NEW_ERROR.test(value.text) ? fault(value, []) : null
}

function fault(node: SyntaxNode, into: readonly string[]): Fault {
  return { ...(walk(node).length > 4_000 ? NO_SIGNATURE : signatureOf([node], STRINGS)), into }
}
