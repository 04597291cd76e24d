import type { FailureSignature, TestCase } from './code-facts.ts'
import { mergeSignatures, plainText } from './failure-signature.ts'
import type { Language } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'
import { walk } from './syntax-walk.ts'

/** Longer literals are fixtures, not names or messages. Characters. */
const MAX_STRING = 300

export function testCaseOf(
  language: Language,
  node: SyntaxNode,
  name: string,
  sharedDoubles: readonly string[],
): TestCase {
  const names = new Set<string>()
  const strings = new Set<string>()
  const doubles = new Set<string>(sharedDoubles)
  const asserted: FailureSignature[] = []
  const injected: FailureSignature[] = []
  let asserts = false
  for (const at of walk(node)) {
    if (language.strings.has(at.type)) {
      if (at.end - at.start <= MAX_STRING) strings.add(plainText(at.text))
    } else if (at.children.length === 0 && at.type.includes('identifier')) names.add(at.text)
    for (const double of language.doubles(at)) doubles.add(double)
    const failure = language.assertsFailure(at)
    if (failure !== null) asserted.push(failure)
    const fault = language.injectsFailure(at)
    if (fault !== null) injected.push(fault)
    asserts ||= failure !== null || language.asserts(at)
  }
  return {
    name,
    range: { startLine: node.startLine, endLine: node.endLine },
    names,
    strings,
    doubles,
    assertsFailure: asserted.length === 0 ? null : mergeSignatures(asserted),
    injectsFailure: injected.length === 0 ? null : mergeSignatures(injected),
    asserts,
  }
}
