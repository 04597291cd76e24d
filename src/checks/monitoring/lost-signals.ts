import { createHash } from 'node:crypto'
import type { Behaviour, BehaviourOfChange, BehaviourOfFile, Signal } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import { calledBy } from '../../facts/behaviour/reach.ts'
import { runsInBrowser } from '../../facts/behaviour/where-it-runs.ts'
import { type CallSite, type Condition, encloses, type Span } from '../../facts/code/code-shape.ts'
import { words } from '../../facts/code/failure-words.ts'
import type { Exposure } from '../define-check.ts'
import { type AskingRule, askingRule } from './asking-rule.ts'
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
 * function of the change, or became one of another kind, is not lost. medium where a rule or dashboard asks for what nothing
 * in the change counts any more; an error report is, on a journey of the policy. `isMeant`: the title says that it goes.
 */
export function lostSignals({ files, practice }: BehaviourOfChange, isMeant: boolean): readonly Exposure[] {
  const before = namesOf(files, 'base')
  const after = namesOf(files, 'head')
  const defined = metricsByVariable(files)
  return folded(
    files.flatMap((one) =>
      strongOf(one.base)
        .filter((signal) => {
          const name = instrumentOf(one.base, signal)
          return (after.get(name) ?? 0) < (before.get(name) ?? 0) && isSilenced(one, signal, files)
        })
        .map((signal) => {
          const name = instrumentOf(one.base, signal)
          const rule = after.has(name) ? null : askingRule(defined.get(name) ?? name, practice.rules)
          return exposureOf(one, signal, rule, isMeant || isCaseGone(one, signal))
        }),
    ),
  )
}

/** How often each instrument speaks on one side of the change. */
function namesOf(files: BehaviourOfChange['files'], side: 'base' | 'head'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const one of files)
    for (const signal of strongOf(one[side])) {
      const name = instrumentOf(one[side], signal)
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  return counts
}

/** `refunds` for `export const refunds = new Counter({ name: 'refunds_total' })`. */
function metricsByVariable(files: BehaviourOfChange['files']): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ base }) =>
      (base?.signals ?? []).flatMap((signal) => {
        const name = siteOf(base, signal)?.boundTo ?? null
        return signal.metric === null || name === null ? [] : [[name, signal.metric] as const]
      }),
    ),
  )
}

/** So many at once are one decision, said once. */
const MANY = 4

function folded(exposures: readonly Exposure[]): readonly Exposure[] {
  const first = exposures.find(({ severity }) => severity !== 'low') ?? exposures[0]
  if (first === undefined || exposures.length < MANY) return exposures
  const says = `${first.says}; so are ${exposures.length - 1} other signals of functions that this change keeps`
  return [{ ...first, says }]
}

function strongOf(behaviour: Behaviour | null): readonly Signal[] {
  const strong = (behaviour?.signals ?? []).filter((signal) => STRONG.includes(signal.kind) && signal.metric === null)
  // `total.WithLabelValues("ok").Inc()` is one signal, though two calls.
  return strong.filter((signal) => !strong.some((other) => other !== signal && encloses(other.span, signal.span)))
}

function siteOf(behaviour: Behaviour | null, { span }: Signal): CallSite | undefined {
  return behaviour?.code?.shape.calls.find((one) => one.span.start === span.start && one.span.end === span.end)
}

function nameOf(behaviour: Behaviour | null, signal: Signal): string {
  // What is handed to `WithLabelValues` on the way is no part of its name.
  return siteOf(behaviour, signal)?.callee.replace(/\([^()]*\)/g, '()') ?? ''
}

/**
 * What it is wherever it stands: the name of the metric that it hands over, else the last name before the method. The
 * receiver in front is no part of it: `request.metrics.increment('x')` moved is `metrics.increment('x')`.
 */
function instrumentOf(behaviour: Behaviour | null, signal: Signal): string {
  const first = siteOf(behaviour, signal)?.args[0]?.value
  if (signal.kind === 'metric' && first?.is === 'text' && /^[\w.:/{}-]{4,}$/.test(first.text)) return first.text
  const parts = nameOf(behaviour, signal)
    .replace(/\.(?:WithLabelValues|With|labels)\(\)/g, '')
    .split('.')
  return (signal.kind === 'metric' ? (parts.at(-2) ?? parts.at(-1)) : parts.at(-1)) ?? ''
}

/** Its function is still there under its name, and neither it nor what it calls in the change has a signal. */
function isSilenced({ file, base, head }: BehaviourOfFile, signal: Signal, files: BehaviourOfChange['files']): boolean {
  if (head === null || base === null || signal.owner === null || runsInBrowser(file.path, head)) return false
  const now = functionsNamed(head, signal.owner)
  if (now.length === 0 || isPassedOnNow(base, head, signal)) return false
  if (now.some((span) => isRecordedIn(span, base, head))) return false
  const own = now.map((span) => ({ path: file.path, head, span }))
  const shown = [...own, ...own.flatMap((piece) => calledBy(piece, files))]
  return !shown.some((piece) =>
    piece.head.signals.some((one) => one.level !== 'debug' && encloses(piece.span, one.span)),
  )
}

/** It calls something that says by its name that it counts or reports, and that its file did not call before. */
function isRecordedIn(span: Span, base: Behaviour, head: Behaviour): boolean {
  const old = new Set(base.code?.shape.calls.map(({ callee }) => callee))
  return (
    head.code?.shape.calls.some(
      (one) => encloses(span, one.span) && !old.has(one.callee) && RECORDING.test(words(lastPart(one.callee))),
    ) ?? false
  )
}

const RECORDING =
  /(?:^|[ _])(?:record|count|track|observe|measure|metrics?|report|capture|log|instrument|incr|increment|emit)(?:$|[ _])/

/** It stood on one side of a condition that its file asks no more: what it told of does not happen any more. */
function isCaseGone({ base, head }: BehaviourOfFile, { span }: Signal): boolean {
  const around = base?.code?.shape.branches.filter(({ yes, no }) =>
    [yes, no].some((side) => side !== null && encloses(side, span)),
  )
  const asked = around?.at(-1)?.condition
  if (asked === undefined) return false
  return !head?.code?.shape.branches.some(({ condition }) => textOf(condition) === textOf(asked))
}

/** A condition without its place. */
function textOf(condition: Condition): string {
  return JSON.stringify(condition, (key, value) => (key === 'span' ? undefined : value))
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

function exposureOf(
  { file, base }: BehaviourOfFile,
  signal: Signal,
  rule: AskingRule | null,
  isMeant: boolean,
): Exposure {
  const what = nameOf(base, signal)
  const gone = `The ${NAMES[signal.kind]} \`${shorten(what)}\` is gone from \`${shorten(signal.owner ?? '')}\`, which shows an operator nothing any more`
  return {
    kind: 'signal-removed',
    severity: rule === null ? 'low' : 'medium',
    ...(signal.kind === 'report' && !isMeant ? { onJourney: 'medium' as const } : {}),
    at: {
      path: file.base?.path ?? file.path,
      startLine: signal.span.startLine,
      endLine: signal.span.endLine,
      side: 'base',
    },
    says: rule === null ? gone : `${gone}, and ${rule.path}:${rule.line} still asks for it`,
    remedy:
      rule === null
        ? 'Keep it, or put another signal in its place; look for alerts and dashboards that use it'
        : `Keep it, or change ${rule.path} in the same change`,
    evidence: [],
    within: signal.owner ?? '',
    anchor: createHash('sha256').update(`${what} ${signal.owner}`).digest('hex').slice(0, 16),
  }
}
