import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { ReachedCode } from '../../facts/behaviour/reach.ts'
import { type Argument, encloses } from '../../facts/code/code-shape.ts'
import type { Severity } from '../define-check.ts'
import { doneByClock, startsByClock } from './by-clock.ts'
import { type ChangeAround, type FollowedWayIn, tellingWords } from './change-around.ts'
import { isAsking, isWriting } from './is-writing.ts'
import { isInternal, isNearMoneyOrAccess, movesMoney, opensAccess, takesMuch } from './named-risk.ts'

/** `services/local-dev-console/`: run on the machine of a developer. */
const LOCAL = /(?:^|\/)(?:local|dev)-[\w-]+\//

/** A handler that lets only them through: `if (!user.is_staff)`, `@staff_member_required`. An admin may be a customer's. */
const FOR_STAFF =
  /\b(?:is|has|require[sd]?|assert|ensure|check|verify|only)_?(?:[sS]taff|[sS]uper_?[uU]ser)\w*|\b(?:staff_member|superuser)_required\b|\bIsAdminUser\b/

/** So many added lines of code come from another repository, where they were out before. */
const IMPORTED = 20_000

/**
 * medium only where a team with flags would have wanted one: it moves money, lets somebody in, takes much away, or is part of
 * a thing that was not there before.
 */
export function severityOf({ way, reached }: FollowedWayIn, change: ChangeAround): Severity {
  const { entry, file } = way
  if (change.isForStaff || LOCAL.test(file.path) || isForStaff(way, reached)) return 'low'
  if (isEmpty(entry, reached) || change.added >= IMPORTED) return 'low'
  // A page shows; what it changes goes through a way in that is asked for itself.
  if (entry.kind === 'page' || !isWriting(entry, reached) || isAsking(entry)) return 'low'
  if (isByClock(way, change)) {
    // What takes something from customers wants a switch in any team; the rest where the team has flags.
    const does = doneByClock(entry)
    return does === 'takes' || (does !== null && change.hasFlags) ? 'medium' : 'low'
  }
  if (movesMoney(entry)) return 'medium'
  // What starts a job or a worker is asked for its own flag.
  if (entry.kind === 'job' || entry.kind === 'consumer' || isQueued(entry)) return 'low'
  if (opensAccess(entry) || takesMuch(entry)) return 'medium'
  if (hasFlagOfItsName(file.path, entry, change)) return 'low'
  // A method of a service is reached when its callers are deployed; so is a mutation that no page of the change calls.
  const isCalled = entry.kind === 'rpc' || entry.kind === 'resolver' ? change.hasPage && isOfPages(entry) : true
  return change.isNewThing && (isCalled || isNearMoneyOrAccess(entry)) ? 'medium' : 'low'
}

function isOfPages({ kind, framework }: EntryPoint): boolean {
  return kind === 'resolver' || framework === 'tRPC'
}

/** A handler that does nothing yet. */
function isEmpty({ body }: EntryPoint, [own]: readonly ReachedCode[]): boolean {
  if (body === null || own === undefined || own.head.code === null) return false
  return !own.head.code.shape.calls.some((one) => one.form !== 'decorator' && encloses(body, one.span))
}

/** The feature has a flag that is asked where it begins: `flags.NOTIFICATIONS` for `POST /notifications/{id}/mute`. */
function hasFlagOfItsName(path: string, { identity }: EntryPoint, { flagWords }: ChangeAround): boolean {
  const folder = path.split('/').at(-2) ?? ''
  return tellingWords(`${identity} ${folder}`).some((word) => flagWords.has(word))
}

/** It may be switched in a way that cannot be followed: where the feature begins, or by words that no gate was made of. */
export function isSwitchedElsewhere({ reached }: FollowedWayIn, change: ChangeAround): boolean {
  if (change.isUnfinished || change.asksElsewhere) return true
  return reached.some(({ head, span }) =>
    head.code?.shape.functions.some((one) => encloses(span, one.span) && SWITCH.test(one.tokens)),
  )
}

const SWITCH =
  /\b\w*(?:[fF]eature_?(?:[fF]lag|[sS]etting|[eE]nabled|[aA]ccess|[tT]oggle)|[eE]ntitlement|[kK]ill_?[sS]witch|FEATURE_)\w*/

/** Its path, its builder or its guard says so, or the handler itself refuses everybody else. */
function isForStaff({ file, head, entry }: FollowedWayIn['way'], [own]: readonly ReachedCode[]): boolean {
  const callee = head.code?.shape.calls.find(({ span }) => span.start === entry.span.start)?.callee ?? ''
  const builder = callee.split(/[.(]/)[0] ?? ''
  if (isInternal(`${file.path} ${entry.identity} ${entry.wrappers.join(' ')} ${builder}`)) return true
  if (own === undefined || own.head.code === null) return false
  const { shape } = own.head.code
  const decorated = shape.calls.some(
    (one) =>
      one.decorates?.span.start === own.span.start && (FOR_STAFF.test(one.callee) || namesIn(one.args).some(isOwnRole)),
  )
  const tokens = shape.functions.find((one) => encloses(own.span, one.span))?.tokens ?? ''
  return decorated || FOR_STAFF.test(tokens)
}

function namesIn(args: readonly Argument[]): readonly string[] {
  return args.flatMap(({ value }) => {
    const items = value.is === 'list' ? value.items : [value]
    return items.flatMap((one) => (one.is === 'name' ? [lastPart(one.name)] : one.is === 'text' ? [one.text] : []))
  })
}

/** `RoleEnum.SYSTEM_ADMIN`: the people who run the service. */
function isOwnRole(name: string): boolean {
  return /^(?:role_)?(?:system_?admin\w*|administrator|super_?(?:user|admin)\w*|staff|operator|moderator)$/i.test(name)
}

/** Only a clock starts without anybody. */
export function isByClock(way: FollowedWayIn['way'], { addsTimes }: ChangeAround): boolean {
  return startsByClock(way) || (addsTimes && way.entry.kind === 'job')
}

/** `POST /api/jobs/expire`: a route that a queue calls. */
function isQueued({ identity }: EntryPoint): boolean {
  return /\/(?:qstash|jobs?|workers?|tasks?|queues?)(?:\/|$)/i.test(identity)
}
