import { lastPart } from '../../facts/behaviour/name-match.ts'
import { callersOf, constructorsOf } from '../../facts/code/callers.ts'
import type { CodeFacts, ErrorPath, TestCase, TestFile } from '../../facts/code/code-facts.ts'
import { isRoute } from './route-match.ts'

/** Through what a test can run an error path. */
export interface Driver {
  readonly owner: ReadonlySet<string>
  /** Functions of the same file through which a test can reach the owner, and what makes its type. */
  readonly callers: ReadonlySet<string>
}

/** Shorter names of methods, as `canActivate`, may be those of another class. Characters. */
const MIN_METHOD = 14
/** Shorter names of views are words of many routes. Characters. */
const MIN_VIEW = 4

export function driverOf(path: ErrorPath, facts: CodeFacts): Driver {
  if (path.owner === null) return { owner: new Set(), callers: new Set() }
  const owner = namesOf(path.owner)
  const callers = callersOf(facts.functions, owner, (name) => isTellingPart(name) && !isCommonName(name))
  return { owner, callers: new Set([...callers, ...constructorsOf(facts.functions, path.owner)]) }
}

/** `OrderService.save` is driven by a test that names both; by `save` alone when it stands alone. */
function namesOf(qualifiedName: string): ReadonlySet<string> {
  return new Set(qualifiedName.split('.').filter(isTellingPart))
}

function isTellingPart(name: string): boolean {
  return name.length > 2 && !/^(?:constructor|default|__init__|main|init)$/.test(name)
}

export function mentionsOwner(path: ErrorPath, driver: Driver, file: TestFile, test: TestCase): boolean {
  if (path.owner === null) return false
  const last = lastPart(path.owner)
  const route = /^[A-Z]+ (\/.*)$/.exec(last)?.[1]
  if (route !== undefined) return [...test.strings].some((text) => isRoute(text, route))
  if (!driver.owner.has(last)) return [...driver.owner].some((name) => test.names.has(name))
  if (titleNames(test.name, last)) return true
  const containers = path.owner.split('.').slice(0, -1)
  if (file.link !== 'far' && IS_METHOD.test(last) && containers.some((name) => asksView(test, name))) return true
  if (!test.names.has(last)) return false
  const bound = file.link === 'imports' || file.link === 'package'
  if (bound || containers.some((name) => test.names.has(name))) return true
  return !isCommonName(last) && (containers.length === 0 || last.length >= MIN_METHOD)
}

const IS_METHOD = /^(?:get|post|put|patch|delete|dispatch|form_valid|form_invalid)$/

/** A class of a view by its route: `client.post('/inbox/')` drives `Inbox.post`. */
function asksView(test: TestCase, view: string): boolean {
  const name = view.replace(/View(?:Set)?$/, '').toLowerCase()
  if (name.length < MIN_VIEW) return false
  return [...test.strings].some(
    (text) => text.startsWith('/') && text.split('/').some((part) => part.replace(/[-_]/g, '').toLowerCase() === name),
  )
}

/** Methods that half of all classes have: alone they name nothing. */
function isCommonName(name: string): boolean {
  return (
    name.length < 5 ||
    /^(?:save|create|update|delete|remove|list|find|fetch|patch|retrieve|destroy|execute|process|handle|handler|perform|start|close|parse|validate|clean|render|invoke|dispatch|apply|build|check|submit|send|load|setup|action|mutate|resolve|query)$/i.test(
      name,
    )
  )
}

export function mentionsAny(names: ReadonlySet<string>, test: TestCase): boolean {
  for (const name of names) if (test.names.has(name)) return true
  return false
}

/** Go: `TestSyncApp_MissingProject` is about `SyncApp`. */
export function titleNames(title: string, name: string): boolean {
  if (name.length < 6) return false
  const flat = title.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
  return flat.includes(name.replace(/_/g, '').toLowerCase())
}
