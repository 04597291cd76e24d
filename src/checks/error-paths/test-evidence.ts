import type { CodeFacts, ErrorPath, FailureSignature, TestCase, TestFile } from '../../facts/code/code-facts.ts'
import type { Evidence } from '../define-check.ts'

/** What the tests say of one error path. */
export interface TestVerdict {
  /** Tests that drive it there and assert; empty when it is not covered. */
  readonly evidence: readonly Evidence[]
  /** A test that runs the function, or its file, and asserts no such failure. */
  readonly weak: { readonly path: string; readonly line: number; readonly name: string } | null
}

interface Driver {
  readonly owner: ReadonlySet<string>
  /** Functions of the same file through which a test can reach the owner. */
  readonly callers: ReadonlySet<string>
}

type Strength = 'strong' | 'weak' | 'none'

/** Callers of callers, in the same file. */
const MAX_HOPS = 3
/** Shorter or one-word messages occur everywhere. Characters. */
const MIN_MESSAGE = 10

export function testsOf(
  path: ErrorPath,
  facts: CodeFacts,
  sourcePath: string,
  tests: readonly TestFile[],
): TestVerdict {
  const driver = driverOf(path, facts)
  const evidence: Evidence[] = []
  let weak: TestVerdict['weak'] = null
  for (const file of tests) {
    const mocked = isMocked(file, sourcePath)
    for (const test of file.facts.tests) {
      if (mocked && test.doubles.has(mocked)) continue
      const strength = strengthOf(path, driver, file, test)
      if (strength === 'strong' && evidence.length < 3)
        evidence.push({
          kind: 'test',
          says: `${test.name} makes it fail and asserts`,
          at: { path: file.path, startLine: test.range.startLine, endLine: test.range.endLine, side: 'head' },
        })
      if (strength === 'weak') weak ??= { path: file.path, line: test.range.startLine, name: test.name }
    }
  }
  return { evidence, weak: evidence.length > 0 ? null : weak }
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
          ? stem.endsWith(`/${bare}`)
          : false
      if (local) return double
    }
  return null
}

function driverOf(path: ErrorPath, facts: CodeFacts): Driver {
  if (path.owner === null) return { owner: new Set(), callers: new Set() }
  const owner = namesOf(path.owner)
  const callers = new Set<string>()
  let targets = new Set([path.owner.split('.').pop() ?? path.owner, ...path.owner.split('.').slice(0, -1)])
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const next = new Set<string>()
    for (const fn of facts.functions) {
      if (!fn.calls.some((call) => targets.has(call)) || fn.qualifiedName === path.owner) continue
      for (const name of namesOf(fn.qualifiedName)) if (!callers.has(name) && !owner.has(name)) next.add(name)
    }
    for (const name of next) callers.add(name)
    targets = next
  }
  return { owner, callers }
}

/** `OrderService.save` is driven by a test that names both; by `save` alone when it stands alone. */
function namesOf(qualifiedName: string): ReadonlySet<string> {
  return new Set(
    qualifiedName
      .split('.')
      .filter((part) => part.length > 2 && !/^(?:constructor|default|__init__|main|init)$/.test(part)),
  )
}

function strengthOf(path: ErrorPath, driver: Driver, file: TestFile, test: TestCase): Strength {
  const named = mentionsOwner(path, driver, test)
  const replaced =
    [...driver.owner].some((name) => test.doubles.has(name)) &&
    path.owner !== null &&
    test.doubles.has(lastPart(path.owner))
  if (replaced) return 'none'
  const match = matches(path.signature, test)
  const fails = test.assertsFailure !== null || (test.injectsFailure !== null && test.asserts)
  const reached = named || mentionsAny(driver.callers, test) || file.link === 'imports'
  if (named && fails && match !== 'other') return isDriven(path, test, match) ? 'strong' : 'weak'
  if (reached && fails && match === 'same') return 'strong'
  if (file.inChange && test.assertsFailure !== null && match === 'same' && isDistinct(path.signature)) return 'strong'
  if (file.link !== 'near' && test.assertsFailure !== null && match === 'same' && isDistinct(path.signature))
    return 'strong'
  return named || (reached && file.inChange) ? 'weak' : 'none'
}

/** A handler is driven when the test makes what it protects fail, or asserts that very failure. */
function isDriven(path: ErrorPath, test: TestCase, match: 'same' | 'unknown' | 'other'): boolean {
  if (match === 'same' || test.injectsFailure !== null) return true
  if (path.kind === 'raise') return test.assertsFailure !== null
  return test.assertsFailure !== null && !isQuiet(path)
}

/** No error comes out of it: asserting an error of the function says nothing about this path. */
function isQuiet(path: ErrorPath): boolean {
  return (
    path.outcome === 'swallow' || path.outcome === 'default' || path.outcome === 'success' || path.outcome === 'recover'
  )
}

function mentionsOwner(path: ErrorPath, driver: Driver, test: TestCase): boolean {
  if (path.owner === null) return false
  const last = lastPart(path.owner)
  const route = /^[A-Z]+ (\/.*)$/.exec(last)?.[1]
  if (route !== undefined) return [...test.strings].some((text) => isRoute(text, route))
  if (driver.owner.has(last)) return test.names.has(last) || titleNames(test.name, last)
  return [...driver.owner].some((name) => test.names.has(name))
}

function mentionsAny(names: ReadonlySet<string>, test: TestCase): boolean {
  for (const name of names) if (test.names.has(name)) return true
  return false
}

/** Go: `TestSyncApp_MissingProject` is about `SyncApp`. */
function titleNames(title: string, name: string): boolean {
  if (name.length < 6) return false
  const flat = title.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
  return flat.includes(name.replace(/_/g, '').toLowerCase())
}

/** `/orders/42` calls `/orders/:id`. */
function isRoute(text: string, route: string): boolean {
  const asked = text.split(/[?#]/)[0]?.split('/') ?? []
  const parts = route.split('/')
  return (
    asked.length === parts.length &&
    parts.every((part, index) => part === asked[index] || /^[:{[]/.test(part) || part.startsWith('$'))
  )
}

function lastPart(owner: string): string {
  return owner.slice(owner.lastIndexOf('.') + 1)
}

/** Whether the failure that a test asserts or injects is this one: the same type, status or message; or cannot be told. */
function matches(signature: FailureSignature, test: TestCase): 'same' | 'unknown' | 'other' {
  const asserted = [test.assertsFailure, test.injectsFailure].filter((one) => one !== null)
  const types = asserted.flatMap((one) => one.types)
  const statuses = asserted.flatMap((one) => one.statuses)
  const messages = asserted.flatMap((one) => one.messages).filter(isTelling)
  const known = signature.types.filter((type) => !isGeneral(type))
  if (known.some((type) => types.includes(type) || test.names.has(type))) return 'same'
  if (signature.statuses.some((status) => statuses.includes(status))) return 'same'
  const own = signature.messages.filter(isTelling)
  if (own.some((message) => messages.some((other) => message.includes(other) || other.includes(message)))) return 'same'
  if (own.some((message) => [...test.strings].some((text) => text.includes(message)))) return 'same'
  const specific = types.filter((type) => !isGeneral(type))
  if (known.length > 0 && specific.length > 0) return 'other'
  if (signature.statuses.length > 0 && statuses.length > 0) return 'other'
  if (own.length > 0 && messages.length > 0 && specific.length === 0 && known.length === 0) return 'other'
  return 'unknown'
}

/** Says enough to be recognised in any test of the change. */
function isDistinct(signature: FailureSignature): boolean {
  return (
    signature.types.some((type) => !isGeneral(type) && type.length > 8) ||
    signature.messages.some(isTelling) ||
    signature.statuses.length > 0
  )
}

function isTelling(message: string): boolean {
  return message.length >= MIN_MESSAGE && /[\s_./-]/.test(message)
}

function isGeneral(type: string): boolean {
  return /^(?:Error|Exception|BaseException|TypeError|ValueError|RuntimeError|KeyError|AttributeError)$/.test(type)
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
  const tested = others.filter((path) => testsOf(path, facts, sourcePath, tests).evidence.length > 0)
  return tested.length >= MIN_HABIT && tested.length * 2 >= others.length
}
