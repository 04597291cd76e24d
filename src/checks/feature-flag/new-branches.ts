import { createHash } from 'node:crypto'
import type {
  Behaviour,
  BehaviourOfChange,
  BehaviourOfFile,
  OutboundCall,
} from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import { runsInBrowser } from '../../facts/behaviour/where-it-runs.ts'
import { encloses, type Span } from '../../facts/code/code-shape.ts'
import type { Exposure } from '../define-check.ts'
import { isCritical, isInternal } from './named-risk.ts'
import { shorten } from './wording.ts'

/**
 * A branch that was not there, in a function that was, which sends something to a system that the function did not call
 * before: the one kind of new branch that nobody can mistake for a fix. Only where the name or the path says money or access.
 */
export function newBranches({ files, practice }: BehaviourOfChange): readonly Exposure[] {
  return files.flatMap((one) => {
    const { file, base, head } = one
    if (base === null || head === null || isInternal(file.path) || runsInBrowser(file.path, head)) return []
    return head.outbound
      .filter((call) => call.writes && call.owner !== null && isCritical(`${file.path} ${call.owner}`))
      .filter((call) => isNewIn(call, base) && branchAround(call, head) !== null && !isGated(call, head))
      .map((call) => exposureOf(one, call, practice.flags[0]?.title ?? 'a flag'))
  })
}

/** The function was there, and called nothing of that name. */
function isNewIn({ owner, method }: OutboundCall, { code, outbound }: Behaviour): boolean {
  const wasThere = code?.shape.functions.some((one) => one.name === owner) ?? false
  return wasThere && !outbound.some((one) => lastPart(one.method) === lastPart(method) || one.owner === owner)
}

/** The innermost condition on whose side the call runs, within its function. */
function branchAround({ span, owner }: OutboundCall, { code }: Behaviour): Span | null {
  const sides = code?.shape.branches.filter((one) => one.owner === owner).flatMap(({ yes, no }) => [yes, no]) ?? []
  return sides.find((side) => side !== null && encloses(side, span)) ?? null
}

function isGated({ span }: OutboundCall, { gates }: Behaviour): boolean {
  return gates.some((gate) => gate.on.some((side) => encloses(side, span)))
}

function exposureOf({ file }: BehaviourOfFile, call: OutboundCall, tool: string): Exposure {
  const owner = call.owner ?? ''
  return {
    kind: 'ungated-branch',
    severity: 'medium',
    at: { path: file.path, startLine: call.span.startLine, endLine: call.span.endLine, side: 'head' },
    says: `A new branch of \`${shorten(owner)}\` calls \`${shorten(call.method)}\` and no flag stands around it: everybody who meets its condition goes that way as soon as this is deployed`,
    remedy: `Ask ${tool} in the condition of the branch, so that it can be turned off without a deploy`,
    evidence: [],
    within: owner,
    anchor: createHash('sha256').update(`${owner} ${call.method}`).digest('hex').slice(0, 16),
  }
}
