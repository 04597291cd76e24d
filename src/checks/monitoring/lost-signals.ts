import { createHash } from 'node:crypto'
import type { Behaviour, BehaviourOfChange, BehaviourOfFile, Signal } from '../../facts/behaviour/behaviour-facts.ts'
import { runsInBrowser } from '../../facts/behaviour/where-it-runs.ts'
import { encloses, type Span } from '../../facts/code/code-shape.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { shorten } from './wording.ts'

/** What an operator acts on. Log lines come and go; spans are many. */
const STRONG: readonly Signal['kind'][] = ['metric', 'report', 'heartbeat']

const NAMES = {
  metric: 'metric',
  report: 'error report',
  heartbeat: 'heartbeat',
  span: 'span',
  log: 'log line',
} as const

/**
 * Functions that counted or reported before, are still there, and show nothing any more. A signal that moved to another
 * function of the change, or became one of another kind, is not lost. `isMeant`: the title says that it goes.
 */
export function lostSignals({ files }: BehaviourOfChange, isMeant: boolean): readonly Exposure[] {
  const count = (side: 'base' | 'head', text: string): number =>
    files.reduce(
      (sum, one) => sum + strongOf(one[side]).filter((signal) => nameOf(one[side], signal) === text).length,
      0,
    )
  return folded(
    files.flatMap((one) =>
      strongOf(one.base)
        .filter((signal) => isSilenced(one, signal))
        .filter((signal) => count('head', nameOf(one.base, signal)) < count('base', nameOf(one.base, signal)))
        .map((signal) => exposureOf(one, signal, isMeant ? 'low' : 'medium')),
    ),
  )
}

/** So many at once are one decision, said once. */
const MANY = 4

function folded(exposures: readonly Exposure[]): readonly Exposure[] {
  const [first] = exposures
  if (first === undefined || exposures.length < MANY) return exposures
  const says = `${first.says}; so are ${exposures.length - 1} other signals of functions that this change keeps`
  return [{ ...first, says }]
}

function strongOf(behaviour: Behaviour | null): readonly Signal[] {
  const strong = (behaviour?.signals ?? []).filter((signal) => STRONG.includes(signal.kind) && signal.metric === null)
  // `total.WithLabelValues("ok").Inc()` is one signal, though two calls.
  return strong.filter((signal) => !strong.some((other) => other !== signal && encloses(other.span, signal.span)))
}

function nameOf(behaviour: Behaviour | null, signal: Signal): string {
  const site = behaviour?.code?.shape.calls.find(
    (one) => one.span.start === signal.span.start && one.span.end === signal.span.end,
  )
  // What is handed to `WithLabelValues` on the way is no part of its name.
  return site?.callee.replace(/\([^()]*\)/g, '()') ?? ''
}

/** Its function is still there under its name, and has no signal at all. */
function isSilenced({ file, base, head }: BehaviourOfFile, signal: Signal): boolean {
  if (head === null || base === null || signal.owner === null || runsInBrowser(file.path, head)) return false
  const now = functionsNamed(head, signal.owner)
  if (now.length === 0 || isPassedOnNow(base, head, signal)) return false
  return !head.signals.some((one) => one.level !== 'debug' && now.some((span) => encloses(span, one.span)))
}

/** It stood in a handler, and what that caught is caught no more: the failure goes up, to whatever sees failures there. */
function isPassedOnNow(base: Behaviour, head: Behaviour, { owner, span }: Signal): boolean {
  const handler = base.code?.errorPaths.find(
    ({ kind, range }) => kind === 'handler' && range.startLine <= span.startLine && span.endLine <= range.endLine,
  )
  if (handler === undefined || handler.protects.length === 0) return false
  const still = head.code?.errorPaths.some(
    (one) =>
      one.kind === 'handler' && one.owner === owner && one.protects.some((call) => handler.protects.includes(call)),
  )
  return still !== true
}

function functionsNamed({ code }: Behaviour, name: string): readonly Span[] {
  return (code?.shape.functions ?? []).filter((one) => one.name === name).map((one) => one.span)
}

function exposureOf({ file, base }: BehaviourOfFile, signal: Signal, severity: Severity): Exposure {
  const what = nameOf(base, signal)
  return {
    kind: 'signal-removed',
    severity,
    at: {
      path: file.base?.path ?? file.path,
      startLine: signal.span.startLine,
      endLine: signal.span.endLine,
      side: 'base',
    },
    says: `The ${NAMES[signal.kind]} \`${shorten(what)}\` is gone from \`${shorten(signal.owner ?? '')}\`, which shows an operator nothing any more`,
    remedy: 'Keep it, or put another signal in its place; look for alerts and dashboards that use it',
    evidence: [],
    within: signal.owner ?? '',
    anchor: createHash('sha256').update(`${what} ${signal.owner}`).digest('hex').slice(0, 16),
  }
}
