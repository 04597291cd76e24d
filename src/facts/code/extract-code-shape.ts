import type { Binding, Branch, CallSite, ClassFact, CodeShape, ExportFact, Span } from './code-shape.ts'
import type { Language } from './language.ts'
import { spanOf } from './node-span.ts'
import type { CallForm } from './shape-language.ts'
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts'

interface Scope {
  readonly containers: readonly string[]
  readonly owner: string | null
}

/** A longer function is known by its first leaves. */
const MAX_LEAVES = 240

/** What a file calls, decides, binds and offers, in one walk over a tree that is already there. */
export function extractCodeShape(language: Language, tree: SyntaxTree): CodeShape {
  const calls: CallSite[] = []
  const branches: Branch[] = []
  const bindings: Binding[] = []
  const classes: ClassFact[] = []
  const exports: ExportFact[] = []
  const functions: CodeShape['functions'][number][] = []
  const { shape } = language

  function visit(node: SyntaxNode, outer: Scope): void {
    if (!node.named) return
    const scope = enter(node, outer)
    const { owner } = scope
    const call = shape.call(node)
    if (call !== null) calls.push(siteOf(call, node, owner))
    const branch = shape.branch(node)
    if (branch !== null)
      branches.push({
        condition: branch.condition,
        span: spanOf(node),
        yes: spanOrNull(branch.yes),
        no: spanOrNull(branch.no),
        leaves: branch.leaves,
        rest: branch.leaves === null ? null : restOf(language, node),
        owner,
      })
    for (const binding of shape.bindings(node)) bindings.push({ ...binding, owner, span: spanOf(node) })
    const type = shape.classOf(node)
    if (type !== null) classes.push({ ...type, span: spanOf(node) })
    for (const one of shape.exported(node)) exports.push({ name: one.name, span: spanOf(one.node) })
    // A token is no call, branch or declaration: most nodes are tokens.
    for (const child of node.children) if (child.children.length > 0) visit(child, scope)
  }

  function enter(node: SyntaxNode, scope: Scope): Scope {
    const container = language.containerName(node)
    if (container !== null) return { ...scope, containers: [...scope.containers, container] }
    const name = language.functionName(node)
    if (name === null) return scope
    const qualified = name === '' ? '' : [...scope.containers, name].join('.')
    functions.push({ name: qualified, span: spanOf(node), tokens: leavesOf(node.in('body') ?? node) })
    return name === '' ? scope : { containers: [...scope.containers, name], owner: qualified }
  }

  visit(tree.root, { containers: [], owner: null })
  return { calls, branches, bindings, classes, exports, functions }
}

function siteOf(call: CallForm, node: SyntaxNode, owner: string | null): CallSite {
  const { form, callee, args, boundTo, decorates } = call
  return {
    form,
    callee,
    args,
    boundTo,
    owner,
    span: spanOf(node),
    decorates:
      decorates === null ? null : { name: decorates.name, isClass: decorates.isClass, span: spanOf(decorates.node) },
  }
}

/** First leaves without comments and punctuation: enough to know a body again after a rename or a reformat. */
function leavesOf(node: SyntaxNode): string {
  const leaves: string[] = []
  const visit = (at: SyntaxNode): void => {
    if (leaves.length >= MAX_LEAVES || at.type.includes('comment')) return
    if (at.children.length > 0) for (const child of at.children) visit(child)
    else if (/[\p{L}\p{N}]/u.test(at.text.slice(0, 40))) leaves.push(at.text.slice(0, 80))
  }
  visit(node)
  return leaves.join(' ')
}

function spanOrNull(node: SyntaxNode | null): Span | null {
  return node === null ? null : spanOf(node)
}

/** What follows a node in the block around it. */
function restOf(language: Language, node: SyntaxNode): Span | null {
  for (let at = node.parent; at !== null; at = at.parent)
    if (language.shape.isBlock(at))
      return { start: node.end, end: at.end, startLine: node.endLine, endLine: at.endLine }
  return null
}
