import type { BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import type { Exposure } from '../define-check.ts'

const WHO = {
  route: 'everybody who can call it reaches it',
  rpc: 'every client can call it',
  resolver: 'every client can ask for it',
  job: 'it runs for everybody',
  consumer: 'it takes every message',
  schedule: 'it runs for everybody at its first time',
  command: 'it can be run',
  page: 'everybody sees it',
  action: 'every page that has it can call it',
} as const satisfies Record<EntryPoint['kind'], string>

export function saysOf(entry: EntryPoint, kind: EntryPoint['kind']): string {
  return `\`${shorten(entry.identity)}\` (${entry.framework}) is new and no flag stands around it: ${WHO[kind]} as soon as this is deployed`
}

export function remedyOf(entry: EntryPoint, { practice }: BehaviourOfChange): string {
  const tool = practice.flags[0]?.title ?? 'a flag'
  const leave =
    entry.kind === 'job' || entry.kind === 'consumer' || entry.kind === 'schedule' ? 'skip the work' : 'answer 404'
  return `Ask ${tool} at the start of ${entry.handler === null ? 'its handler' : `\`${shorten(entry.handler)}\``} and ${leave} while it is off, or register it only when it is on`
}

/** A team without flags hears of it once, not for each route. */
export function noteOfNoFlags(first: Exposure, count: number, { catalog, practice }: BehaviourOfChange): Exposure {
  const known = catalog.flags.map((tool) => tool.title).filter((title) => title !== 'flag SDK')
  const many = count === 1 ? 'One new way in is' : `${count} new ways in are`
  return {
    ...first,
    kind: 'no-flag-system',
    severity: 'low',
    says: `${many} reached by everybody as soon as this is deployed, and the repository has no flag system to switch ${count === 1 ? 'it' : 'them'} off`,
    remedy: `Looked for ${known.join(', ')} and modules named after flags in ${practice.searched}; if you have one, name its calls in the option \`calls\``,
  }
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`
}
