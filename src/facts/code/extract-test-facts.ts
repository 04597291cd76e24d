import type { CodeFacts, Fault, ImportFact } from './code-facts.ts'
import { testCaseOf } from './extract-test-case.ts'
import type { Language } from './language.ts'
import type { SyntaxNode, SyntaxTree } from './syntax-tree.ts'
import { lastName } from './syntax-walk.ts'

interface Scope {
  readonly containers: readonly string[]
  /** Qualified name of the innermost named function. */
  readonly owner: string | null
  readonly suites: readonly string[]
  /** Failures that the set-up of a suite or class injects, outermost first. */
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

/** What a file of tests tests, in one walk over its tree. */
export function extractTestFacts(language: Language, tree: SyntaxTree): Pick<CodeFacts, 'tests' | 'imports'> {
  const cases: { readonly node: SyntaxNode; readonly name: string; readonly setUps: Scope['setUps'] }[] = []
  const imports: ImportFact[] = []
  const sharedDoubles: string[] = []
  /** Failures that a function injects, by its name: fixtures and helpers. */
  const helperFaults = new Map<string, Fault[]>()

  function visit(node: SyntaxNode, outer: Scope): void {
    const scope = enter(node, outer)
    const imported = language.imports(node)
    if (imported !== null) imports.push(imported)
    const test = language.test(node)
    if (test?.skipped === true) return
    if (test !== null && !test.suite) {
      cases.push({ node: test.region, name: [...scope.suites, test.title].join(' › '), setUps: scope.setUps })
      return
    }
    note(node, scope)
    const inner =
      test === null ? scope : { ...scope, suites: [...scope.suites, test.title], setUps: [...scope.setUps, []] }
    // A token tells nothing alone: most nodes are tokens.
    for (const child of node.children) if (child.children.length > 0) visit(child, inner)
  }

  function note(node: SyntaxNode, scope: Scope): void {
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
    if (SET_UP.test(language.callee(node) ?? '')) return { ...scope, settingUp: true }
    const name = language.functionName(node)
    if (name === null || name === '') return scope
    return {
      ...scope,
      containers: [...scope.containers, name],
      owner: [...scope.containers, name].join('.'),
      settingUp: scope.settingUp || SET_UP.test(lastName(name)),
    }
  }

  visit(tree.root, { containers: [], owner: null, suites: [], setUps: [[]], settingUp: false })
  const tests = cases.map((one) =>
    testCaseOf(language, one.node, one.name, {
      doubles: sharedDoubles,
      setUps: one.setUps.flat(),
      helpers: helperFaults,
    }),
  )
  return { tests, imports }
}
