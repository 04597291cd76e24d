import type { ChangedFile } from '../../change/change.ts'
import type { CodeFacts, ErrorPath, LineRange, Unreadable } from './code-facts.ts'

/** Callers of callers, in the same file, through which a test can reach a function. */
const MAX_HOPS = 3
/** Shorter pieces of a message are no proof. Characters. */
const MIN_MESSAGE = 10

/**
 * Words of which a test that drives a touched failure of this file has at least one: the functions it stands in, those
 * that call them, and what the failure says. Empty when the change touches no error path.
 */
export function failureWords(file: ChangedFile, facts: CodeFacts | Unreadable | null): readonly string[] {
  if (facts === null || 'reason' in facts) return []
  const touched = facts.errorPaths.filter((path) => isTouched(file, path.range))
  if (touched.length === 0) return []
  const found = new Set(touched.flatMap((path) => [...ownNames(path), ...ownMessages(path)]))
  let targets = new Set(touched.flatMap(ownNames))
  for (let hop = 0; hop < MAX_HOPS && targets.size > 0; hop++) {
    const callers = facts.functions
      .filter((fn) => fn.calls.some((call) => targets.has(call)))
      .flatMap((fn) => fn.qualifiedName.split('.'))
      .filter((name) => !found.has(name))
    for (const name of callers) found.add(name)
    targets = new Set(callers)
  }
  return [...found].filter((word) => word.length > 2)
}

/** Without hunks everything counts as touched. */
function isTouched(file: ChangedFile, range: LineRange): boolean {
  if (file.hunks.length === 0) return true
  return file.hunks.some(
    (hunk) => hunk.headStart <= range.endLine && range.startLine <= hunk.headStart + hunk.headLines,
  )
}

/** A route is known by its path: `POST /refunds` by `/refunds`. */
function ownNames(path: ErrorPath): readonly string[] {
  return (path.owner ?? '').split('.').flatMap((name) => {
    const route = /^[A-Z]+ (\/[^:{[]*)/.exec(name)?.[1]
    return route === undefined ? [name] : [route]
  })
}

function ownMessages(path: ErrorPath): readonly string[] {
  return path.signature.messages.filter((message) => message.length >= MIN_MESSAGE)
}
