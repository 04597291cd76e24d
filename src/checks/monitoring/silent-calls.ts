import { createHash } from 'node:crypto'
import type { Change, Tree } from '../../change/change.ts'
import type {
  Behaviour,
  BehaviourOfChange,
  BehaviourOfFile,
  OutboundCall,
} from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart, receiverOf } from '../../facts/behaviour/name-match.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import { reachedFrom } from '../../facts/behaviour/reach.ts'
import { isCommandLine, isOfBrowserPackage, isTestHelper, runsInBrowser } from '../../facts/behaviour/where-it-runs.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import type { Evidence, Exposure } from '../define-check.ts'
import { shorten } from './wording.ts'

/**
 * New calls that leave the process without a limit. One that is sure to wait for ever is medium, for a hang writes no line and
 * raises no error; where the limit may stand elsewhere, or the file has the habit, low. Those of a new way in are part of it
 * unless they are sure.
 */
export function silentCalls(
  behaviour: BehaviourOfChange,
  fresh: readonly NewWayIn[],
  { headTree, title }: Pick<Change, 'headTree' | 'title'>,
): readonly Exposure[] {
  const reached = fresh.flatMap((way) => reachedFrom(way.file.path, way.head, way.entry, behaviour.files))
  const known = new Map<string, number>()
  for (const { base } of behaviour.files)
    for (const call of base?.outbound ?? []) known.set(call.method, (known.get(call.method) ?? 0) + 1)
  return behaviour.files.flatMap((one) =>
    (one.head?.outbound ?? [])
      .filter((call) => !isKnown(call, known))
      .filter(
        (call) =>
          call.limit === 'none' ||
          !reached.some((piece) => piece.path === one.file.path && encloses(piece.span, call.span)),
      )
      .flatMap((call) => exposureOf(one, call, headTree))
      .map((exposure) => (ELSEWHERE.test(title ?? '') ? { ...exposure, severity: 'low' as const } : exposure)),
  )
}

/** A call that moved has its equal in a base; each equal stands for one call. */
function isKnown(call: OutboundCall, known: Map<string, number>): boolean {
  const left = known.get(call.method) ?? 0
  known.set(call.method, left - 1)
  return left > 0
}

/** A title that speaks of a command line, or of code that was out before somewhere else. */
const ELSEWHERE = /\b\w*cli\b|^\W*(?:\w+(?:\([^)]*\))?!?: ?)?(?:move|vendor|absorb|import)\b/i

/** Rules, samples, the code of others, and what runs on the machine of a developer. */
const ASIDE = /(?:^|\/)(?:\.[^/]+|vendored|third_party|dev-env|dev-infra|dev-tools|toolbox)\//

function exposureOf({ file, base, head }: BehaviourOfFile, call: OutboundCall, tree: Tree | null): readonly Exposure[] {
  if (head === null || call.limit === 'given' || runsInBrowser(file.path, head) || isTestHelper(head)) return []
  if (ASIDE.test(file.path)) return []
  const isHabit = base?.outbound.some((one) => one.client === call.client && one.limit === 'none') ?? false
  const isSure = call.limit === 'none'
  const isMild = isHabit || isCommandLine(head) || isToSelf(call, head) || isExchanged(call, base, head)
  if (isSure && !isMild && isOfBrowserPackage(file.path, tree)) return []
  const limit = isSure ? 'and waits for ever, for its client has no limit of its own' : 'and shows no limit here'
  return [
    {
      kind: 'silent-outbound-call',
      severity: isSure && !isMild ? 'medium' : 'low',
      at: { path: file.path, startLine: call.span.startLine, endLine: call.span.endLine, side: 'head' },
      says: `\`${shorten(call.method)}\` is a new call to another system ${limit}: when that system hangs, this one hangs with it, and a hang is no error that somebody sees`,
      remedy: 'Give it a timeout, and log or count its failures where it is called',
      evidence: signalNear(file.path, head, call),
      within: call.owner ?? '',
      anchor: createHash('sha256').update(`${call.method} ${call.owner}`).digest('hex').slice(0, 16),
    },
  ]
}

/** What runs on the same machine, or is its own metadata, hardly hangs. */
function isToSelf({ span }: OutboundCall, { code }: Behaviour): boolean {
  const first = code?.shape.calls.find((one) => one.span.start === span.start)?.args[0]?.value
  return first?.is === 'text' && /^\w+:\/\/(?:localhost|127\.|0\.0\.0\.0|169\.254\.|\[::1\])/.test(first.text)
}

/** Its function called the same verb of another client before, which is gone: the wait is as long as it was. */
function isExchanged({ owner, method }: OutboundCall, base: Behaviour | null, { code }: Behaviour): boolean {
  const now = new Set(code?.shape.calls.map(({ callee }) => callee))
  return (
    base?.code?.shape.calls.some(
      (one) =>
        one.owner === owner &&
        lastPart(one.callee) === lastPart(method) &&
        !now.has(one.callee) &&
        /http|request|client|session|fetch|axios|got|agent/i.test(receiverOf(one.callee)),
    ) ?? false
  )
}

/** A signal in the same function; a log line says nothing of a call that never comes back. */
function signalNear(path: string, head: NonNullable<BehaviourOfFile['head']>, call: OutboundCall): readonly Evidence[] {
  const around = head.code?.shape.functions.filter((one) => encloses(one.span, call.span)) ?? []
  const signal = head.signals
    .filter(({ kind }) => call.limit !== 'none' || kind !== 'log')
    .find((one) => around.some((fn) => encloses(fn.span, one.span)))
  if (signal === undefined) return []
  const at = { path, startLine: signal.span.startLine, endLine: signal.span.endLine, side: 'head' } as const
  return [{ kind: 'signal', says: `${signal.tool} in the same function`, at }]
}
