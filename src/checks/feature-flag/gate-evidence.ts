import type { Behaviour, BehaviourOfChange, FlagGate } from '../../facts/behaviour/behaviour-facts.ts'
import { isImported, mountsOf } from '../../facts/behaviour/mounts.ts'
import { hasWord, lastPart } from '../../facts/behaviour/name-match.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { encloses, type Span } from '../../facts/code/code-shape.ts'
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
  return inWrapper(way, behaviour) ?? inBuilder(way, behaviour) ?? atMounts(way, behaviour) ?? inReached(reached) ?? []
}

/** Every place of the change that mounts its router, or calls what registers it, runs only when a flag is on; or there is none yet. */
function atMounts({ file, entry }: NewWayIn, { files }: BehaviourOfChange): readonly Evidence[] | null {
  const mounts = mountsOf(file.path, entry, files, 'head')
  const gates = mounts.map(({ path, behaviour, site }) => ({
    path,
    gate: behaviour.gates.find((one) => one.on.some((span) => encloses(span, site.span))),
  }))
  const [first] = gates
  if (first?.gate !== undefined && gates.every(({ gate }) => gate !== undefined))
    return [evidence(first.gate, first.path, 'is mounted only when')]
  if (mounts.length > 0 || entry.through === null || file.base !== null || isGo(file.path)) return null
  if (isImported(file.path, files)) return null
  const at = { path: file.path, startLine: entry.span.startLine, endLine: entry.span.endLine, side: 'head' } as const
  return [{ kind: 'flag', says: `It cannot be reached yet: nothing in the change mounts \`${entry.through}\``, at }]
}

/** A package is one name space: whoever calls the function need not import the file. */
function isGo(path: string): boolean {
  return path.endsWith('.go')
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

/** `const betaProcedure = procedure.use(…)` asks a flag on the way to every handler that is made from it. */
function inBuilder({ head, entry }: NewWayIn, { files }: BehaviourOfChange): readonly Evidence[] | null {
  const callee = head.code?.shape.calls.find(({ span }) => span.start === entry.span.start)?.callee ?? ''
  const root = callee.split(/[.(]/)[0] ?? ''
  if (root === '' || root === callee) return null
  for (const { file, head: other } of files) {
    const made = other?.code?.shape.calls.find(({ boundTo }) => boundTo === root)
    const gate = other?.gates.find((one) => made !== undefined && encloses(made.span, one.span) && one.on.length > 0)
    if (gate !== undefined) return [evidence(gate, file.path, 'is served through')]
  }
  return null
}

/** A gate in the handler, or in what it calls: it leaves early, or works only when the flag is on. */
function inReached(reached: readonly ReachedCode[]): readonly Evidence[] | null {
  for (const { path, head, span } of reached) {
    const gate = head.gates.find((one) => encloses(span, one.span) && decides(one, head))
    if (gate !== undefined) return [evidence(gate, path, 'works only when')]
  }
  return null
}

/** The work runs when it is on: an exit for those who have the flag gates nothing. */
function decides({ on, off }: FlagGate, { code }: Behaviour): boolean {
  const callsIn = (spans: readonly Span[]): number =>
    code?.shape.calls.filter((site) => spans.some((span) => encloses(span, site.span))).length ?? 0
  return on.length > 0 && (off.length === 0 || callsIn(on) >= callsIn(off))
}

function evidence(gate: FlagGate, path: string, how: string): Evidence {
  const key = gate.key === null ? '' : ` \`${gate.key}\``
  const slow = gate.live ? '' : ', which takes a deploy or a restart to turn'
  const so = how.endsWith(' when') ? ' says so' : ''
  return {
    kind: 'flag',
    says: `It ${how} ${gate.live ? gate.tool : 'the setting'}${key}${so}${slow}`,
    at: { path, startLine: gate.span.startLine, endLine: gate.span.endLine, side: 'head' },
  }
}
