import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ErrorPath } from '../../facts/code/code-facts.ts'
import { meansProgrammingMistake, statusOfName } from '../../facts/code/failure-words.ts'
import type { Severity } from '../define-check.ts'
import { asksAgain } from './failure-match.ts'
import { isDecoration, isLookingAgain, isRepeatedWork } from './housekeeping.ts'
import {
  asksAQuestion,
  type Context,
  isAbsence,
  isAlreadyAnswered,
  isEverydayHandler,
  isPayingWork,
  isScreen,
  TEXT_WORK,
} from './idioms.ts'

const LOUDER = ['propagate', 'exit', 'translate', 'respond']
const HIDING = ['default', 'swallow', 'success']
const QUIET = ['recover', 'default', 'swallow', 'success']

/** The failure was seen before and is not seen any more. */
export function isWeakened(path: ErrorPath, before: ErrorPath | null): boolean {
  return before !== null && LOUDER.includes(before.outcome) && !isVague(before) && HIDING.includes(path.outcome)
}

/** It was taken for an answer by its words alone: no status, and no error of its own. `failed = true` and `socket.close()` look so. */
function isVague(path: ErrorPath): boolean {
  return path.outcome === 'respond' && !isOfItsOwn(raisedBy(path))
}

/** It was logged or reported before and is not any more, and nobody else is told. */
export function isReportDropped(path: ErrorPath, before: ErrorPath | null): boolean {
  return before?.reports === true && !path.reports && QUIET.includes(path.outcome)
}

/** medium only where a careful on-call engineer would want it raised; design section 4. */
export function severityOf(path: ErrorPath, before: ErrorPath | null, context: Context): Severity {
  if (context.tool) return 'low'
  if (isWeakened(path, before)) return weakenedSeverity(path, context)
  if (before !== null && !isBehaviourChanged(path, before)) return 'low'
  if (isNewlyPassedOn(path, before)) return 'medium'
  return path.kind === 'raise' ? raiseSeverity(path, before, context) : handlerSeverity(path, context)
}

function weakenedSeverity(path: ErrorPath, context: Context): Severity {
  if (path.narrow) return 'low'
  if (path.outcome === 'success' || isPayingWork(path)) return 'high'
  const isQuiet = path.explained || isLookingAgain(path) || isAlreadyAnswered(path, context) || isRepeatedWork(path)
  return isQuiet ? 'low' : 'medium'
}

/** What went on when mail, money or a deletion failed now fails itself: whoever calls it was never prepared for that. */
function isNewlyPassedOn(path: ErrorPath, before: ErrorPath | null): boolean {
  const fails = path.kind === 'handler' && (path.outcome === 'propagate' || path.outcome === 'translate')
  return fails && before !== null && HIDING.includes(before.outcome) && isPayingWork(path)
}

/** Another outcome, other failures caught, other answer: more than a word in a message. */
function isBehaviourChanged(path: ErrorPath, before: ErrorPath): boolean {
  if (isReportDropped(path, before) || (asksAgain(path) && !asksAgain(before))) return true
  return (
    !isSameOutcome(path, before) ||
    typesOf(path) !== typesOf(before) ||
    path.signature.statuses.join() !== before.signature.statuses.join() ||
    (QUIET.includes(path.outcome) &&
      path.calls.some((call) => !before.calls.includes(call) && !TEXT_WORK.test(call) && !BUILT_IN.test(call)))
  )
}

/** Who answered the client may raise it for another to answer: with the same words it is the same. */
function isSameOutcome(path: ErrorPath, before: ErrorPath): boolean {
  if (path.outcome === before.outcome) return true
  if (isVague(before) && QUIET.includes(path.outcome) && path.reports === before.reports) return true
  const tells = [path, before].every((one) => one.outcome === 'respond' || one.outcome === 'translate')
  return tells && path.signature.messages.some((message) => before.signature.messages.includes(message))
}

/** What languages bring along, and counting: no work. */
const BUILT_IN = /^(?:new|make|append|Sprintf|Sprint|string|int|Inc|Observe|WithLabelValues)$/

/** What it raises or answers, without what it caught. */
function raisedBy(path: ErrorPath): ErrorPath {
  const { signature, catches } = path
  const types = signature.types.filter((type) => !catches.includes(type))
  const caught = catches.map(statusOfName)
  return {
    ...path,
    signature: { ...signature, types, statuses: signature.statuses.filter((one) => !caught.includes(one)) },
  }
}

function isOfItsOwn({ signature }: ErrorPath): boolean {
  return signature.types.length + signature.statuses.length > 0
}

/** A bare `except` that became `except Exception` catches the same, but for what ends the program. */
function typesOf({ signature }: ErrorPath): string {
  return signature.types.map((type) => (type === 'BaseException' ? 'Exception' : type)).join()
}

function raiseSeverity(path: ErrorPath, before: ErrorPath | null, context: Context): Severity {
  if (path.form === 'failed type assertion' || path.form === 'panic') return 'low'
  if (path.outcome === 'exit' || path.signature.messages.some(meansProgrammingMistake)) return 'low'
  if (path.signature.types.some((type) => /NotImplemented|Unreachable|Assertion|ImproperlyConfigured/.test(type)))
    return 'low'
  if (path.retries && isPayingWork(path)) return 'medium'
  if (path.signature.types.includes('TypeError') || isDecoration(path, context.file)) return 'low'
  if (context.mayBeTested) return 'low'
  if (context.suite && refusesAccess(path)) return 'medium'
  if (path.explained || path.caught || isScreen(path, context)) return 'low'
  return before === null && (context.practised() || (context.suite && decides(path))) ? 'medium' : 'low'
}

/** It refuses by a rule: what it asks is more than whether something is there or configured, and no setup of the program. */
function decides(path: ErrorPath): boolean {
  const asked = path.tokens.slice(0, path.tokens.indexOf('|')).join(' ')
  if (IS_SETUP.test(lastPart(path.owner ?? '')) || path.signature.types.includes('RuntimeError')) return false
  if (isNothingThere(path) || path.tokens.includes('Canceled')) return false
  return (
    asked !== '' &&
    (!IS_CONFIGURED.test(asked) || isSwitchedOff(path, asked)) &&
    !asked.split(/ (?:&&|\|\||and|or) /).every((one) => IS_PRESENCE.test(one))
  )
}

/** `404` and nothing else: there is none. */
function isNothingThere({ signature }: ErrorPath): boolean {
  return signature.statuses.length > 0 && signature.statuses.every((status) => status === 404)
}

/** A setting that is on refuses what clients could ask for before: `if (config.get('noNewKeys')) return res.status(400)`. */
function isSwitchedOff({ signature }: ErrorPath, asked: string): boolean {
  return !/^(?:!|not\b)/.test(asked) && signature.statuses.some((status) => status < 500)
}

const IS_PRESENCE =
  /^(?:! |not )?[\w.? ]+$|(?:==|===|!=|!==|\bis|\bis not) (?:nil|None|null|undefined|"")$|^len [\w. ]+ == 0$/
const IS_CONFIGURED = /^(?:! |not )?(?:process \. env|import \. meta|env|settings|config|cfg|os \. environ)\b/
const IS_SETUP =
  /^(?:[nN]ew[A-Z]\w*|constructor|init|__init__|__post_init__|[sS]etup\w*|[bB]ootstrap\w*|[rR]egister\w*|main|load\w*Config\w*)$/

const NO_RIGHT =
  /\b(?:permissions?|unauthori[sz]ed|forbidden|access denied|(?:not|n't) (?:allowed|authori[sz]ed|permitted) to)\b|\brequires? an? (?:\w+ )?(?:license|licence|plan|subscription)\b/i

/** What somebody proves to be who they are with. */
const NO_PROOF =
  /\b(?:incorrect|wrong|expired|invalid or expired) (?:\w+ )?(?:code|credentials?|otp|passcode|password|pin|token)\b|\binvalid (?:credentials?|otp|passcode|password|signature|(?:access|api|auth|authentication|login|refresh|reset|verification|webhook) (?:code|key|secret|signature|token))\b/i

/** Refusing somebody who has no right: the failure that must not be wrong. */
export function refusesAccess(path: ErrorPath): boolean {
  return (
    path.signature.types.some((type) =>
      /Authori[sz]ation|Unauthori[sz]ed|Forbidden|PermissionDenied|AccessDenied|NotAuthenticated|Authentication/.test(
        type,
      ),
    ) ||
    path.signature.statuses.some((status) => status === 401 || status === 403) ||
    path.signature.messages.some((message) => NO_RIGHT.test(message) || NO_PROOF.test(message))
  )
}

function handlerSeverity(path: ErrorPath, context: Context): Severity {
  if (context.mayBeTested && !isPayingWork(path)) return 'low'
  switch (path.outcome) {
    case 'propagate':
    case 'exit':
      return 'low'
    case 'translate':
    case 'respond':
      if (asksAgain(path)) return 'medium'
      // A screen shows that somebody was refused, and refuses nobody.
      if (isScreen(path, context) && path.outcome === 'respond') return 'low'
      if (context.suite && refusesAccess(raisedBy(path))) return 'medium'
      return !isAbsence(path) && isOfItsOwn(raisedBy(path)) && context.practised() ? 'medium' : 'low'
    case 'success':
      if (asksAQuestion(path) || path.explained) return 'low'
      return isPayingWork(path) ? 'high' : 'medium'
    default:
      return quietSeverity(path, context)
  }
}

/** Goes on, answers a default or does something else: whoever calls it cannot tell. */
function quietSeverity(path: ErrorPath, context: Context): Severity {
  if (isEverydayHandler(path, context)) return 'low'
  return isPayingWork(path) && path.outcome === 'swallow' ? 'high' : 'medium'
}
