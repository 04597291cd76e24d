import { createHash } from 'node:crypto'
import type { Behaviour, BehaviourOfChange, Signal } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import { isTestHelper, runsInBrowser } from '../../facts/behaviour/where-it-runs.ts'
import { type ChangedErrorPath, changedErrorPaths } from '../../facts/code/changed-error-paths.ts'
import type { CodeFactsOfChange, ErrorPath, LineRange } from '../../facts/code/code-facts.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { hurtsSomebody, isKeptCount } from './hurting-work.ts'
import { isExpected } from './quiet-failure.ts'
import { shorten } from './wording.ts'

const QUIET: readonly ErrorPath['outcome'][] = ['swallow', 'success', 'default', 'recover']

/**
 * Failures that nobody hears of: a new handler that goes on in silence, or one that was reported before. `isMeant`: the
 * title says that less shall be said.
 */
export function silentFailures(
  code: CodeFactsOfChange,
  { files }: BehaviourOfChange,
  isMeant: boolean,
): readonly Exposure[] {
  const byPath = new Map(files.map((one) => [one.file.path, one]))
  const fresh = changedErrorPaths(code)
  const known = new Set(fresh.map(({ path }) => path))
  const reporters = reportersIn(files)
  const lowered = relevelled(code).filter(({ path }) => !known.has(path))
  return [...fresh, ...lowered].flatMap((changed) => {
    const of = byPath.get(changed.file.path)
    if (of === undefined || of.head === null || isTestHelper(of.head)) return []
    const told = strongest(of.head.signals, changed.path.range)
    // A report in words the catalog does not know: its level cannot be told, so nothing is said to be lowered.
    const now = told === 0 && changed.path.reports ? LEVELS.length : told
    const was = changed.before === null || of.base === null ? null : strongest(of.base.signals, changed.before.range)
    if (now === 0 && isSaidInside(changed.path, reporters)) return []
    const exposure = exposureOf(changed, of.head, was, now)
    if (exposure === null) return []
    if (!isMeant || exposure.kind === 'silent-failure') return exposure
    const { onJourney: _, ...rest } = exposure
    return { ...rest, severity: 'low' as const }
  })
}

/** Last names of the functions of the change that log or report failures of their own. */
function reportersIn(files: BehaviourOfChange['files']): ReadonlySet<string> {
  const paths = files.flatMap(({ head }) => head?.code?.errorPaths ?? [])
  return new Set(paths.flatMap(({ reports, owner }) => (reports && owner !== null ? lastPart(owner) : [])))
}

/** What failed is a function that says so itself. */
function isSaidInside({ protects: [first, ...more] }: ErrorPath, reporters: ReadonlySet<string>): boolean {
  return first !== undefined && reporters.has(first) && more.every((call) => call === first)
}

/** Handlers that are the same but for the level they log at: to the comparison of error paths that is a mere rename. */
function relevelled(code: CodeFactsOfChange): readonly ChangedErrorPath[] {
  return code.files.flatMap(({ file, base, head }) => {
    if (base === null || head === null || 'reason' in base || 'reason' in head) return []
    const old = new Map(base.errorPaths.map((path) => [withoutLevels(path), path]))
    const same = new Set(base.errorPaths.map((path) => path.tokens.join(' ')))
    return head.errorPaths.flatMap((path) => {
      const before = same.has(path.tokens.join(' ')) ? undefined : old.get(withoutLevels(path))
      return before === undefined ? [] : [{ file, facts: head, path, before }]
    })
  })
}

function withoutLevels(path: ErrorPath): string {
  return `${path.owner} ${path.tokens.map((token) => (LEVEL.test(token) ? 'level' : token)).join(' ')}`
}

const LEVEL = /^(?:trace|debug|info|notice|warn|warning|error|exception|critical|fatal)(?:f|w|ln|Context)?$/i

/** The strongest signal in these lines: report, error, warn, info, debug. */
function strongest(signals: readonly Signal[], range: LineRange): number {
  const ranks = signals
    .filter(({ span }) => span.startLine >= range.startLine && span.endLine <= range.endLine)
    .map(({ kind, level }) => (kind === 'log' ? LEVELS.indexOf(level ?? 'info') + 1 : LEVELS.length + 1))
  return Math.max(0, ...ranks)
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
const WARN = 3

function exposureOf(changed: ChangedErrorPath, head: Behaviour, was: number | null, now: number): Exposure | null {
  const { file, path, before } = changed
  if (path.kind === 'raise' || !QUIET.includes(path.outcome)) return null
  const reported = now > 1 || path.reports
  const lowered = was !== null && was >= WARN && now < WARN && !(reported && was === WARN)
  const browser = runsInBrowser(file.path, head)
  if (!lowered && (browser || isExpected(path) || path.outcome === 'recover')) return null
  const kind = lowered ? (now > 0 ? 'error-log-lowered' : 'error-report-removed') : 'silent-failure'
  if (kind === 'silent-failure' && isWithinFailure(path, head)) return null
  const hurts = hurtsSomebody(path, head) && !isKeptCount(path)
  const severity = severityOf(path, before, { kind, browser, isAlone: isAlone(path, head), hurts })
  const isSeen = reported && !lowered
  // One that would hardly matter unseen is not worth a line when it is seen.
  if (isSeen && severity === 'low') return null
  const at = { path: file.path, startLine: path.range.startLine, endLine: path.range.endLine, side: 'head' } as const
  return {
    kind,
    severity,
    ...(lowered && !browser && !isExpected(path) ? { onJourney: 'medium' as const } : {}),
    at,
    says: saysOf(path, kind, isSeen),
    remedy: 'Log it with the error, count it, or report it there; or say in a comment why nobody needs to know',
    evidence: isSeen ? [{ kind: 'signal', says: 'It is logged, counted or reported where it is handled', at }] : [],
    within: path.owner ?? '',
    anchor: createHash('sha256')
      .update(`${kind} ${path.tokens.join(' ')}`)
      .digest('hex')
      .slice(0, 16),
  }
}

interface Context {
  readonly kind: string
  readonly browser: boolean
  readonly isAlone: boolean
  /** Lost, it hurts a person, and nothing at all tells of it. */
  readonly hurts: boolean
}

function severityOf(path: ErrorPath, before: ErrorPath | null, context: Context): Severity {
  if (context.browser || isExpected(path) || path.outcome === 'recover' || !path.waits) return 'low'
  if (!context.hurts || context.kind === 'error-log-lowered') return 'low'
  const hidden = before !== null && !QUIET.includes(before.outcome)
  // `_ = f()` says itself that nobody wants to know; only a job or a message has nobody else who could.
  const isDropped = path.form === '_ ='
  const isNew = hidden || path.outcome === 'success' || context.kind === 'error-report-removed'
  return isNew || (!isDropped && isBroad(path)) || context.isAlone ? 'medium' : 'low'
}

/** Clearing up after a failure that is handled around it: what counts is said there. */
function isWithinFailure({ range }: ErrorPath, { code }: Behaviour): boolean {
  return (
    code?.errorPaths.some(
      (one) =>
        one.kind === 'handler' &&
        one.range.startLine <= range.startLine &&
        range.endLine <= one.range.endLine &&
        one.range.endLine - one.range.startLine > range.endLine - range.startLine,
    ) ?? false
  )
}

/** Nobody waits for an answer that could show it: a job, a message, a webhook, one item of a loop, something sent elsewhere. */
function isAlone(path: ErrorPath, head: Behaviour): boolean {
  if (!isBroad(path) || path.outcome === 'default') return false
  return (path.perItem && !/^(?:if|_ =)/.test(path.form)) || isSent(path, head) || isUnattended(path, head)
}

function isBroad({ catches }: ErrorPath): boolean {
  return catches.every((type) => /^(?:Base)?Exception$|^Error$|^Throwable$/.test(type))
}

/** What it protects sends something to another system. */
function isSent(path: ErrorPath, head: Behaviour): boolean {
  return head.outbound.some(
    ({ writes, owner, method }) => writes && owner === path.owner && path.protects.includes(lastPart(method)),
  )
}

function isUnattended({ range }: ErrorPath, head: Behaviour): boolean {
  return head.entryPoints.some(
    ({ kind, identity, body }) =>
      (kind === 'job' || kind === 'consumer' || kind === 'schedule' || /webhook/i.test(identity)) &&
      body !== null &&
      body.startLine <= range.startLine &&
      range.endLine <= body.endLine,
  )
}

const THEN: Readonly<Partial<Record<ErrorPath['outcome'], string>>> = {
  swallow: 'goes on',
  success: 'answers as if it had worked',
  default: 'answers with an empty default',
}

function saysOf(path: ErrorPath, kind: string, isSeen: boolean): string {
  const owner = path.owner === null ? 'this file' : `\`${shorten(path.owner)}\``
  const failing = path.protects.find((call) => call.length > 2)
  const then = THEN[path.outcome] ?? 'takes another way'
  const what =
    failing === undefined
      ? `When ${owner} meets a failure, it ${then}`
      : `When \`${shorten(failing)}\` fails, ${owner} ${then}`
  switch (kind) {
    case 'error-log-lowered':
      return `${what}, and what was logged as an error or warning is now below that: alerts and people stop seeing it`
    case 'error-report-removed':
      return `${what}, and the line that reported it is gone`
    default:
      return isSeen ? what : `${what} and no log, metric or report says so`
  }
}
