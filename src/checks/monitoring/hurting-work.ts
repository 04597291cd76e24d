import type { Behaviour } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ErrorPath } from '../../facts/code/code-facts.ts'
import { paddedWords } from '../../facts/code/failure-words.ts'

const MONEY = /(?:^| )(?:pay|payments?|payouts?|charges?|refunds?|purchases?|withdraw|withdrawals?|reimburse)(?: |$)/
const MAIL = /(?:^| )(?:e ?mails?|mails?|mailer|sms|letters?|invitations?|invites?)(?: |$)/
const SENDS = /(?:^| )(?:send|sends|deliver|dispatch|resend|notify|mail|email|invite)(?: |$)/
const DELETES = /(?:^| )(?:delete|remove|destroy|erase|purge|wipe|anonymi[sz]e)(?: |$)/
const CUSTOMER =
  /(?:^| )(?:users?|accounts?|customers?|members?|tenants?|workspaces?|organi[sz]ations?|personal)(?: |$)/
/** `getPayment`, `listCharges`, `isPaid`: it asks, and moves nothing. */
const ASKS =
  /^(?:get|fetch|list|find|load|read|is|has|can|should|check|validate|verify|parse|format|build|render|log|track|to|from|calculate|compute|estimate) /

/** What failed moves money, writes to somebody, or deletes what belongs to a customer: lost, it hurts a person. */
export function hurtsSomebody(path: ErrorPath, head: Behaviour): boolean {
  const sent = head.outbound
    .filter(({ writes, owner, method }) => writes && owner === path.owner && path.protects.includes(lastPart(method)))
    .map(({ method }) => method)
  return [...path.protects, ...sent].some((call) => isHurting(paddedWords(call).trim()))
}

function isHurting(name: string): boolean {
  if (ASKS.test(name)) return false
  return MONEY.test(name) || (MAIL.test(name) && SENDS.test(name)) || (DELETES.test(name) && CUSTOMER.test(name))
}

/** `failed.push(order)`, `order.status = 'FAILED'`, `errors += 1`: somebody can look it up. */
export function isKeptCount({ tokens }: ErrorPath): boolean {
  return tokens.some((token) => /fail|errors\b|error_?count|skipped|pending|retry|rejected/i.test(token))
}
