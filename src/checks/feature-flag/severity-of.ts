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
/** `OrderRollouts` puts them in order, and a push subscription costs nothing. */
const NO_MONEY = /(?<=\s)(?:(?:re)?order (?=\S+s )|(?:push|event|email|topic|notification) subscriptions? )/g
const ACCESS =
  /(?:^|\s)(?:auth|authorize|oauth|oauth2|token|tokens|login|signup|register|password|passkey|passkeys|credential|credentials|sso|saml|mfa|2fa|otp|impersonate|permission|permissions|role|roles|apikey|api keys?)(?:$|\s)/
/** What is over anyway. */
const SWEEPING = /\s(?:stale|expired?|old|orphan(?:ed|s)?|temp|tmp)\s/
/** It is called once the other system was told to. */
const SENT_BY_SYSTEMS = /\s(?:web ?hooks?|callbacks?)\s/
/** Whoever leaves gains nothing. */
const LEAVING = /\s(?:log ?out|sign ?out|log ?off)\s/
/** Takes away or moves much at once, or what much hangs on: a form that deletes one thing of many does neither. */
const AT_ONCE =
  /^(?:purge|wipe|erase|transfer|merge|migrate|anonymi[sz]e|prune|bulk (?:delete|destroy|remove|archive|revoke|update|ban))(?: |$)/
const TAKING = /^(?:delete|destroy|remove|archive|revoke|cleanup|clean|ban|suspend|deactivate)(?: |$)/
const MUCH =
  /(?:^| )(?:all|accounts?|users?|customers?|partners?|organi[sz]ations?|workspaces?|tenants?|teams?|projects?|data)(?: (?:mutation|action|view|handler|job|task|by \S+))?$/
/** Reached by the team's own people only. */
const INTERNAL =
  /(?:^|\s)(?:admins?|backoffice|back office|internal|staff|superuser|superadmin|superusers|devtools|dev tools|devbox|dev box|playground|sandbox|demo|debug|mock|mocks|stub|stubs|fake|emulator)(?:$|\s)/

/** `services/local-dev-console/`: run on the machine of a developer. */
const LOCAL = /(?:^|\/)(?:local|dev)-[\w-]+\//

/** A handler that lets only them through: `if (!user.is_staff)`, `@staff_member_required`. An admin may be a customer's. */
const FOR_STAFF =
  /\b(?:is|has|require[sd]?|assert|ensure|check|verify|only)_?(?:[sS]taff|[sS]uper_?[uU]ser)\w*|\b(?:staff_member|superuser)_required\b|\bIsAdminUser\b/

/** As many writing ways in at once are a feature, whatever each is. */
const MANY = 4
/** Added lines of code before a change is a feature, and more than one form, endpoint or step of one. */
const BIG_CHANGE = 400
/** So many added lines of code come from another repository, where they were out before. */
const IMPORTED = 20_000

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
  /** Words of the flags that the repository has. */
  readonly flagWords: ReadonlySet<string>
}

/** medium only where a team with flags would have wanted one: it writes, and it is critical, large, or many. */
export function severityOf(
  path: string,
  entry: EntryPoint,
  reached: readonly ReachedCode[],
  change: ChangeSize,
): Severity {
  if (change.isForStaff || LOCAL.test(path) || isInternal(`${path} ${entry.identity} ${entry.wrappers.join(' ')}`))
    return 'low'
  if (isForStaff(reached) || isEmpty(entry, reached) || change.added >= IMPORTED) return 'low'
  // A page shows; what it changes goes through a way in that is asked for itself.
  if (entry.kind === 'page') return 'low'
  if (!isWriting(entry, reached) || isAsking(entry)) return 'low'
  const name = plain(`${entry.identity} ${entry.handler ?? ''}`)
  if (isMoney(name, change)) return 'medium'
  // What starts a job or a worker is asked for its own flag; only a clock starts without anybody.
  if (entry.kind === 'job' || entry.kind === 'consumer') return 'low'
  if (entry.kind === 'schedule' || isStartedByClock(entry)) return isLoss(entry) ? 'medium' : 'low'
  const isAccess = ACCESS.test(name) && !LEAVING.test(name) && !SENT_BY_SYSTEMS.test(name) && change.added >= BIG_CHANGE
  if (isAccess || isLoss(entry)) return 'medium'
  // A method of a service is reached when its callers are deployed; so is a mutation that no page of the change calls.
  if (entry.kind === 'rpc' || (entry.kind === 'resolver' && !change.hasPage)) return 'low'
  if (hasFlagOfItsName(path, entry, change)) return 'low'
  return change.writing >= MANY && change.added >= BIG_CHANGE ? 'medium' : 'low'
}

function isMoney(name: string, { added }: ChangeSize): boolean {
  if (TELLING.test(name) || SWEEPING.test(name)) return false
  const kept = name.replace(NO_MONEY, ' ')
  return MONEY.test(kept) || (NEAR_MONEY.test(kept) && added >= BIG_CHANGE)
}

/** A handler that does nothing yet. */
function isEmpty({ body }: EntryPoint, [own]: readonly ReachedCode[]): boolean {
  if (body === null || own === undefined || own.head.code === null) return false
  return !own.head.code.shape.calls.some((one) => one.form !== 'decorator' && encloses(body, one.span))
}

/** The feature has a flag that is asked where it begins: `flags.NOTIFICATIONS` for `POST /notifications/{id}/mute`. */
function hasFlagOfItsName(path: string, { identity }: EntryPoint, { flagWords }: ChangeSize): boolean {
  const folder = path.split('/').at(-2) ?? ''
  return tellingWords(`${identity} ${folder}`).some((word) => flagWords.has(word))
}

/** Words that name a thing, each in the singular. */
export function tellingWords(text: string): readonly string[] {
  return plain(text)
    .split(' ')
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word.length >= LEAST_WORD && !GENERAL.test(word))
}

/** Shorter words stand in many keys. Characters. */
const LEAST_WORD = 5
const GENERAL =
  /^(?:feature|flag|enabled?|disabled?|default|toggle|switch|active|value|create|update|delete|remove|public|private|service|system|support|custom|manage[rd]?|setting|account|project|version|description|string|number|boolean|required|object|route|router|controller|module|server|client|handler|action|viewset|mutation|query|organi[sz]ation|workspace|member|status|error|config|option|param|import|export|return|const|class|function|model|schema|response|request|internal|index|admin|users?|teams?)$/

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
  // `/requesting-data/delete-journey`: an area of the product is no heap of data.
  const isCollection = !around.includes(' ') && MUCH.test(around)
  return (TAKING.test(own) && isCollection) || (/^(?:delete|cleanup|clean|purge)\b/.test(around) && MUCH.test(own))
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
