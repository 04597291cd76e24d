import type { BehaviourOfChange, Signal } from '../../facts/behaviour/behaviour-facts.ts'
import { hasWord } from '../../facts/behaviour/name-match.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import type { Evidence } from '../define-check.ts'

const WORTH: readonly Signal['kind'][] = ['metric', 'heartbeat', 'span', 'report', 'log']

/** What shows an operator that a way in fails: signals in it and in what it calls, what wraps it, what watches the process. */
export function signalEvidence(
  way: NewWayIn,
  reached: readonly ReachedCode[],
  behaviour: BehaviourOfChange,
): readonly Evidence[] {
  return (
    ownSignals(reached) ??
    wrapperSignals(way) ??
    installed(way, behaviour) ??
    ofFramework(way, behaviour) ??
    inRules(way, behaviour) ??
    []
  )
}

/** The best of each kind, at most three. */
function ownSignals(reached: readonly ReachedCode[]): readonly Evidence[] | null {
  const found = reached.flatMap(({ path, head, span }) =>
    head.signals
      .filter((signal) => signal.level !== 'debug' && encloses(span, signal.span))
      .map((signal) => ({ path, signal })),
  )
  const best = WORTH.flatMap((kind) => found.find(({ signal }) => signal.kind === kind) ?? [])
  if (best.length === 0) return null
  return best.slice(0, 3).map(({ path, signal }) => ({
    kind: 'signal',
    says: `${NAMES[signal.kind]} of ${signal.tool}`,
    at: { path, startLine: signal.span.startLine, endLine: signal.span.endLine, side: 'head' },
  }))
}

const NAMES = {
  metric: 'A metric',
  heartbeat: 'A heartbeat',
  span: 'A span',
  report: 'An error report',
  log: 'A log line',
} as const satisfies Record<Signal['kind'], string>

const WRAPPING = [
  'metric',
  'metrics',
  'trace',
  'traced',
  'tracing',
  'span',
  'instrument',
  'instrumented',
  'sentry',
  'log',
  'logged',
  'logger',
  'monitor',
  'monitored',
  'telemetry',
  'otel',
  'observe',
  'timed',
]

/** Middleware, decorators and interceptors around it that say so by name. */
function wrapperSignals({ file, entry }: NewWayIn): readonly Evidence[] | null {
  const wrapper = entry.wrappers.find((name) => WRAPPING.some((word) => hasWord(name, word)))
  if (wrapper === undefined) return null
  const at = { path: file.path, startLine: entry.span.startLine, endLine: entry.span.endLine, side: 'head' } as const
  return [{ kind: 'signal', says: `It runs inside ${wrapper}`, at }]
}

/** An alert, objective or dashboard of the repository that names it. */
function inRules({ entry }: NewWayIn, { practice }: BehaviourOfChange): readonly Evidence[] | null {
  const name = telling(entry)
  if (name.length < LEAST_NAME) return null
  for (const { path, text } of practice.rules) {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      if (/[\w-]/.test(`${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`)) continue
      const line = text.slice(0, at).split('\n').length
      return [
        {
          kind: 'signal',
          says: `A rule or dashboard names ${name}`,
          at: { path, startLine: line, endLine: line, side: 'head' },
        },
      ]
    }
  }
  return null
}

/** Shorter names stand in many places by chance. Characters. */
const LEAST_NAME = 5

/** The fixed part of a path, or the name of a job. */
function telling({ kind, identity }: NewWayIn['entry']): string {
  const path = /\/[\w/.-]*/.exec(identity)?.[0]
  if (kind === 'route' && path !== undefined) return path.replace(/\/$/, '')
  return /\S+$/.exec(identity)?.[0] ?? ''
}

/** Task queues log an exception that nobody caught. */
function ofFramework({ entry }: NewWayIn, { catalog }: BehaviourOfChange): readonly Evidence[] | null {
  const isLogged = catalog.entryPoints.some(
    ({ title, kind, logsFailures }) => logsFailures && title === entry.framework && kind === entry.kind,
  )
  return isLogged ? [{ kind: 'signal', says: `${entry.framework} logs every failure of a ${entry.kind} itself` }] : null
}

function installed({ entry }: NewWayIn, { practice }: BehaviourOfChange): readonly Evidence[] | null {
  const tool = practice.telemetry.find((one) => one.sees.includes(entry.kind))
  if (tool === undefined) return null
  const at = { path: tool.path, startLine: tool.line, endLine: tool.line, side: 'head' } as const
  return [{ kind: 'signal', says: `${tool.title} is installed and sees every ${entry.kind}`, at }]
}
