import type { Change } from '../../change/change.ts'
import { type Tier, tierOfName } from '../../facts/config/tiers.ts'
import { wordsOf } from '../../facts/config/words.ts'
import type { Meaning } from './key-meaning.ts'
import type { Risk } from './risk-rules.ts'

/** What people call it in a title. A size alone is no fault, so that whoever names it has thought of it. */
const TOPICS: Partial<Readonly<Record<Meaning, RegExp>>> = {
  replicas:
    /^(?:(?:auto|up|down|de|re)?scal(?:e|es|ed|ing|er)|replicas?|replicacount|instances?|pods?|hpa|capacity|machines|nodes)$/,
  resources: /^(?:scal(?:e|es|ed|ing)|resources?|memory|mem|ram|heap|cpus?|limits?|requests|usage|rightsiz(?:e|ing))$/,
  timeout: /^(?:timeouts?|time ?outs?|deadlines?)$/,
  retry: /^(?:retry|retries|attempts?)$/,
  pool: /^(?:scal(?:e|es|ed|ing)|pools?|pooling|connections?|workers?|threads?|concurrency|parallelism|hikari|puma)$/,
  session: /^(?:sessions?|ttl|expiry|expires?|expiration|lifetimes?|durations?)$/,
  sampling: /^(?:sampl(?:e|es|ing)|trac(?:es|ing))$/,
  'rate-limit': /^(?:rate|ratelimits?|limits?|throttl(?:e|es|ing)|quotas?|burst|sizes?)$/,
}
const LOGS = /^(?:logs?|logging|logger|loglevel|debug|debugging|trace|verbose)$/
const UP =
  /^(?:increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|bump(?:s|ed|ing)?|more|up|upscal(?:e|es|ed|ing)|higher|double)$/
const DOWN =
  /^(?:decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|fewer|less|down|downscal(?:e|es|ed|ing)|cut|half|halve)$/
const BACK = /^(?:revert(?:s|ed|ing)?|undo|rollback|restore|back)$/
const ONE = /^(?:1|one|single|only)$/
const NONE =
  /^(?:0|zero|off|stop(?:s|ped)?|disabl(?:e|es|ed|ing)|paus(?:e|es|ed|ing)|suspend(?:s|ed)?|shut(?:s|down)?|remov(?:e|es|ed|ing)|decommission(?:s|ed|ing)?|delet(?:e|es|ed|ing))$/
/** Nothing else stops so that none is left. */
const STOPPED =
  /^(?:zero|off|stop(?:s|ped|ping)?|paus(?:e|es|ed|ing)|suspend(?:s|ed|ing)?|shut|shutdown|decommission(?:s|ed|ing)?|retire[sd]?)$/
/** So small a part is left by a slip of the finger too, unless the title tells the number. */
const SLIP = 1 / 8

/** "Send mail from staging": the words say for which environment the change is. */
export function tiersIn(text: string): ReadonlySet<Tier> {
  return new Set(wordsOf(text).flatMap((word) => tierOfName(word) ?? []))
}

/** Lines of a description that are looked at. */
const MAX_LINES = 60

/** The title, or a line below it, speaks of this very size, in the same direction and as far as it goes: it is meant. */
export function isSaid(
  { title, description = '' }: Pick<Change, 'title' | 'description'>,
  meaning: Meaning,
  keyPath: readonly string[],
  risk: Risk,
): boolean {
  const lines = [title ?? '', ...description.split('\n').slice(0, MAX_LINES)]
  return lines.some((line) => isSaidIn(wordsOf(line), meaning, keyPath, risk))
}

/** What has a size that a title may speak of. */
export function isSize(meaning: Meaning): boolean {
  return TOPICS[meaning] !== undefined
}

/** So small a part that whoever wrote it may have slipped. */
export function isSlip({ turn }: Risk): boolean {
  return turn !== undefined && turn.to !== 0 && turn.ratio <= SLIP
}

function isSaidIn(words: readonly string[], meaning: Meaning, keyPath: readonly string[], risk: Risk): boolean {
  if (meaning === 'log-level') return words.some((word) => LOGS.test(word))
  const topic = TOPICS[meaning]
  if (topic === undefined || risk.turn === undefined) return false
  if (meaning === 'replicas' && risk.turn.to === 0 && words.some((word) => STOPPED.test(word))) return true
  const own = wordsOf(keyPath.at(-1) ?? '').filter((word) => topic.test(word))
  if (!words.some((word) => topic.test(word) || own.includes(word))) return false
  const { ratio, to } = risk.turn
  const against = ratio < 1 ? UP : DOWN
  const along = ratio < 1 ? DOWN : UP
  if (!words.some((word) => BACK.test(word) || along.test(word)) && words.some((word) => against.test(word)))
    return false
  const tells = words.includes(String(to)) || (to === 0 && words.some((word) => NONE.test(word)))
  return ratio > SLIP || tells || (to === 1 && words.some((word) => ONE.test(word)))
}
