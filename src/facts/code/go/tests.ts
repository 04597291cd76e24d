import type { FailureSignature } from '../code-facts.ts'
import { NO_SIGNATURE, signatureOf } from '../failure-signature.ts'
import { isErrorType, meansFailure, statusOfName } from '../failure-words.ts'
import type { TestForm } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, isFunction, STRINGS, statementsOf } from './syntax.ts'

/** `func TestX(t *testing.T)`, suite methods, and ginkgo's `It`. A table test is one case with all its rows. */
export function test(node: SyntaxNode): TestForm | null {
  if (node.type === 'function_declaration' || node.type === 'method_declaration') {
    const name = node.in('name')?.text ?? ''
    return /^(?:Test|Fuzz|Example)(?:[A-Z0-9_]|$)/.test(name)
      ? { title: name, region: node, suite: false, skipped: skipsItself(node) }
      : null
  }
  if (node.type !== 'call_expression') return null
  const callee = calleeOf(node) ?? ''
  const title = argumentsOf(node)[0]
  if (title === undefined || !STRINGS.has(title.type)) return null
  if (/^(?:It|Specify|FIt|F?DescribeTable)$/.test(callee))
    return { title: title.text.slice(1, -1), region: node, suite: false }
  if (/^[PX](?:It|Specify|Describe|Context|When|Entry|DescribeTable)$/.test(callee))
    return { title: title.text.slice(1, -1), region: node, suite: true, skipped: true }
  return /^(?:Describe|Context|When)$/.test(callee)
    ? { title: title.text.slice(1, -1), region: node, suite: true }
    : null
}

/** `t.Skip("later")` under no condition. */
function skipsItself(node: SyntaxNode): boolean {
  const body = node.in('body')
  if (body === null) return false
  return statementsOf(body).some((one) => /^[a-z]\.Skip(?:f|Now)?$/.test(calleeOf(one.parts[0] ?? one) ?? ''))
}

export function assertsFailure(node: SyntaxNode): FailureSignature | null {
  if (node.type === 'keyed_element') return expectedColumn(node)
  if (node.type === 'if_statement') return unexpectedSuccess(node) ? signature(node) : null
  const callee = calleeOf(node)
  if (callee === null) return null
  const name = lastName(callee)
  if (
    /^(?:require|assert|s|ts|suite|qt|is|c|a|r)(?:\.(?:Require|Assert)\(\))?\.(?:Error|Errorf|ErrorIs|ErrorAs|ErrorContains|ErrorContainsf|EqualError|Panics|PanicsWithError|PanicsWithValue|IsError)$/.test(
      callee,
    )
  )
    return signature(node)
  if (/^(?:HaveOccurred|MatchError|Panic|PanicWith)$/.test(name)) return isNegated(node) ? null : signature(node)
  if (/^(?:Equal|BeEquivalentTo|HaveHTTPStatus|Entry)$/.test(callee))
    return saysStatus(node) && !isNegated(node) ? signature(node) : null
  if (!/^(?:require|assert|suite|s|ts|cmp|is|qt|td)\./.test(callee) || /^(?:NoError|NotPanics|NoErrorf)$/.test(name))
    return null
  return assertionSaysFailure(node, name) ? signature(node) : null
}

function assertionSaysFailure(node: SyntaxNode, name: string): boolean {
  const text = argumentsOf(node)
    .slice(1)
    .map((one) => one.text.slice(0, 400))
    .join(' ')
  if (/\b[45]\d\d\b|\bcodes\.(?!OK\b)[A-Z]/.test(text) || saysStatus(node)) return true
  if (/^(?:Nil|Nilf|Empty)$/.test(name)) return false
  if (/^NotNilf?$/.test(name) && /^\w*[eE]rr\w*\b/.test(text)) return true
  if (/^NotEqualf?$/.test(name)) return /\bhttp\.StatusOK\b|\b200\b|\bcodes\.OK\b/.test(text)
  if (/^(?:False|Falsef)$/.test(name)) return /\b(?:ok|valid|success|found|exists)/i.test(text)
  return meansFailure(text.replace(/\berr\b(?=\s*$)/, ''))
}

function saysStatus(node: SyntaxNode): boolean {
  const statuses = node.text.slice(0, 1_500).match(/\bhttp\.Status\w+/g) ?? []
  return statuses.some((one) => statusOfName(lastName(one)) !== null)
}

/** `Expect(err).ToNot(HaveOccurred())`. */
function isNegated(matcher: SyntaxNode): boolean {
  const assertion = matcher.parent?.parent ?? null
  return assertion !== null && /\.(?:ToNot|NotTo|ShouldNot)$/.test(calleeOf(assertion) ?? '')
}

/** A row of a table test: `wantErr: true`, `expectedErr: "…"`, `err: ErrNotFound`. */
function expectedColumn(node: SyntaxNode): FailureSignature | null {
  const [key, value] = node.parts
  if (
    key === undefined ||
    value === undefined ||
    !/err|fail|panic|invalid|code|status/i.test(key.text) ||
    isFunction(value.parts[0] ?? value)
  )
    return null
  if (/^(?:false|nil|""|0|``|codes\.OK)$/.test(value.text)) return null
  if (/code|status/i.test(key.text)) {
    const failing =
      /^[45]\d\d$/.test(value.text) || /^codes\./.test(value.text) || statusOfName(lastName(value.text)) !== null
    return failing ? signature(value) : null
  }
  return signature(value)
}

/** `if err == nil { t.Fatal(…) }`, `if !errors.Is(err, X) { t.Errorf(…) }`, `if code != http.StatusBadRequest { … }`. */
function unexpectedSuccess(node: SyntaxNode): boolean {
  const condition = node.in('condition')?.text ?? ''
  const fails = /\bt+\.(?:Fatal|Error|Fail)/.test(node.in('consequence')?.text.slice(0, 1_000) ?? '')
  if (!fails || condition.length > 300) return false
  if (/\b\w*[eE]rr\w*\s*==\s*nil|!errors\.(?:Is|As)\(|!strings\.Contains\(\s*\w*[eE]rr/.test(condition)) return true
  const status = /!=\s*(?:http\.(Status\w+)|([45]\d\d)\b)/.exec(condition)
  return status !== null && (status[2] !== undefined || statusOfName(status[1] ?? '') !== null)
}

export function asserts(node: SyntaxNode): boolean {
  const callee = calleeOf(node)
  return (
    callee !== null &&
    /^(?:(?:t|b|tt)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)|(?:require|assert|is|qt|td|suite|s|ts|cmp)\.(?:(?:Require|Assert)\(\)\.)?\w+|Expect|Eventually|Consistently)$/.test(
      callee,
    )
  )
}

export function doubles(): readonly string[] {
  return []
}

function signature(node: SyntaxNode): FailureSignature {
  if (walk(node).length > 4_000) return NO_SIGNATURE
  const found = signatureOf([node], STRINGS)
  return { ...found, types: found.types.filter((type) => isErrorType(type)) }
}
