import type { CodeFacts, ErrorPath, Fault, ImportFact, TestCase } from './code-facts.ts'
import type { CodeRole } from './code-reader.ts'
import { NO_SHAPE } from './code-shape.ts'
import { extractCodeShape } from './extract-code-shape.ts'
import { errorPathOf } from './extract-error-path.ts'
import { draftFunction, type FunctionDraft, lookInFunction } from './extract-function.ts'
import { testCaseOf } from './extract-test-case.ts'
import type { Language } from './language.ts'
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts'
import { lastName } from './syntax-walk.ts'

interface Scope {
  readonly containers: readonly string[]
  /** Qualified name of the innermost named function. */
  readonly owner: string | null
  readonly suites: readonly string[]
  /** Inside the body of a handler: what it raises is part of the handler. */
  readonly failing: boolean
  /** In a test file: failures that the set-up of a suite or class injects, outermost first. */
  readonly setUps: readonly Fault[][]
  readonly settingUp: boolean
}

/** Functions and calls that run before each case of their suite or class. */
const SET_UP =
  /^(?:beforeEach|beforeAll|before|setUp|asyncSetUp|setup|setup_method|setup_class|setUpClass|setUpTestData|SetupTest|SetupSuite|BeforeEach)$/

/** A test uses a fixture by its name, a fake by that of its class, and a helper of its own class by that of the method. */
function helperNames(owner: string | null): readonly string[] {
  const [first, ...inner] = owner?.split('.') ?? []
  if (first === undefined) return []
  return /^Test|Tests?$|TestCase$|Suite$/.test(first) ? inner : [first]
}

/** Facts of one file, in one walk over its tree. */
export function extractCodeFacts(language: Language, tree: SyntaxTree, as: CodeRole): CodeFacts {
  const functions: FunctionDraft[] = []
  const errorPaths: ErrorPath[] = []
  const cases: { readonly node: SyntaxNode; readonly name: string; readonly setUps: Scope['setUps'] }[] = []
  const imports: ImportFact[] = []
  const sharedDoubles: string[] = []
  /** Failures that a function of a test file injects, by its name: fixtures and helpers. */
  const helperFaults = new Map<string, Fault[]>()
  const handlerBodies = new Set<SyntaxNode>()
  /** The functions around the node that is looked at, outermost first. */
  const open: FunctionDraft[] = []

  function visit(node: SyntaxNode, outer: Scope): void {
    const depth = open.length
    visitInside(node, outer)
    open.length = depth
  }

  function visitInside(node: SyntaxNode, outer: Scope): void {
    const scope = enter(node, outer)
    const imported = language.imports(node)
    if (imported !== null) imports.push(imported)
    const test = as === 'test' ? language.test(node) : null
    if (test?.skipped === true) return
    if (test !== null && !test.suite) {
      cases.push({ node: test.region, name: [...scope.suites, test.title].join(' › '), setUps: scope.setUps })
      return
    }
    if (as === 'test') noteTestFile(node, scope)
    const form = as === 'source' ? language.failure(node) : null
    if (form !== null && !(scope.failing && (form.kind === 'raise' || form.branches === true))) {
      errorPaths.push(errorPathOf(language, form, scope.owner))
      if (form.body !== null) handlerBodies.add(form.body)
    }
    const suited =
      test === null ? scope : { ...scope, suites: [...scope.suites, test.title], setUps: [...scope.setUps, []] }
    const inner = handlerBodies.has(node) ? { ...suited, failing: true } : suited
    const seen = open.length === 0 ? null : lookInFunction(language, node)
    if (seen !== null) for (const draft of open) draft.add(seen)
    // A token is no call, failure or declaration: most nodes are tokens.
    for (const child of node.children) if (child.children.length > 0) visit(child, inner)
  }

  function noteTestFile(node: SyntaxNode, scope: Scope): void {
    sharedDoubles.push(...language.doubles(node))
    const fault = language.injectsFailure(node)
    if (fault === null) return
    if (scope.settingUp) scope.setUps.at(-1)?.push(fault)
    else for (const name of helperNames(scope.owner)) helperFaults.set(name, [...(helperFaults.get(name) ?? []), fault])
  }

  function enter(node: SyntaxNode, scope: Scope): Scope {
    const container = language.containerName(node)
    if (container !== null)
      return { ...scope, containers: [...scope.containers, container], setUps: [...scope.setUps, []] }
    if (as === 'test' && SET_UP.test(language.callee(node) ?? '')) return { ...scope, settingUp: true }
    const name = language.functionName(node)
    if (name === null || name === '') return scope
    const qualifiedName = [...scope.containers, name].join('.')
    if (as === 'test')
      return {
        ...scope,
        containers: [...scope.containers, name],
        owner: qualifiedName,
        settingUp: scope.settingUp || SET_UP.test(lastName(name)),
      }
    const draft = draftFunction(node, name, qualifiedName)
    functions.push(draft)
    open.push(draft)
    return { ...scope, containers: [...scope.containers, name], owner: qualifiedName, failing: false }
  }

  visit(tree.root, { containers: [], owner: null, suites: [], failing: false, setUps: [[]], settingUp: false })
  const tests: TestCase[] = cases.map((one) =>
    testCaseOf(language, one.node, one.name, {
      doubles: sharedDoubles,
      setUps: one.setUps.flat(),
      helpers: helperFaults,
    }),
  )
  return {
    language: language.id,
    functions: functions.map((draft) => draft.fact()),
    errorPaths,
    tests,
    imports,
    shape: as === 'source' ? extractCodeShape(language, tree) : NO_SHAPE,
    incomplete: tree.incomplete,
  }
}
