import type { CodeFacts, ErrorPath, ImportFact } from './code-facts.ts'
import type { Binding, Branch, CallSite, ClassFact, CodeShape, ExportFact } from './code-shape.ts'
import { errorPathOf } from './extract-error-path.ts'
import { draftFunction, type FunctionDraft, lookInFunction } from './extract-function.ts'
import { branchOf, callSiteOf, leavesOf } from './extract-shape.ts'
import type { Language } from './language.ts'
import { spanOf } from './node-span.ts'
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts'

interface Scope {
  readonly containers: readonly string[]
  /** Qualified name of the innermost named function. */
  readonly owner: string | null
  /** Inside the body of a handler: what it raises is part of the handler. */
  readonly failing: boolean
}

/** What a source file does, in one walk over its tree. */
export function extractSourceFacts(
  language: Language,
  tree: SyntaxTree,
): Pick<CodeFacts, 'functions' | 'errorPaths' | 'imports' | 'shape'> {
  const functions: FunctionDraft[] = []
  const errorPaths: ErrorPath[] = []
  const imports: ImportFact[] = []
  const handlerBodies = new Set<SyntaxNode>()
  /** The functions around the node that is looked at, outermost first. */
  const open: FunctionDraft[] = []
  const calls: CallSite[] = []
  const branches: Branch[] = []
  const bindings: Binding[] = []
  const classes: ClassFact[] = []
  const exports: ExportFact[] = []
  const allFunctions: CodeShape['functions'][number][] = []
  const { shape } = language

  function visit(node: SyntaxNode, outer: Scope): void {
    const depth = open.length
    const scope = language.telling.has(node.type) ? ask(node, outer) : outer
    const inner = handlerBodies.has(node) ? { ...scope, failing: true } : scope
    // A token is no call, failure or declaration: most nodes are tokens.
    const { children } = node
    for (let at = 0; at < children.length; at++) {
      const child = children[at]
      if (child !== undefined && child.children.length > 0) visit(child, inner)
    }
    open.length = depth
  }

  /** Answers the scope of what is in the node. */
  function ask(node: SyntaxNode, outer: Scope): Scope {
    const scope = enter(node, outer)
    const imported = language.imports(node)
    if (imported !== null) imports.push(imported)
    const form = language.failure(node)
    if (form !== null && !(scope.failing && (form.kind === 'raise' || form.branches === true))) {
      errorPaths.push(errorPathOf(language, form, scope.owner))
      if (form.body !== null) handlerBodies.add(form.body)
    }
    const seen = open.length === 0 ? null : lookInFunction(language, node)
    if (seen !== null) for (const draft of open) draft.add(seen)
    noteShape(node, scope.owner)
    return scope
  }

  function noteShape(node: SyntaxNode, owner: string | null): void {
    const call = shape.call(node)
    if (call !== null) calls.push(callSiteOf(call, node, owner))
    const branch = shape.branch(node)
    if (branch !== null) branches.push(branchOf(language, branch, node, owner))
    for (const binding of shape.bindings(node)) bindings.push({ ...binding, owner, span: spanOf(node) })
    const type = shape.classOf(node)
    if (type !== null) classes.push({ ...type, span: spanOf(node) })
    for (const one of shape.exported(node)) exports.push({ name: one.name, span: spanOf(one.node) })
  }

  function enter(node: SyntaxNode, scope: Scope): Scope {
    const container = language.containerName(node)
    if (container !== null) return { ...scope, containers: [...scope.containers, container] }
    const name = language.functionName(node)
    if (name === null) return scope
    const qualifiedName = name === '' ? '' : [...scope.containers, name].join('.')
    allFunctions.push({ name: qualifiedName, span: spanOf(node), tokens: leavesOf(node.in('body') ?? node) })
    if (name === '') return scope
    const draft = draftFunction(node, name, qualifiedName)
    functions.push(draft)
    open.push(draft)
    return { containers: [...scope.containers, name], owner: qualifiedName, failing: false }
  }

  visit(tree.root, { containers: [], owner: null, failing: false })
  return {
    functions: functions.map((draft) => draft.fact()),
    errorPaths,
    imports,
    shape: { calls, branches, bindings, classes, exports, functions: allFunctions },
  }
}
