import type { ChangedErrorPath } from './changed-error-paths.ts'
import type { CodeFacts, CodeFactsOfChange, CodeOfFile, DroppedFailure, ErrorPath, FunctionFact } from './code-facts.ts'

/**
 * Calls whose failure a function of the base watched and that of the head leaves to nobody: `await save()` that became
 * `void save()`, a Go call whose error is not looked at any more.
 */
export function droppedFailures(code: CodeFactsOfChange): readonly ChangedErrorPath[] {
  return code.files.flatMap((one) => droppedIn(one, code))
}

function droppedIn({ file, base, head }: CodeOfFile, code: CodeFactsOfChange): readonly ChangedErrorPath[] {
  if (base === null || head === null || 'reason' in base || 'reason' in head) return []
  const before = new Map(base.functions.map((fn) => [fn.qualifiedName, fn]))
  const found = head.functions.flatMap((fn) => {
    const old = before.get(fn.qualifiedName)
    if (old === undefined) return []
    const lost = fn.drops.filter(
      ({ call }) => isLost(call, old, fn) && !isHandled(call, fn, head) && !cannotFail(call, code),
    )
    return lost.map((drop) => ({
      file,
      facts: head,
      path: pathOf(drop, fn.qualifiedName, 'swallow'),
      before: pathOf(drop, fn.qualifiedName, 'propagate'),
    }))
  })
  // A function comes before those inside it, which know their calls better.
  return [...new Map(found.map((one) => [`${one.path.range.startLine} ${one.path.protects[0]}`, one])).values()]
}

function isLost(call: string, before: FunctionFact, after: FunctionFact): boolean {
  const isOld = before.drops.some((drop) => drop.call === call)
  return before.watches.includes(call) && !isOld && !after.watches.includes(call)
}

/** Where the call stands in a `try`, or has a handler of its own. */
function isHandled(call: string, fn: FunctionFact, facts: CodeFacts): boolean {
  return facts.errorPaths.some((path) => path.owner === fn.qualifiedName && path.protects.includes(call))
}

/** Its definition is in the change and holds nothing that can fail: it became a plain function. */
function cannotFail(call: string, code: CodeFactsOfChange): boolean {
  return code.files.some(({ head }) => {
    if (head === null || 'reason' in head) return false
    const defined = head.functions.filter((fn) => fn.name === call || fn.name.endsWith(`.${call}`))
    return defined.some(
      (fn) => fn.watches.length === 0 && !head.errorPaths.some((path) => path.owner === fn.qualifiedName),
    )
  })
}

function pathOf(drop: DroppedFailure, owner: string, outcome: 'swallow' | 'propagate'): ErrorPath {
  return {
    kind: 'handler',
    form: drop.form,
    range: drop.range,
    owner,
    outcome,
    signature: { types: [], statuses: [], messages: [] },
    tokens: [drop.form, drop.call, outcome],
    protects: [drop.call],
    catches: [],
    calls: [],
    reports: false,
    debugOnly: false,
    explained: drop.explained,
    perItem: false,
    narrow: false,
    waits: true,
    retries: false,
    answers: false,
    caught: false,
    leaves: false,
  }
}
