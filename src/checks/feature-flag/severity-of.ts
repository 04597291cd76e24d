import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { words } from '../../facts/code/failure-words.ts'
import type { Severity } from '../define-check.ts'

const MONEY =
  /(?:^|\s)(?:pay|payment|payments|payout|payouts|charge|charges|refund|refunds|transfer|transfers|checkout|purchase|billing|invoice|invoices|subscription|subscriptions|withdraw|deposit|order|orders|capture|wallet)(?:$|\s)/
const ACCESS =
  /(?:^|\s)(?:auth|authorize|oauth|oauth2|token|tokens|login|signup|register|password|credential|credentials|sso|saml|mfa|otp|session|sessions|impersonate|permission|permissions|role|roles|invite|invites|apikey|api keys?|webhook|webhooks)(?:$|\s)/
const LOSS =
  /(?:^|\s)(?:delete|destroy|purge|wipe|erase|bulk|import|migrate|transfer|merge|reset|revoke|anonymize|archive|cleanup|prune)(?:$|\s)/

/** Lines that the change adds behind one way in before it is more than a form. */
const BIG = 80
/** As many ways in at once are a feature, whatever each is. */
const MANY = 4

/** A POST that only asks: its last word says so. */
const ASKS =
  /(?:^|[\s/._-])(?:preview|validate|check|test|search|query|lookup|list|count|estimate|calculate|export|render|resolve|suggest|autocomplete|filter|fetch|compare|download)(?:$|[-_A-Z]|\s)/

/** medium only where a team with flags would have wanted one: it writes, and it is critical, large, or many. */
export function severityOf(entry: EntryPoint, reached: readonly ReachedCode[], count: number): Severity {
  if (!entry.writes || entry.kind === 'page' || isAsking(entry)) return 'low'
  const name = ` ${words(`${entry.identity} ${entry.handler ?? ''}`).replace(/[^a-z0-9]+/g, ' ')} `
  const critical = MONEY.test(name) || ACCESS.test(name) || LOSS.test(name)
  if (critical || count >= MANY) return 'medium'
  return sizeOf(reached) >= BIG ? 'medium' : 'low'
}

function isAsking({ kind, identity }: EntryPoint): boolean {
  if (kind === 'job' || kind === 'consumer' || kind === 'schedule') return false
  return ASKS.test(identity.slice(identity.lastIndexOf('/') + 1).replace(/^.*[.\s]/, ' '))
}

function sizeOf(reached: readonly ReachedCode[]): number {
  return reached.reduce((sum, { span }) => sum + span.endLine - span.startLine + 1, 0)
}
