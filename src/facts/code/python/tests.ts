import type { FailureSignature } from '../code-facts.ts'
import { NO_SIGNATURE, plainText, signatureOf } from '../failure-signature.ts'
import { meansFailure, statusOfName } from '../failure-words.ts'
import type { TestForm } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, STRINGS } from './syntax.ts'

/** A function named `test…`, with its decorators; pytest and unittest. Classes are containers, not suites. */
export function test(node: SyntaxNode): TestForm | null {
  if (node.type === 'module' || (node.type === 'class_definition' && node.parent?.type !== 'decorated_definition'))
    return isSkippedWhole(node) ? { title: '', region: node, suite: true, skipped: true } : null
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

/** `pytestmark = pytest.mark.skip(…)` of a file or class, or `pytest.skip(…)` in the file itself. */
function isSkippedWhole(node: SyntaxNode): boolean {
  const statements = node.type === 'module' ? node.parts : (node.in('body')?.parts ?? [])
  return statements.some((one) => {
    const inner = one.parts[0] ?? one
    if (calleeOf(inner) === 'pytest.skip') return true
    if (inner.type !== 'assignment' || inner.in('left')?.text !== 'pytestmark') return false
    const marks = inner.in('right')
    return (marks?.type === 'list' ? marks.parts : [marks]).some((mark) => SKIPS.test(`@${mark?.text.slice(0, 200)}`))
  })
}

/** `pytest.skip('later')` or `self.skipTest('later')`, under no condition. */
function skipsItself(definition: SyntaxNode): boolean {
  const statements = definition.in('body')?.parts ?? []
  return statements.some((one) =>
    /^(?:pytest\.(?:skip|xfail)|self\.skipTest)$/.test(calleeOf(one.parts[0] ?? one) ?? ''),
  )
}

const LITERALS = /^(?:string|integer|float|true|false|none)$/

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
  if (/^assertNotEquals?$/.test(name)) return IS_STATUS.test(text) && IS_GOOD.test(text)
  if (/assert(?:Not|IsNone|False)|_not_called|assert_no_|without/i.test(name) && !/assertFalse/.test(name)) return false
  if (/(?:error|fail|invalid|denied|permission|forbidden|unauthorized|not_found|no_access)/i.test(name)) return true
  if (/\b[45]\d\d\b|HTTP_[45]\d\d/.test(text) || saysStatus(text)) return true
  if (/assertFalse/.test(name)) return /valid|ok|success/i.test(text)
  return meansFailure(text)
}

const IS_STATUS = /status|code/
const IS_GOOD = /\b20[0-4]\b|HTTP_20|\bOK\b/

/** `HTTPStatus.NOT_FOUND`, `codes.BAD_REQUEST`. */
function saysStatus(text: string): boolean {
  const named = /\b(?:HTTPStatus|codes|status)\.([A-Z][A-Z_]+)\b/.exec(text)
  return named !== null && statusOfName(named[1] ?? '') !== null
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
  if (/(?:status_code|status|code)\s*!=\s*(?:20[0-4]\b|\S*HTTP_20|\S*\bOK\b)|^assert not \w+\.ok$/.test(text))
    return true
  if (
    /^assert not .*\b(?:errors?|exceptions?|failures?)\b/i.test(text) ||
    /\b(?:errors?|exceptions?)\b['"\])]*\s*(?:==\s*\[\]|is None|==\s*\{\}|== 0)/i.test(text)
  )
    return false
  if (/^assert not .*\.(?:is_valid\(\)|ok|success|valid)$/.test(text)) return true
  if (/caplog/.test(text)) return true
  return meansFailure(text.replace(/\bis_valid|valid\b/g, ''))
}

/** `assert f() == 1`, `self.assertEqual(…)`; not `assert True`. */
export function asserts(node: SyntaxNode): boolean {
  if (node.type === 'assert_statement') return !LITERALS.test(node.parts[0]?.type ?? '')
  const callee = calleeOf(node)
  if (callee !== null && argumentsOf(node).length > 0 && argumentsOf(node).every((one) => LITERALS.test(one.type)))
    return /assert_(?:any_|not_)?(?:called|has_calls|awaited)/.test(callee)
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
    if (target?.type !== 'string') return []
    // A class: another one's method of the same name is not replaced.
    const of = lastName(given[0]?.text ?? '')
    return [/^[A-Z]/.test(of) ? `${of}.${plainText(target.text)}` : plainText(target.text)]
  }
  return []
}

function signature(node: SyntaxNode): FailureSignature {
  return walk(node).length > 4_000 ? NO_SIGNATURE : signatureOf([node], STRINGS)
}
