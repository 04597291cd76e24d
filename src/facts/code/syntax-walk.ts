import { askOnce } from './ask-once.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** Every node below and including `node`, in document order. `into` says whether to go below a node. */
export function walk(node: SyntaxNode, into: (node: SyntaxNode) => boolean = () => true): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  const visit = (at: SyntaxNode): void => {
    found.push(at)
    if (into(at)) for (const child of at.children) visit(child)
  }
  visit(node)
  return found
}

/** The nearest ancestor that satisfies `test`, not looking above a node that satisfies `stop`. */
export function closest(
  node: SyntaxNode,
  test: (node: SyntaxNode) => boolean,
  stop: (node: SyntaxNode) => boolean = () => false,
): SyntaxNode | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (test(at)) return at
    if (stop(at)) return null
  }
  return null
}

/** The statement beside a node in its block: the next one, or with -1 the one before. */
export function statementBeside(node: SyntaxNode, step: 1 | -1): SyntaxNode | null {
  const siblings = node.parent?.children ?? []
  for (let at = siblings.indexOf(node) + step; at >= 0 && at < siblings.length; at += step) {
    const sibling = siblings[at]
    if (sibling?.named && !sibling.type.includes('comment')) return sibling
  }
  return null
}

/** Last identifier of a dotted or scoped name: `a.b?.c` → `c`, `pkg::f` → `f`. */
export const lastName = askOnce((text) => {
  const match = /([\p{L}\p{N}_$]+)\W*$/u.exec(text.slice(-200))
  return match?.[1] ?? text
})

/** Both ends of a node's text: enough to know a call by, and no long chain is read again at each of its links. */
export function shortText(node: SyntaxNode | null): string | null {
  if (node === null) return null
  const text = node.text
  return text.length <= 600 ? text : `${text.slice(0, 300)}…${text.slice(-300)}`
}

/** A comment right above the statement that a node stands in, which speaks of what happens when it fails. */
export function hasReasonAbove(node: SyntaxNode, reason: RegExp = REASON): boolean {
  let statement = node
  while (statement.parent !== null && !/block|program|module|statement_list/.test(statement.parent.type))
    statement = statement.parent
  return reason.test(statement.commentAbove)
}

const REASON =
  /best.effort|opportunistic|ignor|optional|fail|error|exception|rais|throw|skip|fall.?back|default|never|handled|cannot|can't|don't|do not|must not|should not|in case|if the|if there|otherwise|harmless|on purpose|safe/i
