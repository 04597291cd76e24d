import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'

/** A POST that only asks: its last word says so. */
const ASKS =
  /(?:^|[\s/._-])(?:preview|validate|check|test|search|query|lookup|list|count|estimate|calculate|export|render|resolve|suggest|autocomplete|filter|fetch|compare|download)(?:$|[-_A-Z]|\s)/

export function isAsking({ kind, identity }: EntryPoint): boolean {
  if (kind === 'job' || kind === 'consumer' || kind === 'schedule') return false
  return ASKS.test(identity.slice(identity.lastIndexOf('/') + 1).replace(/^.*[.\s]/, ' '))
}

const WRITING_METHOD = /\.(?:post|put|patch|delete|create|update|partial_update|destroy|perform_\w+|form_valid)$/
const WRITING_BASE = /(?:Create|Update|Delete|Destroy|Edit|Form|ModelViewSet)/
const READING_BASE = /ReadOnly|ListAPIView|RetrieveAPIView|(?:List|Detail|Template|Redirect)View$/

/**
 * Whether a way in can change something. A URL of Django has no verb: the view behind it tells, where the change has it. One
 * for a view that was there before opens nothing that writes and was closed.
 */
export function isWriting(entry: EntryPoint, reached: readonly ReachedCode[]): boolean {
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
        (one) => encloses(span, one.span) && /\.(?:save|create|delete|update|bulk_create)$/.test(one.callee),
      )
    )
  })
}
