import type { BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import type { Exposure } from '../define-check.ts'

export function saysOfWayIn(entry: EntryPoint, behaviour: BehaviourOfChange): string {
  const what = `\`${shorten(entry.identity)}\` (${entry.framework}) is new and shows an operator nothing when it fails`
  return `${what}: ${searched(behaviour)}; found none`
}

/** What was looked for, and where: "none" is worth as much as the search behind it. */
function searched({ catalog, practice }: BehaviourOfChange): string {
  const known = [...new Set([...catalog.signals, ...catalog.instruments].map((one) => one.title))]
  return `looked for ${known.slice(0, 8).join(', ')} and others in its handler, in what it calls in this change, around it, and in ${practice.searched}`
}

export function remedyOfWayIn(entry: EntryPoint, { practice }: BehaviourOfChange): string {
  const tool = practice.telemetry[0]
  const named = tool === undefined ? '' : ` (you have ${tool.title} in ${tool.path})`
  if (entry.kind === 'job' || entry.kind === 'consumer' || entry.kind === 'schedule')
    return `Count its runs and failures, or report them${named}; for a schedule add a heartbeat, so that a run that never starts is seen too`
  return `Count or trace its calls and failures, or log them with the error${named}`
}

/** A team without monitoring hears of it once. */
export function noteOfNoTelemetry(first: Exposure, count: number, behaviour: BehaviourOfChange): Exposure {
  const many = count === 1 ? 'One new way in shows' : `${count} new ways in show`
  return {
    ...first,
    kind: 'no-telemetry',
    severity: 'low',
    says: `${many} an operator nothing when ${count === 1 ? 'it fails' : 'they fail'}, and the repository has no monitoring: ${searched(behaviour)}; found none`,
    remedy:
      'Start with an error reporter or request metrics around the whole service; then every new way in is seen without a line of its own',
  }
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`
}
