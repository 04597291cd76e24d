import { lastPart } from '../../facts/behaviour/name-match.ts'
import { callersOf, constructorsOf } from '../../facts/code/callers.ts'
import type { CodeFacts, CodeFactsOfChange, ErrorPath, TestCase, TestFile } from '../../facts/code/code-facts.ts'
import { isRoute } from './route-match.ts'

/** Through what a test can run an error path. */
export interface Driver {
  readonly owner: ReadonlySet<string>
  /** Functions of the same file through which a test can reach the owner, and what makes its type. */
  readonly callers: ReadonlySet<string>
  /** Functions of other changed files that call the owner. */
  readonly elsewhere: ReadonlySet<string>
}

/** Names of the functions of other changed files that call this one; none where its name is one of many. */
export type CallersElsewhere = (owner: string, file: string) => readonly string[]

/** Changes with more files are not searched. */
const MAX_FILES = 100

/** Looked up once a change, and only when asked. */
export function callersElsewhere(code: CodeFactsOfChange): CallersElsewhere {
  let byCall: ReadonlyMap<string, readonly Caller[]> | null = null
  return (owner, file) => {
    const name = lastPart(owner)
    if (code.files.length > MAX_FILES || isCommonName(name)) return []
    byCall ??= indexCalls(code)
    return (byCall.get(name) ?? []).flatMap((caller) => (caller.file === file ? [] : caller.names))
  }
}

interface Caller {
  readonly file: string
  readonly names: readonly string[]
}

function indexCalls(code: CodeFactsOfChange): ReadonlyMap<string, readonly Caller[]> {
  const found = new Map<string, Caller[]>()
  for (const { file, head } of code.files) {
    if (head === null || 'reason' in head) continue
    for (const fn of head.functions) {
      const names = fn.qualifiedName.split('.').filter((name) => isTellingPart(name) && !isCommonName(name))
      for (const call of fn.calls) {
        const callers = found.get(call)
        if (callers === undefined) found.set(call, [{ file: file.path, names }])
        else callers.push({ file: file.path, names })
      }
    }
  }
  return found
}

/** Shorter names of methods, as `canActivate`, may be those of another class. Characters. */
const MIN_METHOD = 14
/** Shorter names of views are words of many routes. Characters. */
const MIN_VIEW = 4

export function driverOf(path: ErrorPath, facts: CodeFacts, elsewhere: readonly string[] = []): Driver {
  if (path.owner === null) return { owner: new Set(), callers: new Set(), elsewhere: new Set() }
  const owner = namesOf(path.owner)
  const callers = callersOf(facts.functions, owner, (name) => isTellingPart(name) && !isCommonName(name))
  const made = constructorsOf(facts.functions, path.owner)
  return { owner, callers: new Set([...callers, ...made]), elsewhere: new Set(elsewhere) }
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
    /^(?:save|create|update|delete|remove|list|find|fetch|patch|retrieve|destroy|execute|process|handle|handler|perform|start|close|parse|validate|clean|render|invoke|dispatch|apply|build|check|submit|send|load|setup|action|mutate|resolve|query|server|client|router|instance|request|response)$/i.test(
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
