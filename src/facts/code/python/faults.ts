import type { Fault } from '../code-facts.ts'
import { NO_SIGNATURE, plainText, signatureOf } from '../failure-signature.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { closest, lastName, walk } from '../syntax-walk.ts'
import { argumentsOf, calleeOf, keyword, STRINGS } from './syntax.ts'

/** What a node of a test makes fail: a side effect, a failed status, a `raise` in a stand-in. */
export function injectsFailure(node: SyntaxNode): Fault | null {
  if (node.type === 'assignment') {
    const left = node.in('left')?.text ?? ''
    const right = node.in('right')
    if (right === null || !/\.(?:side_effect|status_code|ok|exc|exception)$/.test(left)) return null
    return saysFault(right, left) ? fault(right, left.endsWith('.side_effect') ? mockedName(left) : []) : null
  }
  if (node.type === 'raise_statement') return raisedIn(node)
  if (node.type !== 'call') return null
  const effect = keyword(node, 'side_effect') ?? keyword(node, 'exc') ?? keyword(node, 'exception')
  if (effect !== null && saysFault(effect, 'side_effect')) return fault(effect, patchedName(node))
  const status = keyword(node, 'status') ?? keyword(node, 'status_code')
  if (status !== null && /^[45]\d\d$/.test(status.text)) return fault(node, [])
  return /(?:delete|drop|remove|expire)\w*$/i.test(lastName(calleeOf(node) ?? '')) && argumentsOf(node).length <= 1
    ? { ...NO_SIGNATURE, into: [] }
    : null
}

/** A test that raises `AssertionError` by itself makes nothing fail. */
function raisedIn(node: SyntaxNode): Fault | null {
  const name = closest(node, (at) => at.type === 'function_definition')?.in('name')?.text ?? ''
  if (name.startsWith('test') && /^raise AssertionError\b/.test(node.text.slice(0, 40))) return null
  return fault(node, name === '' || name.startsWith('test') ? [] : [name])
}

/** `client.return_value.charge.side_effect` and `mock_charge.side_effect` → charge. */
function mockedName(left: string): readonly string[] {
  const name =
    left
      .split('.')
      .filter((part) => part !== 'return_value' && part !== 'side_effect')
      .at(-1) ?? ''
  return [name, name.replace(/^mock_|_mock$/g, '')]
}

function patchedName(call: SyntaxNode): readonly string[] {
  const text = argumentsOf(call).find((one) => STRINGS.has(one.type))
  return text === undefined || !/patch/.test(calleeOf(call) ?? '') ? [] : [lastName(plainText(text.text))]
}

function saysFault(value: SyntaxNode, target: string): boolean {
  if (/\.ok$/.test(target)) return value.text === 'False'
  if (/status_code$/.test(target)) return /^[45]\d\d$/.test(value.text)
  return /(?:Error|Exception|Timeout|Fault|Refused|Interrupt|DoesNotExist|NotFound|Denied|Failure)\b/.test(
    value.text.slice(0, 500),
  )
}

function fault(node: SyntaxNode, into: readonly string[]): Fault {
  return { ...(walk(node).length > 4_000 ? NO_SIGNATURE : signatureOf([node], STRINGS)), into }
}
