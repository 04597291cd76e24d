import type { FunctionFact } from './code-facts.ts'

/** Callers of callers that are followed. */
const MAX_HOPS = 3

/**
 * Names of functions of one file through which these can be reached: what calls them, and what calls that, with its
 * containers. A name that is not `telling` is neither followed nor among the answers.
 */
export function callersOf(
  functions: readonly FunctionFact[],
  names: ReadonlySet<string>,
  isTelling: (name: string) => boolean = () => true,
): ReadonlySet<string> {
  const found = new Set<string>()
  let targets = new Set([...names].filter(isTelling))
  for (let hop = 0; hop < MAX_HOPS && targets.size > 0; hop++) {
    const callers = functions
      .filter((fn) => fn.calls.some((call) => targets.has(call)))
      .flatMap((fn) => fn.qualifiedName.split('.'))
      .filter((name) => !names.has(name) && !found.has(name) && isTelling(name))
    for (const name of callers) found.add(name)
    targets = new Set(callers)
  }
  return found
}

/** Go: `NewForward(…)` makes the `forwardAuth` whose `ServeHTTP` a server calls. */
export function constructorsOf(functions: readonly FunctionFact[], owner: string): readonly string[] {
  const [type, method] = owner.split('.')
  if (type === undefined || method === undefined) return []
  return functions
    .map((fn) => fn.qualifiedName)
    .filter((name) => /^New(?:[A-Z]|$)/.test(name) && type.toLowerCase().startsWith(name.slice(3).toLowerCase()))
}
