import type { FailureSignature } from '../code-facts.ts'
import { NO_SIGNATURE, plainText, signatureOf } from '../failure-signature.ts'
import { meansFailure } from '../failure-words.ts'
import type { TestForm } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, keyword, STRINGS } from './syntax.ts'

/** A function named `test…`, with its decorators; pytest and unittest. Classes are containers, not suites. */
export function test(node: SyntaxNode): TestForm | null {
  if (node.type === 'decorated_definition') {
    const definition = node.in('definition')
    const name = definition?.in('name')?.text ?? ''
    const skipped = node.children.some((child) => child.type === 'decorator' && SKIPS.test(child.text.slice(0, 200)))
    if (definition?.type === 'class_definition' && skipped) return { title: name, region: node, suite: true, skipped }
    return definition?.type === 'function_definition' && name.startsWith('test')
      ? { title: name, region: node, suite: false, skipped: skipped || skipsItself(definition) }
      : null
  }
  if (node.type !== 'function_definition' || node.parent?.type === 'decorated_definition') return null
  const name = node.in('name')?.text ?? ''
  return name.startsWith('test') ? { title: name, region: node, suite: false, skipped: skipsItself(node) } : null
}

/** `@pytest.mark.skip(…)`, `@unittest.skip(…)`, `@expectedFailure`, and `xfail` without a condition; not `skipif`. */
const SKIPS = /^@(?:\w+\.)*(?:skip\b|expectedFailure\b|xfail\s*(?:$|\(\s*(?:\)|\w+\s*=[^=])))/

/** `pytest.skip('later')` or `self.skipTest('later')`, under no condition. */
function skipsItself(definition: SyntaxNode): boolean {
  const statements = definition.in('body')?.parts ?? []
  return statements.some((one) =>
    /^(?:pytest\.(?:skip|xfail)|self\.skipTest)$/.test(calleeOf(one.parts[0] ?? one) ?? ''),
  )
}

export function assertsFailure(node: SyntaxNode): FailureSignature | null {
  if (node.type === 'assert_statement') return assertSaysFailure(node) ? signature(node) : null
  const callee = calleeOf(node)
  if (callee === null) return null
  const name = lastName(callee)
  if (/^(?:raises|RaisesGroup|assertRaises|assertRaisesRegex|assertRaisesMessage|failUnlessRaises)$/.test(name))
    return signature(node)
  if (/^assert\w*$/.test(name) && name !== 'assert_not_called')
    return isFailureAssertion(node, name) ? signature(node) : null
  return null
}

/** `self.assertEqual(response.status_code, 400)`, `assert_graphql_error_with_message(…)`, `mock_error.assert_called_once()`. */
function isFailureAssertion(node: SyntaxNode, name: string): boolean {
  const text = node.text.slice(0, 1_000)
  if (/assert(?:Not|IsNone|False)|_not_called|assert_no_|without/i.test(name) && !/assertFalse/.test(name)) return false
  if (/(?:error|fail|invalid|denied|permission|forbidden|unauthorized|not_found|no_access)/i.test(name)) return true
  if (/\b[45]\d\d\b|HTTP_[45]\d\d/.test(text)) return true
  if (/assertFalse/.test(name)) return /valid|ok|success/i.test(text)
  return meansFailure(text)
}

function assertSaysFailure(node: SyntaxNode): boolean {
  const text = node.text.slice(0, 1_500)
  if (
    /(?:status_code|status|returncode|exit_code|code)\s*(?:==|in)\s*(?:[([]?\s*)(?:[45]\d\d|HTTP_[45]|status\.HTTP_[45]|HTTPStatus\.|http\.HTTPStatus\.|[1-9]\b)/.test(
      text,
    )
  )
    return !/HTTPStatus\.(?:OK|CREATED|NO_CONTENT|ACCEPTED|FOUND)/.test(text)
  if (/\bHTTP_[45]\d\d/.test(text)) return true
  if (
    /^assert not .*\b(?:errors?|exceptions?|failures?)\b/i.test(text) ||
    /\b(?:errors?|exceptions?)\b['"\])]*\s*(?:==\s*\[\]|is None|==\s*\{\}|== 0)/i.test(text)
  )
    return false
  if (/^assert not .*\.(?:is_valid\(\)|ok|success|valid)$/.test(text)) return true
  if (/caplog/.test(text)) return true
  return meansFailure(text.replace(/\bis_valid|valid\b/g, ''))
}

export function injectsFailure(node: SyntaxNode): FailureSignature | null {
  if (node.type === 'assignment') {
    const left = node.in('left')?.text ?? ''
    const right = node.in('right')
    if (right === null || !/\.(?:side_effect|status_code|ok|exc|exception)$/.test(left)) return null
    return saysFault(right, left) ? signature(right) : null
  }
  if (node.type === 'raise_statement') return signature(node)
  if (node.type !== 'call') return null
  const effect = keyword(node, 'side_effect') ?? keyword(node, 'exc') ?? keyword(node, 'exception')
  if (effect !== null && saysFault(effect, 'side_effect')) return signature(effect)
  const status = keyword(node, 'status') ?? keyword(node, 'status_code')
  if (status !== null && /^[45]\d\d$/.test(status.text)) return signature(node)
  return /(?:delete|drop|remove|expire)\w*$/i.test(lastName(calleeOf(node) ?? '')) && argumentsOf(node).length <= 1
    ? NO_SIGNATURE
    : null
}

function saysFault(value: SyntaxNode, target: string): boolean {
  if (/\.ok$/.test(target)) return value.text === 'False'
  if (/status_code$/.test(target)) return /^[45]\d\d$/.test(value.text)
  return /(?:Error|Exception|Timeout|Fault|Refused|Interrupt|DoesNotExist|NotFound|Denied|Failure)\b/.test(
    value.text.slice(0, 500),
  )
}

export function asserts(node: SyntaxNode): boolean {
  if (node.type === 'assert_statement') return true
  const callee = calleeOf(node)
  return callee !== null && /^_?(?:assert|expect)\w*$|^fail(?:If|Unless)?$/.test(lastName(callee))
}

/** `@patch('a.b.f')`, `mocker.patch('a.b.f')`, `patch.object(x, 'f')`, `monkeypatch.setattr(x, 'f', …)` → 'f'. */
export function doubles(node: SyntaxNode): readonly string[] {
  const callee = calleeOf(node)
  if (callee === null) return []
  const given = argumentsOf(node)
  if (/(?:^|\.)patch$/.test(callee) || /^monkeypatch\.setattr$/.test(callee)) {
    const target = given[0]
    if (target?.type === 'string') return [lastName(plainText(target.text))]
  }
  if (/(?:^|\.)patch\.object$|^monkeypatch\.setattr$|(?:^|\.)spy$/.test(callee)) {
    const target = given[1]
    if (target?.type === 'string') return [plainText(target.text)]
  }
  return []
}

function signature(node: SyntaxNode): FailureSignature {
  return walk(node).length > 4_000 ? NO_SIGNATURE : signatureOf([node], STRINGS)
}
