import type { ErrorPath } from '../../facts/code/code-facts.ts'
import { meansProgrammingMistake, words } from '../../facts/code/failure-words.ts'
import type { Severity } from '../define-check.ts'

/** What can be said of an error path's place before any test is looked at. */
export interface Context {
  /** Runs in front of an operator: a script, a command line, an example. */
  readonly tool: boolean
  /** Most other failures that this file raises are tested: a missing test is a gap and no habit. */
  readonly practised: boolean
  readonly language: string
  /** A component: its handlers decide what a screen shows. */
  readonly screen: boolean
}

const LOUDER = ['propagate', 'exit', 'translate', 'respond']
const HIDING = ['default', 'swallow', 'success']
const QUIET = ['recover', 'default', 'swallow', 'success']

/** The failure was seen before and is not seen any more. */
export function isWeakened(path: ErrorPath, before: ErrorPath | null): boolean {
  return before !== null && LOUDER.includes(before.outcome) && HIDING.includes(path.outcome)
}

/** It was logged or reported before and is not any more, and nobody else is told. */
export function isReportDropped(path: ErrorPath, before: ErrorPath | null): boolean {
  return before?.reports === true && !path.reports && QUIET.includes(path.outcome)
}

/** medium only where a careful on-call engineer would want it raised; design section 4. */
export function severityOf(path: ErrorPath, before: ErrorPath | null, context: Context): Severity {
  if (context.tool) return 'low'
  if (isWeakened(path, before)) return path.outcome === 'success' || isPayingWork(path) ? 'high' : 'medium'
  if (before !== null && !isBehaviourChanged(path, before)) return 'low'
  return path.kind === 'raise' ? raiseSeverity(path, context) : handlerSeverity(path, context)
}

/** Another outcome, other failures caught, other answer: more than a word in a message. */
function isBehaviourChanged(path: ErrorPath, before: ErrorPath): boolean {
  if (isReportDropped(path, before)) return true
  return (
    path.outcome !== before.outcome ||
    path.signature.types.join() !== before.signature.types.join() ||
    path.signature.statuses.join() !== before.signature.statuses.join() ||
    (QUIET.includes(path.outcome) && path.calls.some((call) => !before.calls.includes(call) && !TEXT_WORK.test(call)))
  )
}

function raiseSeverity(path: ErrorPath, context: Context): Severity {
  if (path.outcome === 'exit' || path.signature.messages.some(meansProgrammingMistake)) return 'low'
  if (path.signature.types.some((type) => /NotImplemented|Unreachable|Assertion/.test(type))) return 'low'
  return context.practised || refusesAccess(path) ? 'medium' : 'low'
}

/** Refusing somebody who has no right: the failure that must not be wrong. */
function refusesAccess(path: ErrorPath): boolean {
  return (
    path.signature.types.some((type) =>
      /Authori[sz]ation|Unauthori[sz]ed|Forbidden|PermissionDenied|AccessDenied|NotAuthenticated|Authentication/.test(
        type,
      ),
    ) || path.signature.statuses.some((status) => status === 401 || status === 403)
  )
}

function handlerSeverity(path: ErrorPath, context: Context): Severity {
  switch (path.outcome) {
    case 'propagate':
    case 'exit':
      return 'low'
    case 'translate':
    case 'respond':
      return context.practised && !isAbsence(path) && path.signature.types.length + path.signature.statuses.length > 0
        ? 'medium'
        : 'low'
    case 'success':
      if (asksAQuestion(path)) return 'low'
      return isPayingWork(path) ? 'high' : 'medium'
    default:
      return quietSeverity(path, context)
  }
}

/** Goes on, answers a default or does something else: whoever calls it cannot tell. */
function quietSeverity(path: ErrorPath, context: Context): Severity {
  if (path.explained || isProbe(path) || isAbsence(path) || isGivingBack(path)) return 'low'
  if (path.outcome === 'default' && /^if \(!\s*\w+\.success\)/.test(path.form)) return 'low'
  if (isAlreadyAnswered(path, context)) return 'low'
  if (isScreen(path, context) && path.outcome === 'recover') return 'low'
  if (path.outcome === 'swallow' && path.leaves && context.language !== 'go' && path.form.startsWith('if '))
    return 'low'
  if (path.outcome === 'default' && asksAQuestion(path)) return 'low'
  if (path.reports && isOneOfMany(path, context)) return 'low'
  return isPayingWork(path) && path.outcome === 'swallow' ? 'high' : 'medium'
}

/** Components, and hooks by React's rule of names. */
function isScreen(path: ErrorPath, context: Context): boolean {
  return context.screen || /^use[A-Z]/.test(path.owner ?? '')
}

/** A logged failure that costs one item of a loop, or, in Go, that is left at once: the idiom of controllers. */
function isOneOfMany(path: ErrorPath, context: Context): boolean {
  return (path.perItem && path.outcome === 'swallow') || (context.language === 'go' && path.leaves)
}

/** `isValid`, `findUser`, `parseHeader`: an empty answer is one of its answers. */
function asksAQuestion(path: ErrorPath): boolean {
  const name = path.owner?.slice(path.owner.lastIndexOf('.') + 1) ?? ''
  return /^_{0,2}(?:is|has|can|should|try|find|parse|safe|maybe|validate|verify|check|exists|supports|matches|detect|guess|infer|extract|normali[sz]e|format|decode|lookup|read|resolve)(?:[A-Z_]|$)/i.test(
    name,
  )
}

const PROBES =
  /^(?:parse|JSON|URL|RegExp|decodeURIComponent|encodeURIComponent|atob|btoa|require|resolve|BigInt|statSync|accessSync|existsSync|readFileSync|getItem|setItem|removeItem|json|text|int|float|Decimal|UUID|loads|fromisoformat|strptime|import_module|find_spec|Atoi|SplitHostPort|ParseAddr|ParseIP|ParseCIDR|ParsePrefix|Cookie|ParseInt|ParseBool|ParseFloat|ParseDuration|Parse|Stat|LookupEnv|Unmarshal|isoparse|ip_address|ip_network|urlparse|urlsplit|safeParse|parseISO|getattr|index|fromString)$/

/** Reads a text: what it is given decides whether it fails. */
const READS_TEXT =
  /^(?:parse|parseISO|safeParse|URL|RegExp|BigInt|Decimal|UUID|int|float|fromisoformat|strptime|isoparse|ip_address|ip_network|urlparse|urlsplit|decodeURIComponent|atob|Atoi|ParseInt|ParseBool|ParseFloat|ParseDuration|ParseAddr|ParseIP|ParseCIDR|SplitHostPort)$/

/** One attempt to read something that may well not be there or not parse, with a default: an idiom. */
function isProbe(path: ErrorPath): boolean {
  const { protects } = path
  if (protects.length === 0 || protects.length > 8 || !protects.some((call) => PROBES.test(call))) return false
  if (path.outcome !== 'swallow' && READS_TEXT.test(protects[0] ?? '') && path.calls.length <= 1) return true
  return protects.every((call) => PROBES.test(call) || TEXT_WORK.test(call) || /^[A-Z][A-Z0-9_]+$/.test(call))
}

/** The answer is already on its way: there is nobody left to tell. */
function isAlreadyAnswered(path: ErrorPath, context: Context): boolean {
  const logged = context.language === 'go' && path.reports && path.protects.length > 0
  return logged && path.protects.every((call) => ANSWERED.test(call))
}

const ANSWERED = /^(?:Copy|CopyN|CopyBuffer|Write|WriteString|WriteTo|Fprint|Fprintf|Fprintln|Encode|Flush)$/

/** Calls on plain values: they do not fail. */
const TEXT_WORK =
  /^(?:strip|trim|trimEnd|trimStart|split|replace|replaceAll|lower|upper|toLowerCase|toUpperCase|encode|decode|get|toString|slice|at|test|match|includes|startsWith|endsWith|startswith|endswith|join|map|filter|has|str|len|list|dict|isinstance|isArray|keys|entries|String|Number|Boolean|from|concat|substring|pop|shift|find|some|every)$/

/** "There is none" is an answer, not a failure. */
function isAbsence(path: ErrorPath): boolean {
  const types = path.catches
  if (path.protects.length === 0 && types.length > 0 && types.every((type) => /^(?:KeyError|IndexError)$/.test(type)))
    return true
  return (
    (path.outcome !== 'recover' ||
      types.every((type) => /^(?:EOF|Canceled|DeadlineExceeded|ErrUnexpectedEOF|Is\w+)$/.test(type))) &&
    types.length > 0 &&
    types.every((type) =>
      /DoesNotExist|NotFound|NoSuch|KeyError|IndexError|StopIteration|NotExist|ErrNoRows|EOF|ImportError|ModuleNotFound|AttributeError|ValueError|TypeError|AlreadyExists|IntegrityError|Canceled|Cancelled|Abort|Empty|LookupError|UnicodeDecodeError|JSONDecodeError|KeyboardInterrupt|NoReverseMatch|Validation|Unsupported|Invalid|Malformed/.test(
        type,
      ),
    )
  )
}

/** What failed only gives something back. */
function isGivingBack(path: ErrorPath): boolean {
  return (
    path.protects.length > 0 &&
    path.protects.every((call) =>
      /^(?:close|unlink|rm|rmSync|remove|kill|destroy|cleanup|release|disconnect|terminate|stop|shutdown|unsubscribe|abort|cancel|Close|Remove|RemoveAll|Kill|Stop|Cleanup|Unlock|Flush|flush|play|pause|focus|blur|scrollIntoView|vibrate|join)\w{0,8}$/.test(
        call,
      ),
    )
  )
}

const PAYING =
  /^(?:pay|charge|refund|transfer|capture|purchase|withdraw|deposit|payout|bill|invoice|delete|destroy|revoke|grant|migrate|publish|commit|send|enqueue|dispatch)$/

/** Money, mail, deletions: a failure that nobody notices loses something. */
function isPayingWork(path: ErrorPath): boolean {
  return path.protects.some((call) => {
    const [verb, object] = words(call).split(/[^a-z]+/)
    // `posthog.capture(event)`: a bare `capture` is as often an event as a payment.
    if (verb === 'capture' && object === undefined) return false
    return (
      PAYING.test(verb ?? '') && !/^(?:status|event|metric|metrics|log|beacon|telemetry|analytics)$/.test(object ?? '')
    )
  })
}
