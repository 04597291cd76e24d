import { createHash } from 'node:crypto'
import type { Change } from '../../change/change.ts'
import type { BehaviourOfChange } from '../../facts/behaviour/behaviour-facts.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import type { Exposure } from '../define-check.ts'
import { type ChangeAround, changeAround, type FollowedWayIn, followed } from './change-around.ts'
import { gateEvidence } from './gate-evidence.ts'
import { isByClock, isSwitchedElsewhere, severityOf } from './severity-of.ts'
import { wasThere } from './was-there.ts'
import { remedyOf, saysOf } from './wording.ts'

/**
 * An exposure for each new way in; those with a gate carry it as evidence. A contract repeats what code already says.
 * `hasOtherCode`: the change has code in a language that is not read, which may serve a contract.
 */
export function ungatedWaysIn(
  fresh: readonly NewWayIn[],
  behaviour: BehaviourOfChange,
  {
    change,
    hasOtherCode,
  }: { readonly change: Pick<Change, 'title' | 'files' | 'headTree'>; readonly hasOtherCode: boolean },
): readonly Exposure[] {
  const inCode = fresh.filter(({ head }) => head.code !== null)
  const kept = followed(
    fresh.filter((way) => way.head.code !== null || !isSaidInCode(way, inCode)),
    behaviour,
  )
  if (kept.length === 0) return []
  const around = changeAround(kept, behaviour, change)
  const names = namesInCode(behaviour)
  return kept.map((one) => {
    const exposure = exposureOf(one, around, behaviour)
    return one.way.head.code === null && !hasOtherCode && (isDescription(one.way) || !isServedHere(one.way, names))
      ? { ...exposure, severity: 'low' }
      : exposure
  })
}

/** What the changed code of the server defines. */
function namesInCode({ files }: BehaviourOfChange): readonly string[] {
  return files.flatMap(({ head }) => {
    const shape = head?.code?.shape
    if (shape === undefined) return []
    const bound = shape.calls.flatMap(({ boundTo }) => boundTo ?? [])
    return [...shape.functions, ...shape.exports, ...shape.classes]
      .map(({ name }) => name)
      .concat(bound)
      .map(lastWord)
  })
}

/** A description of routes that is new as a whole tells of what is there. */
function isDescription({ file, entry }: NewWayIn): boolean {
  return file.base === null && entry.kind === 'route'
}

/** A contract alone may be the copy of another service's: no code of the change serves it. */
function isServedHere({ entry }: NewWayIn, names: readonly string[]): boolean {
  const name = lastWord(entry.identity)
  return names.some((one) => one.startsWith(name))
}

/** `Mutation.refundCreate` in the SDL, and its resolver in the code. A description of routes that stand in the code adds none. */
function isSaidInCode({ entry }: NewWayIn, inCode: readonly NewWayIn[]): boolean {
  if (entry.kind === 'route' && inCode.some((other) => other.entry.kind === 'route')) return true
  const name = lastWord(entry.identity)
  return inCode.some((other) => lastWord(other.entry.identity) === name || lastWord(other.entry.handler ?? '') === name)
}

function lastWord(identity: string): string {
  return (identity.split(/[\s./]/).at(-1) ?? '').replace(/_/g, '').toLowerCase()
}

function exposureOf(one: FollowedWayIn, around: ChangeAround, behaviour: BehaviourOfChange): Exposure {
  const { file, entry } = one.way
  const kind = isByClock(one.way, around) && entry.kind === 'job' ? 'schedule' : entry.kind
  const evidence = gateEvidence(one.way, one.reached, behaviour)
  const severity = severityOf(one, around)
  const isOpen = severity !== 'low' && evidence.length === 0
  const isMaybe = isOpen && (isSwitchedElsewhere(one, around) || wasThere(entry, behaviour))
  return {
    kind: `ungated-${kind}`,
    severity: isMaybe ? 'low' : severity,
    at: { path: file.path, startLine: entry.span.startLine, endLine: entry.span.endLine, side: 'head' },
    says: saysOf(entry, kind),
    remedy: remedyOf(entry, behaviour),
    evidence,
    within: entry.handler ?? '',
    anchor: createHash('sha256').update(`${entry.kind} ${entry.identity}`).digest('hex').slice(0, 16),
  }
}
