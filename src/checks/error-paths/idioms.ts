import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ErrorPath } from '../../facts/code/code-facts.ts'
import { words } from '../../facts/code/failure-words.ts'
import { isHousekeeping, isLookingAgain } from './housekeeping.ts'

/** What can be said of an error path's place before any test is looked at. */
export interface Context {
  /** Runs in front of an operator: a script, a command line, an example. */
  readonly tool: boolean
  /** Most other failures that this file raises are tested: a missing test is a gap and no habit. */
  readonly practised: () => boolean
  /** The repository has tests at all: without them every failure is untested, and this one is no news. */
  readonly suite: boolean
  /** A test may drive it: it asks for the function and asserts a failure, or the change brings tests of failures further out. */
  readonly mayBeTested: boolean
  /** The function treats other failures in the very same way, and did so before. */
  readonly likeOthers: () => boolean
  readonly language: string
  /** Path of the file in the head. */
  readonly file: string
}

/** Handlers that everybody writes and nobody asks a test for. */
export function isEverydayHandler(path: ErrorPath, context: Context): boolean {
  return (
    path.form === '_ =' ||
    path.explained ||
    path.retries ||
    (path.narrow && (path.outcome === 'swallow' || isAnswerless(path) || doesItAgain(path))) ||
    isListener(path) ||
    isComputation(path, context) ||
    isProbe(path, context) ||
    isAbsence(path) ||
    isGivingBack(path) ||
    isHousekeeping(path, context.file) ||
    isLookingAgain(path) ||
    (path.reports && context.likeOthers()) ||
    isAlreadyAnswered(path, context) ||
    isNothingThere(path, context) ||
    isAskedToStop(path, context) ||
    isTellingApart(path) ||
    (path.debugOnly && !isPayingWork(path)) ||
    isScreenOnly(path, context) ||
    (path.reports && isOneOfMany(path, context)) ||
    (isAnswerless(path) && asksAQuestion(path))
  )
}

/** Nothing is done but to leave without an answer. */
function isAnswerless(path: ErrorPath): boolean {
  if (path.outcome === 'default' || (path.outcome === 'recover' && path.calls.length === 0)) return true
  return path.outcome === 'swallow' && path.catches.length > 0
}

/** The same calls in another way: `if "no such column" not in str(e): raise; query(without_it)`. */
function doesItAgain({ outcome, calls, protects }: ErrorPath): boolean {
  return outcome === 'recover' && calls.length > 0 && calls.some((call) => protects.includes(call))
}

/** `socket.on('error', log)`, and a recovered panic that is logged, keep the process alive: the failure itself comes out where somebody waits for the work. */
function isListener(path: ErrorPath): boolean {
  if (path.kind !== 'boundary' || path.calls.some(isPayingName)) return false
  return path.form.startsWith('on(') || (path.form === 'recover' && path.reports)
}

/** It computes or parses. JavaScript that waits for nothing reaches nothing outside: at most it asks the browser. */
function isComputation(path: ErrorPath, context: Context): boolean {
  if (context.language === 'go') return isGoComputation(path)
  return context.language === 'typescript' && path.form === 'catch' && !path.waits && !isPayingWork(path)
}

/** `url.Parse(h.Get("Location"))`: what is read from a header is a text. */
function isGoComputation({ protects }: ErrorPath): boolean {
  const [first] = protects
  if (first === undefined || !(GO_COMPUTES.test(first) || TEXT_WORK.test(first))) return false
  return protects.every((call) => GO_COMPUTES.test(call) || TEXT_WORK.test(call) || call === 'Get')
}

const GO_COMPUTES =
  /^(?:Abs|Rel|Clean|Join|EvalSymlinks|IsLocal|Marshal\w*|Unmarshal\w*|Sscan\w*|Fscan\w*|[pP]arse\w*|To[A-Z]\w*|Atoi|Itoa|Format\w*|Compile|MatchString|Decode\w*|DecodeString|Encode\w*|Quote|Unquote|New\w*URL|QueryUnescape|PathUnescape|Trim\w*|Split\w*|Replace\w*|HasPrefix|HasSuffix|Contains|ToLower|ToUpper|Fields|Sprintf)$/

/** An `if` on what did not come that leaves with nothing: "there is none". */
function isNothingThere(path: ErrorPath, context: Context): boolean {
  if (!path.form.startsWith('if ')) return false
  if (path.outcome === 'default' && /^if \(!/.test(path.form)) return true
  return path.outcome === 'swallow' && path.leaves && context.language !== 'go'
}

const SCREEN_FOLDER =
  /(?:^|\/)(?:(?:app|src|web)\/client|components|composables|contexts|frontend|hooks|apps\/mobile|public|static|widgets)\//

/** Components, what only they use, and hooks by React's rule of names. */
export function isScreen(path: ErrorPath, { file, language }: Context): boolean {
  if (language !== 'typescript') return false
  return (
    /\.(?:tsx|jsx|vue|svelte|component\.ts)$/.test(file) ||
    SCREEN_FOLDER.test(file) ||
    /(?:^|\.)use[A-Z]/.test(path.owner ?? '')
  )
}

const ASKS_SERVER =
  /^(?:create|mutate|patch|post|publish|refresh|save|send|submit|update|upload)(?!Element|ObjectURL|Portal)(?:[A-Z]|$)|^(?:add|copy|delete|put|remove)(?!Child|EventListener|ImageData|Listener)[A-Z]/

/** On a screen a failure is seen by the person in front of it, unless it is work for the server that is lost. */
function isScreenOnly(path: ErrorPath, context: Context): boolean {
  if (!isScreen(path, context)) return false
  return (
    path.outcome === 'recover' || path.form.startsWith('if ') || !path.protects.some((call) => ASKS_SERVER.test(call))
  )
}

/** A logged failure that costs one item of a loop, or, in Go, that is left at once: the idiom of controllers. */
function isOneOfMany(path: ErrorPath, context: Context): boolean {
  return (path.perItem && path.outcome === 'swallow') || (context.language === 'go' && path.leaves)
}

/** `isValid`, `findUser`, `parseHeader`: an empty answer is one of its answers. */
export function asksAQuestion(path: ErrorPath): boolean {
  const name = lastPart(path.owner ?? '')
  return (
    (/^_{0,2}(?:is|has|can|should|already|are|does|needs|was|try|find|parse|safe|maybe|validate|verify|check|exists|supports|matches|detect|discover|guess|infer|extract|normali[sz]e|format|convert|decode|deserialize|lookup|read|resolve|to|as)(?:[A-Z_]|$)/i.test(
      name,
    ) &&
      !/^(?:to|as)[a-z]|^(?:to|as)$/.test(name)) ||
    /^[a-z]+(?:Has|Is|Can|Matches|Contains)[A-Z]/.test(name) ||
    /(?:Available|Supported|Exists|Enabled|Valid|Verified|Active|InUse|_in_use|_exists|_available)$/.test(name)
  )
}

const PROBES =
  /^(?:parse|JSON|URL|RegExp|decodeURI|decodeURIComponent|encodeURIComponent|atob|btoa|require|import|resolve|BigInt|statSync|accessSync|existsSync|readFileSync|getItem|setItem|removeItem|json|sniff|Sniffer|text|int|float|Decimal|UUID|loads|fromisoformat|strptime|import_module|find_spec|Atoi|SplitHostPort|ParseAddr|ParseIP|ParseCIDR|ParsePrefix|Cookie|ParseInt|ParseBool|ParseFloat|ParseDuration|Parse|Stat|LookupEnv|Marshal|Unmarshal|isoparse|ip_address|ip_network|urlparse|urlsplit|safeParse|parseISO|getattr|index|fromString|fromJson|fromJSON)$/

/** Reads a text: what it is given decides whether it fails. */
const READS_TEXT =
  /^(?:parse|parseISO|safeParse|URL|RegExp|BigInt|Decimal|UUID|int|float|fromisoformat|strptime|isoparse|ip_address|ip_network|urlparse|urlsplit|decodeURI|decodeURIComponent|atob|Atoi|ParseInt|ParseBool|ParseFloat|ParseDuration|ParseAddr|ParseIP|ParseCIDR|SplitHostPort)$/

/** Calls of one such attempt. */
const MAX_READS = 4
/** Go: what the machine has: a file, a folder, a device. */
const GO_READS =
  /^(?:Executable|Open|ReadFile|ReadDir|Readlink|Glob|Stat|Lstat|[rR]ead(?!All|Body|From|Message|Rec|Req|Res|Row)[A-Z]\w*(?:File|Dir|Link|Sys|Proc|Int|Line|String)\w*|readSys\w*)$/

/** One attempt to read something that may well not be there or not parse, with a default: an idiom. */
function isProbe(path: ErrorPath, { language }: Context): boolean {
  const { protects } = path
  if (
    language === 'go' &&
    path.leaves &&
    path.calls.length === 0 &&
    protects.length <= MAX_READS &&
    protects.some((call) => GO_READS.test(call))
  )
    return protects.every((call) => GO_READS.test(call) || GO_COMPUTES.test(call) || TEXT_WORK.test(call))
  if (protects.length === 0 || protects.length > 8 || !protects.some((call) => PROBES.test(call))) return false
  if (path.outcome !== 'swallow' && READS_TEXT.test(protects[0] ?? '') && path.calls.length <= 2) return true
  return protects.every((call) => PROBES.test(call) || TEXT_WORK.test(call) || /^[A-Z][A-Z0-9_]+$/.test(call))
}

/** The answer is already on its way: there is nobody left to tell. */
export function isAlreadyAnswered(path: ErrorPath, context: Context): boolean {
  if (context.language !== 'go' || path.protects.length === 0) return false
  // gin's `Bind` answers 400 by itself.
  if (path.leaves && path.protects.every((call) => /^(?:Must)?Bind(?:JSON|Query|Uri|Header|With)?$/.test(call)))
    return true
  if (!path.reports && path.outcome !== 'swallow') return false
  return path.answers || path.protects.every((call) => ANSWERED.test(call))
}

const ANSWERED =
  /^(?:Copy|CopyN|CopyBuffer|[wW]rite|WriteString|WriteTo|Fprint|Fprintf|Fprintln|NewEncoder|Encode|Flush)$/

/** Go: waiting ends with an error when the context is done. */
function isAskedToStop(path: ErrorPath, { language }: Context): boolean {
  return (
    language === 'go' && path.leaves && path.protects.length > 0 && path.protects.every((call) => WAITING.test(call))
  )
}

const WAITING = /^(?:Acquire|Done|Err|Sleep|Wait|WaitN|wait|sleep)$/

/** It is given a failure, and says what to call it, `errorDescription(err)`, or looks for more in it: `errors.As(given, &more)`. */
function isTellingApart(path: ErrorPath): boolean {
  const owner = words(lastPart(path.owner ?? ''))
  if (path.protects.length === 0 && path.form.startsWith('if errors.As(')) return true
  return path.protects.length === 0 && path.calls.length === 0 && /\b(?:err|error|errors)\b/.test(owner)
}

/** Calls on plain values: they do not fail. */
export const TEXT_WORK =
  /^(?:strip|trim|trimEnd|trimStart|split|replace|replaceAll|lower|upper|toLowerCase|toUpperCase|encode|decode|get|toString|slice|at|test|match|includes|startsWith|endsWith|startswith|endswith|join|map|filter|has|str|len|list|dict|isinstance|isArray|keys|entries|String|Number|Boolean|from|concat|substring|pop|shift|find|some|every|Date|now|getTime)$/

/** "There is none" is an answer, not a failure. */
export function isAbsence(path: ErrorPath): boolean {
  const types = path.catches
  if (isOtherWriter(path)) return true
  if (path.protects.length === 0 && types.length > 0 && types.every((type) => /^(?:KeyError|IndexError)$/.test(type)))
    return true
  if (path.calls.length <= 1 && types.includes('AttributeError') && types.every((type) => LOOK_UP.test(type)))
    return true
  return (
    (path.outcome !== 'recover' ||
      types.every((type) => /^(?:EOF|Canceled|DeadlineExceeded|ErrUnexpectedEOF|Is\w+)$/.test(type))) &&
    types.length > 0 &&
    types.every((type) =>
      /DoesNotExist|NotFound|NoSuch|KeyError|IndexError|StopIteration|NotExist|ErrNoRows|EOF|ImportError|ModuleNotFound|AttributeError|ValueError|TypeError|NotSupported|AlreadyExists|IntegrityError|Canceled|Cancelled|Abort|Empty|LookupError|UnicodeDecodeError|JSONDecodeError|KeyboardInterrupt|NoReverseMatch|Validation|Unsupported|Invalid|Malformed/.test(
        type,
      ),
    )
  )
}

/** What looking into a value that may be of another shape raises. */
const LOOK_UP = /^(?:AttributeError|IndexError|KeyError|TypeError|ValueError)$/

/** Somebody else was first: the row that is there is read instead. */
function isOtherWriter(path: ErrorPath): boolean {
  const conflicts = path.catches.every((type) => /Integrity|AlreadyExists|Unique|Duplicate|Conflict/.test(type))
  return (
    path.catches.length > 0 &&
    conflicts &&
    path.calls.some((call) => /^(?:get|find|fetch|load|select|read)/i.test(call))
  )
}

/** What failed only gives something back. */
function isGivingBack(path: ErrorPath): boolean {
  if (
    /^(?:[cC]lose|dispose|[tT]eardown\w*|tearDown|[sS]hutdown|[cC]lean_?[uU]p\w*|[rR]elease\w*|Free)$/.test(
      lastPart(path.owner ?? ''),
    )
  )
    return true
  const telling = path.protects.filter((call) => !TEXT_WORK.test(call) && !/^(?:is|has)[A-Z_]/.test(call))
  return (
    telling.length > 0 &&
    telling.every((call) =>
      /^(?:close|deleteAsync|delete_?[fF]iles?|unlink|rm|rmSync|remove|kill|destroy|cleanup|release|disconnect|terminate|stop|shutdown|unsubscribe|abort|cancel|Abort|Cancel|Cleanup|Close|Destroy|Disconnect|Flush|Free|Kill|Release|Remove|RemoveAll|Stop|Terminate|Unlock|Unsubscribe|\w+Free|flush|play|pause|focus|blur|scrollIntoView|vibrate|writeText|join)\w{0,8}$/.test(
        call,
      ),
    )
  )
}

const PAYING =
  /^(?:pay|charge|refund|transfer|capture|purchase|withdraw|deposit|payout|bill|invoice|delete|destroy|revoke|grant|migrate|publish|commit|send|enqueue|dispatch)$/

/** Money, mail, deletions: a failure that nobody notices loses something. */
export function isPayingWork(path: ErrorPath): boolean {
  return path.protects.some(isPayingName)
}

/** What a process keeps for itself, `deleteAsync(tmp)`, and what the next run takes with it: `deleteStaleApps()`. */
const LOCAL =
  /^(?:async|cache|cached|cookie|cookies|dir|directory|file|files|folder|key|temp|temporary|tmp|expired|obsolete|old|orphan|orphaned|outdated|stale|unused)$/

export function isPayingName(name: string): boolean {
  const [verb, object] = words(name).split(/[^a-z]+/)
  // Alone they are as often an event, an action of a store, or a database's: `posthog.capture(event)`, `dispatch(open())`.
  if (object === undefined && /^(?:dispatch|commit|delete)$/.test(verb ?? '')) return false
  if (/^(?:delete|destroy)$/.test(verb ?? '') && LOCAL.test(object ?? '')) return false
  if (verb === 'capture')
    return /^(?:payment|charge|funds|order|transaction|authori[sz]ation|amount)s?$/.test(object ?? '')
  return (
    PAYING.test(verb ?? '') && !/^(?:status|event|metric|metrics|log|beacon|telemetry|analytics)$/.test(object ?? '')
  )
}
