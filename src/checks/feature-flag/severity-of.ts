import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import { words } from '../../facts/code/failure-words.ts'
import type { Severity } from '../define-check.ts'
import { isAsking, isWriting } from './is-writing.ts'

const MONEY = /(?:^|\s)(?:pay|payment|payments|payout|payouts|charge|charges|refund|refunds|purchase|withdraw)(?:$|\s)/
/** Near money, and often only a word: asked for where the change is a feature. */
const NEAR_MONEY =
  /(?:^|\s)(?:transfer|transfers|checkout|billing|invoice|invoices|subscription|subscriptions|deposit|order|orders|capture|wallet)(?:$|\s)/
/** `send_payment_receipt_email` tells of money, and moves none. */
const TELLING = /\s(?:emails?|mails?|receipts?|notif(?:y|ication|ications)|remind(?:er|ers)?|reports?|webhooks?)\s/
/** `OrderRollouts` puts them in order. */
const ARRANGING = /(?<=\s)(?:re)?order (?=\S+s )/g
const ACCESS =
  /(?:^|\s)(?:auth|authorize|oauth|oauth2|token|tokens|login|signup|register|password|passkey|passkeys|credential|credentials|sso|saml|mfa|2fa|otp|impersonate|permission|permissions|role|roles|apikey|api keys?|webhook|webhooks)(?:$|\s)/
/** Whoever leaves gains nothing. */
const LEAVING = /\s(?:log ?out|sign ?out|log ?off)\s/
/** Takes away or moves much at once, or what much hangs on: a form that deletes one thing of many does neither. */
const AT_ONCE = /^(?:purge|wipe|erase|bulk|import|migrate|transfer|merge|reset|anonymize|anonymise|prune)(?: |$)/
const TAKING = /^(?:delete|destroy|remove|archive|revoke|cleanup|clean|ban|suspend|deactivate)(?: |$)/
const MUCH =
  /(?:^| )(?:all|accounts?|users?|customers?|members?|partners?|organi[sz]ations?|workspaces?|tenants?|teams?|projects?|data)(?: (?:mutation|action|view|handler|job|task|by \S+))?$/
/** Reached by the team's own people only. */
const INTERNAL =
  /(?:^|\s)(?:admins?|backoffice|back office|internal|staff|superuser|superadmin|superusers|devtools|dev tools|local dev|local (?=\S+ \S+ src )|playground|sandbox|demo|debug|mock|mocks|stub|stubs|fake|emulator)(?:$|\s)/

/** A handler that lets only them through: `if (!user.is_staff)`, `@staff_member_required`. An admin may be a customer's. */
const FOR_STAFF =
  /\b(?:is|has|require[sd]?|assert|ensure|check|verify|only)_?(?:[sS]taff|[sS]uper_?[uU]ser)\w*|\b(?:staff_member|superuser)_required\b|\bIsAdminUser\b/

/** Lines behind one way in before it is more than a form. */
const BIG = 120
/** As many writing ways in at once are a feature, whatever each is. */
const MANY = 4
/** Added lines of code before a change is more than one form or one endpoint. */
const BIG_CHANGE = 400
/** Added lines of code before a way to sign in, or to act for somebody, is more than a form of it. */
const BIG_ACCESS = 150

/** What the change is, besides this way in. */
export interface ChangeSize {
  /** New ways in that write. */
  readonly writing: number
  /** Lines of code added. */
  readonly added: number
  /** It touches what people look at. */
  readonly hasPage: boolean
  /** Its title says that it is for the team's own people. */
  readonly isForStaff: boolean
}

/** medium only where a team with flags would have wanted one: it writes, and it is critical, large, or many. */
export function severityOf(
  path: string,
  entry: EntryPoint,
  reached: readonly ReachedCode[],
  change: ChangeSize,
): Severity {
  if (change.isForStaff || isInternal(`${path} ${entry.identity} ${entry.wrappers.join(' ')}`)) return 'low'
  if (isForStaff(reached) || isEmpty(entry, reached)) return 'low'
  // A page shows; what it changes goes through a way in that is asked for itself.
  if (entry.kind === 'page') return 'low'
  if (!isWriting(entry, reached) || isAsking(entry)) return 'low'
  const name = plain(`${entry.identity} ${entry.handler ?? ''}`)
  if (isMoney(name, change)) return 'medium'
  // What starts a job or a worker is asked for its own flag; only a clock starts without anybody.
  if (entry.kind === 'job' || entry.kind === 'consumer') return 'low'
  if (entry.kind === 'schedule' || isStartedByClock(entry)) return isLoss(entry) ? 'medium' : 'low'
  const isAccess = ACCESS.test(name) && !LEAVING.test(name) && change.added >= BIG_ACCESS
  if (isAccess || isLoss(entry)) return 'medium'
  // A method of a service is reached when its callers are deployed; so is a mutation that no page of the change calls.
  if (entry.kind === 'rpc' || (entry.kind === 'resolver' && !change.hasPage)) return 'low'
  const isFeature = change.writing >= MANY || (change.writing > 1 && sizeOf(reached) >= BIG)
  return isFeature && change.added >= BIG_CHANGE ? 'medium' : 'low'
}

function isMoney(name: string, { added }: ChangeSize): boolean {
  if (TELLING.test(name)) return false
  const kept = name.replace(ARRANGING, ' ')
  return MONEY.test(kept) || (NEAR_MONEY.test(kept) && added >= BIG_CHANGE)
}

/** A handler that does nothing yet. */
function isEmpty({ body }: EntryPoint, [own]: readonly ReachedCode[]): boolean {
  if (body === null || own === undefined || own.head.code === null) return false
  return !own.head.code.shape.calls.some((one) => one.form !== 'decorator' && encloses(body, one.span))
}

/** The handler itself refuses everybody else. */
function isForStaff([own]: readonly ReachedCode[]): boolean {
  if (own === undefined || own.head.code === null) return false
  const { shape } = own.head.code
  const decorated = shape.calls.some(
    (one) => one.decorates?.span.start === own.span.start && FOR_STAFF.test(one.callee),
  )
  const tokens = shape.functions.find((one) => encloses(own.span, one.span))?.tokens ?? ''
  return decorated || FOR_STAFF.test(tokens)
}

/** `bulkDeleteArtworks`, `POST /contacts/import`, `DELETE /users/{id}`, `POST /partners/ban`, `POST /cleanup/users`. */
function isLoss({ identity, handler }: EntryPoint): boolean {
  const segments = identity.split(/[\s/]/).filter((part) => part !== '' && !/^[:{[<$(^]/.test(part))
  const [own = '', around = ''] = segments.reverse().map((part) => plain(lastPart(part)).trim())
  const name = plain(lastPart(handler ?? '')).trim()
  if ([own, name].some((one) => AT_ONCE.test(one) || (TAKING.test(one) && MUCH.test(one)))) return true
  return (TAKING.test(own) && MUCH.test(around)) || (/^(?:delete|cleanup|clean|purge)\b/.test(around) && MUCH.test(own))
}

/** `POST /api/cron/expire`: a route that a scheduler or a queue calls. */
function isStartedByClock({ identity }: EntryPoint): boolean {
  return /\/(?:cron|crons|cronjobs?|qstash|jobs?|workers?|tasks?|scheduled|queues?)(?:\/|$)/i.test(identity)
}

/** Reached by the team's own people only, as its path or its name says. */
export function isInternal(text: string): boolean {
  return INTERNAL.test(plain(text))
}

/** Money or access, as its path or its name says. */
export function isCritical(text: string): boolean {
  return [MONEY, NEAR_MONEY, ACCESS].some((words) => words.test(plain(text)))
}

/** Words parted by single spaces, with one at both ends. */
function plain(text: string): string {
  return ` ${words(text).replace(/[^a-z0-9]+/g, ' ')} `
}

function sizeOf(reached: readonly ReachedCode[]): number {
  return reached.reduce((sum, { span }) => sum + span.endLine - span.startLine + 1, 0)
}
