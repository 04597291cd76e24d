import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ErrorPath } from '../../facts/code/code-facts.ts'
import { words } from '../../facts/code/failure-words.ts'

const ABSENCE =
  /DoesNotExist|NotFound|NoSuch|KeyError|IndexError|StopIteration|StopAsyncIteration|NotExist|ErrNoRows|EOF|ImportError|ModuleNotFound|AttributeError|ValueError|TypeError|AlreadyExists|IntegrityError|Cancel|Abort|Empty|LookupError|Unicode|JSONDecode|NoReverseMatch|Closed|Disconnect|SyntaxError|Validation|Invalid/
const PROBE =
  /^(?:parse\w*|JSON|URL|URLSearchParams|RegExp|decode\w*|encode\w*|atob|btoa|require|import|resolve|BigInt|\w*[sS]tat\w*|access\w*|exists\w*|read\w*|getItem|setItem|removeItem|json|text|loads|load|int|float|str|Decimal|UUID|Atoi|Parse\w*|strptime|fromisoformat|Unmarshal\w*|Marshal\w*|verify|match|test|compile|format|get|getattr|index|pop|next|from\w*|to\w*|is\w*|has\w*|validate\w*|lookup|find\w*|LookupEnv|ReadFile|Stat|Read\w*|Decode\w*|Encode\w*|Is[A-Z]\w*|Has[A-Z]\w*|To[A-Z]\w*|From[A-Z]\w*|Get\w*|Find\w*|Format\w*|Lookup\w*|Compile\w*|Validate\w*|\w*(?:[lL]ock|[lL]ease)|claim\w*|Claim\w*)$/
/** What it reads may well be malformed: the default is the answer. */
const PARSING = /^(?:parse\w*|JSON|URL|RegExp|decodeURIComponent|loads|strptime|fromisoformat|Unmarshal\w*|Parse\w+)$/
const GIVING_BACK =
  /^(?:close|unlink|rm|remove|kill|destroy|cleanup|clean|release|disconnect|terminate|stop|shutdown|unsubscribe|abort|cancel|clear|dispose|end|flush|focus|blur|play|pause|scroll|unlock|join|rollback)/i

/** A miss that was reckoned with: explained, a probe of something that may not be there, or giving something back. */
export function isExpected(path: ErrorPath): boolean {
  if (path.retries || path.narrow) return true
  if (path.explained || isVerdict(path) || isEnding(path) || isSorted(path) || isHousekeeping(path) || isHandedOn(path))
    return true
  const { types } = path.signature
  if (types.length > 0 && types.every((type) => ABSENCE.test(type))) return true
  // `if (item.err) return true`: it sorts failures that somebody else met.
  if (path.protects.length === 0) return true
  if (path.protects.some((call) => PARSING.test(call)) && !losesWork(path)) return true
  return path.protects.every((call) => PROBE.test(call) || GIVING_BACK.test(call) || call.length < 3)
}

/** Sweeping up what is out of date, and counting who came by, is tried again with the next one. */
function isHousekeeping({ protects, owner }: ErrorPath): boolean {
  const name = words(lastPart(owner ?? ''))
  if (/(?:^|[ _])(?:clean ?up|clean|clear|sweep|evict|prune|seed|legacy|cache|prefetch|warm)(?:$|[ _])/.test(name))
    return true
  return protects.some((call) =>
    /(?:^|[ _])(?:expired?|stale|temp|tmp|temporary|cached?|old|orphan(?:ed|s)?|usage|last|seen|stats?|analytics|telemetry|sentry|metrics?|track(?:ing)?)(?:$|[ _])/i.test(
      words(call),
    ),
  )
}

/** `self.handle_exceptions(e)`: a helper of its own deals with it. */
function isHandedOn({ calls }: ErrorPath): boolean {
  return calls.some((call) => /handle|error|exception|failure|failed|report|notify|alert|warn/i.test(call))
}

/** It tells kinds of failure apart and passes the rest on: what stays was reckoned with. */
function isSorted({ tokens, outcome }: ErrorPath): boolean {
  return (
    outcome === 'swallow' && /\bif\b.* (?:throw|raise|return (?:\w+ )*(?:e|err|error|ex|exc)\b)/.test(tokens.join(' '))
  )
}

/** All it does is to end something: a stream whose reader is gone. */
function isEnding({ calls }: ErrorPath): boolean {
  return (
    calls.length > 0 &&
    calls.every((call) => /^(?:clear\w*|close\w*|abort|unsubscribe|removeEventListener|end)$/i.test(call))
  )
}

/** `isValidSchema`, `verifySignature` answer false: the failure is its answer. */
function isVerdict({ owner, outcome }: ErrorPath): boolean {
  const name = lastPart(owner ?? '')
  if (outcome === 'default' && /^_?(?:[vV]erify|[mM]atch)/.test(name)) return true
  return (
    (outcome === 'default' || outcome === 'success') &&
    /^_?(?:[iI]s|[hH]as|[cC]an|[sS]hould|[sS]upports|[vV]alidate|[cC]heck)(?:[A-Z]|_)/.test(name)
  )
}

const WORK =
  /^(?:pay|payment|charge|refund|transfer|capture|purchase|checkout|withdraw|deposit|payout|invoice|revoke|grant|publish|commit|send|save|write|insert|update|upsert|create|persist|enqueue|dispatch|post|put|patch|upload|sync|notify|emit|submit|deliver|subscribe|store|bulk)$/

/** Whom it hurts that these stay: a file or an entry that was not deleted is swept up another day. */
const WHOM =
  /(?:^| )(?:users?|accounts?|customers?|members?|subscriptions?|tokens?|keys?|grants?|permissions?|assets?)(?: |$)/

/** What failed was to change something elsewhere: lost, it is lost for somebody. */
export function losesWork(path: ErrorPath): boolean {
  return path.protects.some((call) => {
    const parts = words(call)
      .split(/[^a-z]+/)
      .filter((word) => word !== '')
    const [first = '', second = ''] = parts
    if (/^(?:delete|remove|destroy)$/.test(first)) return WHOM.test(parts.slice(1).join(' '))
    if (/^(?:element|attribute|child|text|context|ref|event|object)/.test(second)) return false
    return WORK.test(first) || (/^(?:try|do|handle|process|perform)$/.test(first) && WORK.test(second))
  })
}
