import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import { words } from '../../facts/code/failure-words.ts'

const ASKS =
  /^(?:preview|validate|check|test|search|query|lookup|list|count|estimate|calculate|export|render|resolve|suggest|autocomplete|filter|fetch|compare|download|get|find|verify|context|status|summary|success)$/
const CHANGES = /^(?:create|add|update|edit|delete|remove|save|set|upsert|send|import|bulk|merge|archive|restore)$/
const ASKING_FOLDER = /\/(?:export|exports|preview|search|query)\//

/** A POST that only asks: a word of its path or of its handler says so. */
export function isAsking({ kind, identity, handler }: EntryPoint): boolean {
  if (kind === 'job' || kind === 'consumer' || kind === 'schedule') return false
  const own = identity.slice(identity.lastIndexOf('/') + 1).replace(/^.*[.\s]/, ' ')
  return ASKING_FOLDER.test(identity) || saysAsk(own) || saysAsk(lastPart(handler ?? ''))
}

function saysAsk(name: string): boolean {
  const parts = words(name)
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  const [first = ''] = parts
  return !CHANGES.test(first) && (ASKS.test(first) || ASKS.test(parts.at(-1) ?? ''))
}

const WRITING_METHOD = /\.(?:post|put|patch|delete|create|update|partial_update|destroy|perform_\w+|form_valid)$/
const WRITING_BASE = /(?:Create|Update|Delete|Destroy|Edit|Form|ModelViewSet)/
const READING_BASE = /ReadOnly|ListAPIView|RetrieveAPIView|(?:List|Detail|Template|Redirect)View$/

/** A handler of every verb that lets none but GET through: `if (req.method !== 'GET') return res.status(405)`. */
function answersOnlyGet([own]: readonly ReachedCode[]): boolean {
  const tokens = own?.head.code?.shape.functions.find((one) => encloses(own.span, one.span))?.tokens ?? ''
  return /\bmethod\b/.test(tokens) && /\bGET\b/.test(tokens) && !/\b(?:POST|PUT|PATCH|DELETE)\b/.test(tokens)
}

/**
 * Whether a way in can change something. A URL of Django has no verb: the view behind it tells, where the change has it. One
 * for a view that was there before opens nothing that writes and was closed.
 */
export function isWriting(entry: EntryPoint, reached: readonly ReachedCode[]): boolean {
  if (entry.identity.startsWith('/') && answersOnlyGet(reached)) return false
  if (!entry.writes || !/^(?:URL|viewset) /.test(entry.identity)) return entry.writes
  if (reached.length === 0) return entry.identity.startsWith('viewset ')
  return reached.some(({ head, span }) => {
    const shape = head.code?.shape
    if (shape === undefined) return false
    const bases = shape.classes.filter((one) => one.span.start === span.start).flatMap((one) => one.bases)
    if (
      bases.some((base) => READING_BASE.test(base)) &&
      !shape.functions.some((fn) => encloses(span, fn.span) && WRITING_METHOD.test(fn.name))
    )
      return false
    return (
      bases.some((base) => WRITING_BASE.test(base)) ||
      shape.functions.some(
        (fn) => encloses(span, fn.span) && (WRITING_METHOD.test(fn.name) || /\bPOST\b/.test(fn.tokens)),
      ) ||
      shape.calls.some(
        (one) =>
          encloses(span, one.span) &&
          /\.(?:save|delete|bulk_create)$|\bobjects\b.*\.(?:create|update)$/.test(one.callee),
      )
    )
  })
}
