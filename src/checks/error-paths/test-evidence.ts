import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { CodeFacts, ErrorPath, Fault, TestCase, TestFile } from '../../facts/code/code-facts.ts'
import type { Evidence } from '../define-check.ts'
import { asksFromOutside } from './asked-from-outside.ts'
import { type Driver, driverOf, mentionsAny, mentionsOwner, titleNames } from './drivers.ts'
import { asksAgain, type Match, matchOf } from './failure-match.ts'
import { isAbout, isAboutAnother, speaksOf } from './rival-failures.ts'

/** What the tests say of one error path. */
export interface TestVerdict {
  /** Tests that drive it there and assert; empty when it is not covered. */
  readonly evidence: readonly Evidence[]
  /** A test that runs the function, or its file, and asserts no such failure. */
  readonly weak: NamedTest | null
  /** A test that may well drive it, and cannot be told from one of another failure of the same function. */
  readonly likely: NamedTest | null
}

interface NamedTest {
  readonly path: string
  readonly line: number
  readonly name: string
}

type Strength = 'strong' | 'likely' | 'weak' | 'none'

/** Tests that are named. More prove no more. */
const MAX_EVIDENCE = 3
/** Tests that the change writes or edits, and that call the function and assert: somebody looked at what it does now. */
export function testsInChangeOf(path: ErrorPath, facts: CodeFacts, tests: readonly TestFile[]): readonly Evidence[] {
  const driver = driverOf(path, facts)
  return tests
    .filter((file) => file.inChange && file.link !== 'far')
    .flatMap((file) =>
      file.facts.tests
        .filter((test) => test.asserts && mentionsOwner(path, driver, file, test))
        .map((test) => evidenceOf(file, test, 'calls it and asserts')),
    )
    .slice(0, MAX_EVIDENCE)
}

export function testsOf(
  path: ErrorPath,
  facts: CodeFacts,
  sourcePath: string,
  tests: readonly TestFile[],
  elsewhere: readonly string[],
): TestVerdict {
  const evidence: Evidence[] = []
  const found: Record<'likely' | 'weak', NamedTest | null> = { likely: null, weak: null }
  for (const { file, test, strength } of strengthsOf(path, facts, sourcePath, tests, elsewhere)) {
    if (strength === 'strong') evidence.push(evidenceOf(file, test, 'makes it fail and asserts'))
    if (evidence.length >= MAX_EVIDENCE) break
    if (strength === 'weak' || strength === 'likely')
      found[strength] ??= { path: file.path, line: test.range.startLine, name: test.name }
  }
  return evidence.length > 0 ? { evidence, weak: null, likely: null } : { evidence, ...found }
}

/** What each test that may drive it proves, one after the other. */
function* strengthsOf(
  path: ErrorPath,
  facts: CodeFacts,
  sourcePath: string,
  tests: readonly TestFile[],
  elsewhere: readonly string[] = [],
): Iterable<{ readonly file: TestFile; readonly test: TestCase; readonly strength: Strength }> {
  const driver = driverOf(path, facts, elsewhere)
  for (const file of tests) {
    const mocked = isMocked(file, sourcePath)
    for (const test of file.facts.tests)
      if (mocked === null || !test.doubles.has(mocked))
        yield { file, test, strength: strengthOf(path, driver, file, test, facts, sourcePath) }
  }
}

function isTested(...asked: Parameters<typeof strengthsOf>): boolean {
  for (const { strength } of strengthsOf(...asked)) if (strength === 'strong') return true
  return false
}

function evidenceOf({ path }: TestFile, { name, range }: TestCase, does: string): Evidence {
  const { startLine, endLine } = range
  return { kind: 'test', says: `${name} ${does}`, at: { path, startLine, endLine, side: 'head' } }
}

/** The double that stands for the whole source file in this test file: `vi.mock('./service')`. */
function isMocked(file: TestFile, sourcePath: string): string | null {
  const stem = sourcePath.replace(/\.\w+$/, '').replace(/\/index$/, '')
  const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/') + 1) : ''
  for (const test of file.facts.tests)
    for (const double of test.doubles) {
      if (!double.startsWith('module:')) continue
      const module = double.slice('module:'.length)
      const bare = module.replace(/^(?:\.{1,2}\/)+|^[@~][\w-]*\//, '').replace(/\.\w+$/, '')
      const local = module.startsWith('./')
        ? stem === `${folder}${bare}`
        : bare.includes('/') || module.startsWith('../')
          ? `/${stem}`.endsWith(`/${bare}`)
          : false
      if (local) return double
    }
  return null
}

function strengthOf(
  path: ErrorPath,
  driver: Driver,
  file: TestFile,
  test: TestCase,
  facts: CodeFacts,
  sourcePath: string,
): Strength {
  if (path.owner !== null && isDoubled(path.owner, test)) return 'none'
  const named = mentionsOwner(path, driver, file, test)
  const fails = test.assertsFailure !== null || (test.injectsFailure !== null && test.asserts)
  if (!fails) return named ? 'weak' : 'none'
  const match = matchOf(path, test)
  // A double of what is tried again shows that it is tried, and not that the next try can work.
  if (asksAgain(path) && path.protects.some((call) => replaces(test, call))) return named ? 'weak' : 'none'
  const asked = !named && asksFromOutside(path, sourcePath, test)
  const isFar =
    !named && !asked && match === 'status' && !mentionsAny(driver.callers, test) && !speaksOf(path, sourcePath, test)
  const isProved = !isFar && ((asked && isSame(match)) || proves(path, driver, file, test, facts, match, named))
  const called = mentionsAny(driver.callers, test) || mentionsAny(driver.elsewhere, test)
  const reached = asked || (file.inChange && (named || called || failsInside(path, test)))
  // The dearest question comes last.
  const isThis = (isProved || reached) && match !== 'other' && !isAboutAnother(path, match, named || asked, test, facts)
  if (isThis && isProved) return 'strong'
  if (isThis && reached && !makesAnotherFail(path, test, facts) && (!isQuiet(path) || isAbout(path, test, facts)))
    return 'likely'
  return named ? 'weak' : 'none'
}

function isSame(match: Match): boolean {
  return match === 'message' || match === 'type' || match === 'status'
}

function proves(
  path: ErrorPath,
  driver: Driver,
  file: TestFile,
  test: TestCase,
  facts: CodeFacts,
  match: Match,
  named: boolean,
): boolean {
  const same = isSame(match)
  if (named && match !== 'other') return isDriven(path, test, same, facts)
  if (same && mentionsAny(driver.callers, test)) return true
  if (match === 'message' && (file.inChange || file.link !== 'far') && !isQuiet(path)) return true
  if (match === 'type' && file.link !== 'far' && assertsOnly(path, test, facts)) return true
  const endToEnd = file.inChange && file.link !== 'far' && test.assertsFailure !== null && !isQuiet(path)
  return same && endToEnd && !namesAnother(path, driver, test, facts)
}

/** The test replaces it: by its name, or with its class. */
function isDoubled(owner: string, test: TestCase): boolean {
  return test.doubles.has(lastPart(owner)) || test.doubles.has(owner.split('.').slice(-2).join('.'))
}

function replaces(test: TestCase, call: string): boolean {
  return [...test.doubles].some((double) => lastPart(double) === call)
}

/** It asserts an error that nothing else in the file raises. */
function assertsOnly(path: ErrorPath, test: TestCase, facts: CodeFacts): boolean {
  if (path.kind !== 'raise') return false
  return path.signature.types.some(
    (type) =>
      test.assertsFailure?.types.includes(type) === true &&
      facts.errorPaths.filter((other) => other.signature.types.includes(type) && !other.catches.includes(type))
        .length === 1,
  )
}

/** It is about another function of the same file, so what it asserts is that one's failure. */
function namesAnother(path: ErrorPath, driver: Driver, test: TestCase, facts: CodeFacts): boolean {
  return facts.functions.some((fn) => {
    const name = lastPart(fn.qualifiedName)
    return (
      fn.qualifiedName !== path.owner &&
      !driver.callers.has(name) &&
      !driver.owner.has(name) &&
      name.length > 3 &&
      test.names.has(name)
    )
  })
}

/** A handler is driven when the test makes what it protects fail, or asserts that very failure. */
function isDriven(path: ErrorPath, test: TestCase, same: boolean, facts: CodeFacts): boolean {
  if (same) return true
  if (facts.language !== 'go' && isTitleOnly(path, test)) return failsInside(path, test)
  if (path.kind === 'raise') return test.assertsFailure !== null
  if (test.injectsFailure !== null && !failsElsewhere(path, test.injectsFailure, facts)) return true
  return test.assertsFailure !== null && !isQuiet(path)
}

/** It may be about the function, and calls something else. */
function isTitleOnly(path: ErrorPath, test: TestCase): boolean {
  const last = lastPart(path.owner ?? '')
  return !test.names.has(last) && titleNames(test.name, last)
}

function failsInside(path: ErrorPath, test: TestCase): boolean {
  return test.injectsFailure?.into.some((name) => path.protects.includes(name)) === true
}

function makesAnotherFail(path: ErrorPath, { injectsFailure }: TestCase, facts: CodeFacts): boolean {
  return path.kind !== 'raise' && injectsFailure !== null && failsElsewhere(path, injectsFailure, facts)
}

/** What it makes fail are other calls of the function, which stand outside of what the handler protects. */
function failsElsewhere(path: ErrorPath, { into }: Fault, facts: CodeFacts): boolean {
  if (path.protects.length === 0 || into.length === 0 || into.some((name) => path.protects.includes(name))) return false
  const owner = facts.functions.find((fn) => fn.qualifiedName === path.owner)
  return owner !== undefined && into.some((name) => owner.calls.includes(name) && !path.calls.includes(name))
}

/** No error comes out of it: asserting an error of the function says nothing about this path. */
function isQuiet(path: ErrorPath): boolean {
  return (
    path.outcome === 'swallow' || path.outcome === 'default' || path.outcome === 'success' || path.outcome === 'recover'
  )
}

/** Failures that a file must have for a habit to be seen in them. */
const MIN_HABIT = 2

/** Most failures that this file raises besides the changed ones are tested. */
export function isPractised(
  facts: CodeFacts,
  changed: ReadonlySet<ErrorPath>,
  sourcePath: string,
  tests: readonly TestFile[],
): boolean {
  const others = facts.errorPaths.filter(
    (path) =>
      !changed.has(path) &&
      path.outcome !== 'propagate' &&
      (path.kind === 'raise' || path.outcome === 'translate' || path.outcome === 'respond'),
  )
  if (others.length < MIN_HABIT) return false
  const tested = others.filter((path) => isTested(path, facts, sourcePath, tests))
  return tested.length >= MIN_HABIT && tested.length * 3 >= others.length * 2
}
