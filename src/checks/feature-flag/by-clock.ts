import type { BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import { type Argument, encloses, type Value } from '../../facts/code/code-shape.ts'
import { paddedWords } from '../../facts/code/failure-words.ts'

/** A schedule, a job that is given its times, or a route that a scheduler calls. */
export function startsByClock({ entry, head }: NewWayIn): boolean {
  if (entry.kind === 'schedule') return true
  if (entry.kind !== 'job') return CALLED.test(entry.identity)
  const { span, body } = entry
  const sites = head.code?.shape.calls.filter(
    (one) =>
      (one.span.start === span.start && one.span.end === span.end) ||
      (body !== null && one.form === 'decorator' && one.decorates !== null && encloses(one.decorates.span, body)),
  )
  return sites?.some(({ callee, args }) => PERIODIC.test(lastPart(callee)) || saysTimes(args)) ?? false
}

/** `POST /api/cron/expire`. */
const CALLED = /\/(?:cron|crons|cronjobs?|scheduled)(?:\/|$)/i
const PERIODIC = /^(?:periodic_task|db_periodic_task|periodic|scheduled_job|schedule_job|crontab|cron|Cron)$/
const TIMES = /^(?:cron|cron_?trigger|crontab|schedule|run_every|every|interval)$/i

/** `cron_trigger=CronTrigger(hour=5)`, `{ cron: '0 5 * * *' }`, `crontab(hour=5)`. */
function saysTimes(args: readonly Argument[]): boolean {
  return args.some(({ key, value }) => (key !== null && TIMES.test(key)) || isTimes(value))
}

function isTimes(value: Value): boolean {
  if (value.is === 'call') return /^(?:crontab|CronTrigger|IntervalTrigger)\b/.test(value.callee)
  return value.is === 'record' && saysTimes(value.entries)
}

/** The job of a change that adds it to a table of times: `CELERY_BEAT_SCHEDULE`, with one more `crontab(…)`. */
export function addsTimes({ files }: BehaviourOfChange): boolean {
  const count = (side: 'base' | 'head'): number =>
    files.flatMap((one) => one[side]?.code?.shape.calls ?? []).filter(({ callee }) => callee === 'crontab').length
  return count('head') > count('base')
}

const WHOM =
  '(?:accounts?|users?|customers?|members?|partners?|organi[sz]ations?|workspaces?|tenants?|teams?|projects?|subscriptions?|trials?|memberships?|licen[cs]es?|merchants?|pii)'
const TAKES =
  '(?:lock|suspend|deactivate|disable|block|ban|terminate|downgrade|cancel|offboard|purge|wipe|erase|anonymi[sz]e|delete|remove|archive|revoke)'
/** `LockExpiredTrialTenants`, `organization.offboard_expired`. */
const TAKEN = new RegExp(`\\s${TAKES}\\s(?:\\w+ ){0,3}${WHOM}\\s|\\s${WHOM} (?:auto )?${TAKES}\\s`)
const MOVED =
  /\s(?:dunning|payouts?|charge|charges|renew|renewals?|refunds?|disputes?|capture payments?|retry payments?|process payments?|process (?:invoices?|billing)|collect payments?|auto (?:pay|accepts?|charge|renew))\s/
const MAILED =
  /\s(?:reminders?|remind|nudge|nudges|digests?|win ?back)\s|\s(?:notify|mail|email) (?:\w+ ){0,2}(?:users?|customers?|members?|owners?|subscribers?|applicants?)\s/
/** Clearing up, counting, asking again: nobody misses what it takes. */
const CHORE =
  /\s(?:tokens?|sessions?|caches?|files?|logs?|locks|payment lock|stale|orphan(?:ed|s)?|temp|tmp|sync|synch?ronize|reconcile|report|reports|export|metrics|stats|count|counts|usage|index|reindex|check|monitor|backfill|retry webhooks?|webhooks?)\s/

/** What it does to customers at its hour, as its name says; null when its name says nothing of the kind. */
export function doneByClock({ identity, handler }: EntryPoint): 'takes' | 'moves money' | 'mails' | null {
  const name = paddedWords(`${identity} ${handler ?? ''}`)
  if (CHORE.test(name)) return null
  if (TAKEN.test(name)) return 'takes'
  if (MAILED.test(name)) return 'mails'
  return MOVED.test(name) ? 'moves money' : null
}
