import type { FailureSignature, Fault, TestCase } from './code-facts.ts'
import { mergeFaults, mergeSignatures, plainText } from './failure-signature.ts'
import type { Language } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** Longer literals are fixtures, not names or messages. Characters. */
const MAX_STRING = 300

/** What a case has from the file around it. */
export interface SharedOfFile {
  readonly doubles: readonly string[]
  /** Failures that its set-up injects. */
  readonly setUps: readonly Fault[]
  /** Failures that fixtures and helpers inject, by their name. */
  readonly helpers: ReadonlyMap<string, readonly Fault[]>
}

export function testCaseOf(language: Language, node: SyntaxNode, name: string, shared: SharedOfFile): TestCase {
  const names = new Set<string>()
  const strings = new Set<string>()
  const doubles = new Set<string>(shared.doubles)
  const asserted: FailureSignature[] = []
  const injected: Fault[] = [...shared.setUps]
  let asserts = false
  for (const at of reached(node)) {
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
  for (const [helper, faults] of shared.helpers) if (names.has(helper)) injected.push(...faults)
  return {
    name,
    range: { startLine: node.startLine, endLine: node.endLine },
    names,
    strings,
    doubles,
    assertsFailure: asserted.length === 0 ? null : mergeSignatures(asserted),
    injectsFailure: injected.length === 0 ? null : mergeFaults(injected),
    asserts,
  }
}

const BLOCKS = new Set(['statement_block', 'block', 'statement_list'])

/** Every node that can run: what stands behind a `return` or a `throw` of its block does not. */
function reached(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  const visit = (at: SyntaxNode): void => {
    found.push(at)
    for (const child of at.children) {
      visit(child)
      if (BLOCKS.has(at.type) && /^(?:return|throw|raise)_statement$/.test(child.type)) break
    }
  }
  visit(node)
  return found
}
