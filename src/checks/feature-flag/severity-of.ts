import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { words } from '../../facts/code/failure-words.ts'
import type { Severity } from '../define-check.ts'
import { isAsking, isWriting } from './is-writing.ts'

const MONEY =
  /(?:^|\s)(?:pay|payment|payments|payout|payouts|charge|charges|refund|refunds|transfer|transfers|checkout|purchase|billing|invoice|invoices|subscription|subscriptions|withdraw|deposit|order|orders|capture|wallet)(?:$|\s)/
const ACCESS =
  /(?:^|\s)(?:auth|authorize|oauth|oauth2|token|tokens|login|signup|register|password|credential|credentials|sso|saml|mfa|otp|session|sessions|impersonate|permission|permissions|role|roles|invite|invites|apikey|api keys?|webhook|webhooks)(?:$|\s)/
const LOSS =
  /(?:^|\s)(?:delete|destroy|purge|wipe|erase|bulk|import|migrate|transfer|merge|reset|revoke|anonymize|archive|cleanup|prune)(?:$|\s)/
/** Reached by the team's own people only. */
const INTERNAL =
  /(?:^|\s)(?:admin|backoffice|back office|internal|staff|superuser|superadmin|devtools|playground|sandbox|demo|debug)(?:$|\s)/

/** Lines behind one way in before it is more than a form. */
const BIG = 80
/** As many writing ways in at once are a feature, whatever each is. */
const MANY = 4
/** Added lines of code before a change with a new page is a feature. */
const BIG_PAGE = 800

/** What the change is, besides this way in. */
export interface ChangeSize {
  /** New ways in that write. */
  readonly writing: number
  /** Lines of code added. */
  readonly added: number
}

/** medium only where a team with flags would have wanted one: it writes, and it is critical, large, or many. */
export function severityOf(
  path: string,
  entry: EntryPoint,
  reached: readonly ReachedCode[],
  change: ChangeSize,
): Severity {
  if (INTERNAL.test(plain(`${path} ${entry.identity}`))) return 'low'
  if (entry.kind === 'page') return change.added >= BIG_PAGE ? 'medium' : 'low'
  if (!isWriting(entry, reached) || isAsking(entry)) return 'low'
  const name = plain(`${entry.identity} ${entry.handler ?? ''}`)
  if (MONEY.test(name) || ACCESS.test(name) || LOSS.test(name) || change.writing >= MANY) return 'medium'
  return sizeOf(reached) >= BIG ? 'medium' : 'low'
}

/** Words parted by single spaces, with one at both ends. */
function plain(text: string): string {
  return ` ${words(text).replace(/[^a-z0-9]+/g, ' ')} `
}

function sizeOf(reached: readonly ReachedCode[]): number {
  return reached.reduce((sum, { span }) => sum + span.endLine - span.startLine + 1, 0)
}
