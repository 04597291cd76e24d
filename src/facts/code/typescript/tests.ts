import type { FailureSignature } from '../code-facts.ts'
import { NO_SIGNATURE, plainText, signatureOf } from '../failure-signature.ts'
import { meansFailure } from '../failure-words.ts'
import type { TestForm } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, isFunction, STRINGS } from './syntax.ts'

/** `it('…', fn)`, `test.only(…)`, `it.each(…)('…', fn)`, `describe('…', fn)`; Jest, Vitest, Mocha, node:test, Playwright, Cypress. */
export function test(node: SyntaxNode): TestForm | null {
  if (node.type !== 'call_expression') return null
  const callee = calleeOf(node) ?? ''
  const head = /^(\w+)/.exec(callee)?.[1] ?? ''
  const suite = /^(?:describe|context|suite|fdescribe|xdescribe|xcontext)$/.test(head)
  if (!suite && !/^(?:it|test|specify|fit|xit|xtest|xspecify|Deno)$/.test(head)) return null
  if (!suite && /^(?:test|it)\.(?:describe|step|use|beforeEach|afterEach|beforeAll|afterAll|extend|each)$/.test(callee))
    return null
  const given = argumentsOf(node)
  const title = given[0]
  if (title === undefined || !given.some(holdsTest)) return null
  const named = STRINGS.has(title.type) ? plainText(title.text) : title.text.slice(0, 80)
  const skipped = /^x/.test(head) || SKIPPED.test(callee) || given.some(hasSkip) || given.some(skipsItself)
  return { title: named, region: node, suite: suite || /^test\.describe/.test(callee), skipped }
}

/** The function, or a call that wraps it: `testService(async (service) => …)`, `fakeAsync(() => …)`. */
function holdsTest(argument: SyntaxNode): boolean {
  return isFunction(argument) || (argument.type === 'call_expression' && argumentsOf(argument).some(isFunction))
}

/** `it.skip`, `test.concurrent.skip.each(…)`, `test.fixme`, and cases that are there to fail; not `it.skipIf(…)`. */
const SKIPPED = /^\w+(?:\.\w+)*?\.(?:skip|fixme|todo|fail|fails|failing|ignore)(?![\w$])/

/** node:test, Vitest and Deno: `test('…', { skip: true }, fn)`. */
function hasSkip(argument: SyntaxNode): boolean {
  if (argument.type !== 'object') return false
  return argument.parts.some((pair) => {
    const value = pair.in('value')
    return (
      /^(?:skip|todo|fails|ignore)$/.test(pair.in('key')?.text ?? '') &&
      value !== null &&
      (value.text === 'true' || STRINGS.has(value.type))
    )
  })
}

/** `this.skip()`, `t.skip('later')`, under no condition. */
function skipsItself(callback: SyntaxNode): boolean {
  if (!isFunction(callback)) return false
  return (callback.in('body')?.parts ?? []).some((statement) => {
    const call = statement.type === 'expression_statement' ? statement.parts[0] : undefined
    if (call === undefined || !/^(?:this|t|ctx|context|test|it)\.skip$/.test(calleeOf(call) ?? '')) return false
    return argumentsOf(call).every((one) => STRINGS.has(one.type))
  })
}

const RAISES =
  /^(?:toThrow|toThrowError|toThrowErrorMatchingSnapshot|toThrowErrorMatchingInlineSnapshot|throws|rejects|throwsAsync|rejectedWith|rejected|throw|toThrowWithMessage)$/
const COMPARES =
  /^(?:toBe|toBeGreaterThan|toBeGreaterThanOrEqual|toEqual|toStrictEqual|toMatchObject|toMatch|toContain|toHaveProperty|toContainEqual|toHaveBeenCalledWith|toHaveBeenCalled|toHaveBeenLastCalledWith|toHaveBeenNthCalledWith|toHaveBeenCalledTimes|toHaveBeenCalledOnce|calledWith|equal|strictEqual|deepEqual|deepStrictEqual|match|eq|eql|include|toBeDefined|toBeTruthy|toBeInTheDocument|toBeVisible|toHaveTextContent|ok|true|status|is|toBeInstanceOf|toBeFalsy|toBeNull|toBeUndefined|toHaveLength|toBeCalled|toBeCalledWith|toMatchInlineSnapshot|toMatchSnapshot|toHaveStatus|not)$/

export function assertsFailure(node: SyntaxNode): FailureSignature | null {
  if (node.type === 'member_expression') {
    const rejects = node.in('property')?.text === 'rejects' && /^expect\b/.test(node.in('object')?.text ?? '')
    return rejects ? signature(closest(node, (at) => at.type === 'expression_statement') ?? node) : null
  }
  const callee = calleeOf(node)
  if (callee === null || node.type !== 'call_expression') return null
  const method = lastName(callee)
  if (RAISES.test(method) && !/\.not\.\w+$/.test(callee)) return signature(node)
  const given = argumentsOf(node)
  if (
    /^(?:expect|expectStatus|toHaveStatus|status)$/.test(method) &&
    given.some((one) => /^[45]\d\d$/.test(one.text)) &&
    method !== callee
  )
    return signature(node)
  if (!COMPARES.test(method) || !isAssertion(callee)) return null
  if (!saysFailure(node, callee)) return null
  // From 400 on: any failure.
  return /^toBeGreaterThan/.test(method) ? NO_SIGNATURE : signature(node)
}

function isAssertion(callee: string): boolean {
  return /^(?:expect|assert|t|should|chai|sinon|cy)\b|\.should\./.test(callee)
}

/** The assertion speaks of an error, a failed result, a status of 400 or above, or a refusal. */
function saysFailure(node: SyntaxNode, callee: string): boolean {
  const negated = /\.not\.\w+$/.test(callee)
  const subject = callee.slice(0, 300)
  const text = node.text.slice(0, 1_500)
  if (/\b[45]\d\d\b/.test(text) && /status|code/i.test(text)) return !negated
  if (negated && /\b(?:200|201|204)\b/.test(text) && /status|code/i.test(text)) return true
  if (
    /\.(?:ok|success|isOk|succeeded|valid)(?:\(\))?\s*(?:,[^)]*)?\)\.(?:toBe|toEqual|toStrictEqual|toBeFalsy)$/.test(
      subject,
    )
  )
    return /false|Falsy/.test(text)
  if (/\.(?:ok|success)(?:\(\))?\s*(?:,[^)]*)?\)\.not\.toBe(?:Truthy)?$/.test(subject)) return /true|Truthy/.test(text)
  if (/(?:toBeNull|toBeUndefined|toBeFalsy)$/.test(subject) || negated) return false
  if (/(?:\.|^expect\()\w*(?:mock|spy)?\w*(?:err|error|errors)\b\)?\.(?:toBeNull|toBeUndefined)/i.test(subject))
    return false
  return meansFailure(text)
}

const LITERALS = /^(?:string|number|true|false|null|undefined|regex)$/

/** `expect(x).toBe(1)`, `assert.equal(x, 1)`, `t.is(x, 1)`; not `expect(x)` alone, nor what only compares literals. */
export function asserts(node: SyntaxNode): boolean {
  if (node.type !== 'call_expression') return false
  const callee = calleeOf(node) ?? ''
  if (/\.should\.\w/.test(callee)) return true
  if (!/^(?:expect\w*|assert\w*|should|t|cy|chai|sinon)\b/.test(callee)) return false
  if (/^(?:chai\.)?expect(?:\.(?:soft|poll))?$/.test(callee))
    return node.parent?.type === 'member_expression' && !argumentsOf(node).every((one) => LITERALS.test(one.type))
  if (/^expect\b/.test(callee)) return false
  if (/^t\.(?:plan|teardown|after|before|mock|skip|todo|diagnostic|context|log|timeout|test|step)/.test(callee))
    return false
  return /^(?:cy|sinon|chai|should)\b/.test(callee) || argumentsOf(node).some((one) => !LITERALS.test(one.type))
}

/** `vi.mock('./x')` → 'module:./x'; `vi.spyOn(x, 'f')` → 'f'. */
export function doubles(node: SyntaxNode): readonly string[] {
  if (node.type !== 'call_expression') return []
  const callee = calleeOf(node) ?? ''
  if (!/^(?:jest|vi|mock|td|sinon|sandbox|t\.mock)\.\w+$/.test(callee)) return []
  const [first, second] = argumentsOf(node)
  if (/\.(?:mock|doMock|unstable_mockModule|module|replace)$/.test(callee) && first?.type === 'string')
    return [`module:${plainText(first.text)}`]
  if (/\.(?:spyOn|stub|method)$/.test(callee) && second?.type === 'string') return [plainText(second.text)]
  return []
}

function signature(node: SyntaxNode): FailureSignature {
  return signatureOf([...argumentNodes(node)], STRINGS)
}

/** The whole chain counts: `expect(await call()).rejects.toThrow(X)` names X at its end. */
function argumentNodes(node: SyntaxNode): readonly SyntaxNode[] {
  return walk(node).length > 4_000 ? [] : [node]
}
