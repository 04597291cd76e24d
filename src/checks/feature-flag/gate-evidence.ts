import type { BehaviourOfChange, FlagGate } from '../../facts/behaviour/behaviour-facts.ts'
import { hasWord, lastPart } from '../../facts/behaviour/name-match.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import type { Evidence } from '../define-check.ts'

/** What switches a new way in: the first of these that holds. */
export function gateEvidence(
  way: NewWayIn,
  reached: readonly ReachedCode[],
  behaviour: BehaviourOfChange,
): readonly Evidence[] {
  const { file, head, entry } = way
  const around = head.gates.find((gate) =>
    gate.on.some((span) => encloses(span, entry.span) || (entry.body !== null && encloses(span, entry.body))),
  )
  if (around !== undefined) return [evidence(around, file.path, 'is registered only when')]
  const wraps = head.gates.find((gate) =>
    gate.wraps.some(
      (name) => entry.wrappers.includes(name) || name === entry.handler || isClassOf(name, entry.handler),
    ),
  )
  if (wraps !== undefined) return [evidence(wraps, file.path, 'is wrapped by')]
  return inWrapper(way, behaviour) ?? inReached(reached) ?? []
}

function isClassOf(name: string, handler: string | null): boolean {
  return handler?.startsWith(`${name}.`) ?? false
}

/** Middleware whose name says flag, or whose body in the changed files asks one. */
function inWrapper({ file, entry }: NewWayIn, { files }: BehaviourOfChange): readonly Evidence[] | null {
  for (const wrapper of entry.wrappers) {
    const name = lastPart(wrapper)
    for (const other of files) {
      const gate = other.head?.gates.find(
        (one) => one.owner !== null && lastPart(one.owner) === name && one.on.length > 0,
      )
      if (gate !== undefined) return [evidence(gate, other.file.path, 'is served through')]
    }
    if (['feature flag', 'feature', 'flag', 'toggle'].some((word) => hasWord(name, word)))
      return [
        {
          kind: 'flag',
          says: `${name} stands before the handler`,
          at: { path: file.path, startLine: entry.span.startLine, endLine: entry.span.endLine, side: 'head' },
        },
      ]
  }
  return null
}

/** A gate in the handler, or in what it calls: it leaves early, or works only when the flag is on. */
function inReached(reached: readonly ReachedCode[]): readonly Evidence[] | null {
  for (const { path, head, span } of reached) {
    const gate = head.gates.find((one) => one.on.length > 0 && encloses(span, one.span))
    if (gate !== undefined) return [evidence(gate, path, 'works only when')]
  }
  return null
}

function evidence(gate: FlagGate, path: string, how: string): Evidence {
  const key = gate.key === null ? '' : ` \`${gate.key}\``
  const slow = gate.live ? '' : ', which takes a deploy or a restart to turn'
  return {
    kind: 'flag',
    says: `It ${how} ${gate.live ? gate.tool : 'the setting'}${key} says so${slow}`,
    at: { path, startLine: gate.span.startLine, endLine: gate.span.endLine, side: 'head' },
  }
}
