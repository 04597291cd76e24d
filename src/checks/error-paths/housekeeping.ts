import type { ErrorPath } from '../../facts/code/code-facts.ts'
import { words } from '../../facts/code/failure-words.ts'
import { lastName } from '../../facts/code/syntax-walk.ts'

/** Work beside the work: metrics, events, caches, heartbeats, when somebody was last seen, telling of a failure, and what is only looked at. */
export function isHousekeeping(path: ErrorPath, file: string): boolean {
  if (path.outcome === 'success') return false
  const owner = lastName(path.owner ?? '')
  if (
    isDecoration(path, file) ||
    WATCHING.test(owner) ||
    /heart_?beat|keep_?alive/i.test(path.owner ?? '') ||
    /telemetry|_collector\.go$|(?:^|\/)(?:debug|diagnostics?)\//.test(file)
  )
    return true
  if (isRepeatedWork(path) || isCaching(path)) return true
  if (!path.reports) return false
  if (KEEPING.test(owner) || TELLING.test(owner)) return true
  if (path.protects.some((call) => BROWSER_STORE.test(call) || LAST_SEEN.test(call))) return true
  return ASIDE_FILE.test(file) || path.protects.every((call) => REPORTING.test(call))
}

/** What the next run takes with it: `deleteOldRecords()`, `prune_expired()`. */
export function isRepeatedWork({ protects }: ErrorPath): boolean {
  return protects.some((call) => OUTDATED.test(words(call))) && !protects.some((call) => SAVES.test(words(call)))
}

/** A cache that is lost is filled again. */
function isCaching({ owner, protects, reports, signature }: ErrorPath): boolean {
  if (reports && signature.messages.some((message) => /\bcached?\b/i.test(message))) return true
  if (/[cC]ache$/.test((owner ?? '').split('.').at(-2) ?? '')) return true
  return protects.length > 0 && protects.every((call) => /(?:^|[ _])cached?(?:$|[ _])/.test(words(call)))
}

const SAVES = /^(?:create|save|send|update)\b/
const OUTDATED =
  /^(?:clean|clear|collect|delete|prune|purge|remove)(?:[ _]up)?[ _](?:all[ _])?(?:expired|obsolete|old|orphan|orphaned|outdated|stale|unused)(?![a-z])/

const WATCHING =
  /telemetry|metric|histogram|analytics|posthog|heartbeat|keep_?alive|(?:^|[^a-z])(?:track|log|record|emit)\w*(?:event|usage|metric)s?$/i
const KEEPING =
  /^_*(?:prune|sweep|warm|prefetch|touch|evict|purgeCache|clearCache|invalidate\w*Cache|cache)(?:[A-Z_]|$)/
const TELLING = /^_*(?:notify|report|log|record)\w*(?:fail|error|problem)/i
const LAST_SEEN = /last_?(?:access|activity|login|seen|used)/i
const ASIDE_FILE = /analytics|metrics|[cC]ache[\w.-]*$/
const BROWSER_STORE = /^(?:objectStore|indexedDB|localStorage|sessionStorage|IDB\w+)$/
const REPORTING =
  /^(?:logEvent|trackEvent|track|identify|captureException|captureMessage|capture_exception|record|observe|increment|histogram|gauge|set(?:Tag|Context|User|Attribute)s?)$/

const DECORATION = /(?:^|[^a-z])(?:avatar|favicon|gravatar|icon|logo|placeholder|screenshot|thumbnail)s?(?:$|[^a-z])/

/** A picture that is missing hurts nobody. */
export function isDecoration(path: ErrorPath, file: string): boolean {
  if (/^(?:delete|save|set|store|update|upload)\b/.test(words(lastName(path.owner ?? '')))) return false
  const places = [...file.split('/').slice(-2), ...(path.owner ?? '').split('.')]
  return (
    places.some((place) => DECORATION.test(words(place))) || path.protects.some((call) => DECORATION.test(words(call)))
  )
}

/** Looking again at what the server has: `refetch()`, `revalidatePath()`, SWR's `mutate()`, and going to another page. */
export function isLookingAgain(path: ErrorPath): boolean {
  return path.protects.length > 0 && path.protects.every((call) => LOOKS_AGAIN.test(call))
}

const LOOKS_AGAIN =
  /^(?:\w*mutate|\w*Mutate|navigate|prefetch|refetch|refresh|reload|revalidate|invalidate)(?:[A-Z]\w*)?$/
