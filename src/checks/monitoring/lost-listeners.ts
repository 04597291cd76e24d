import { createHash } from 'node:crypto'
import type { Behaviour, BehaviourOfChange, BehaviourOfFile } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart, receiverOf } from '../../facts/behaviour/name-match.ts'
import { runsInBrowser } from '../../facts/behaviour/where-it-runs.ts'
import { type Argument, type CallSite, encloses } from '../../facts/code/code-shape.ts'
import type { Exposure } from '../define-check.ts'
import { shorten } from './wording.ts'

const LISTENS = /^(?:on|once|addListener)$/
/** What a connection, a queue or the process tells of by itself, outside of any call that could fail. */
const FAILS = /^(?:error|failed|stalled|unhandledRejection|uncaughtException|drain-error|connection_error)$/

/**
 * A listener that logged the failures of something that lives on, `pool.on('error', …)`, is gone, while what it listened to,
 * or what took its place, is still made there. Such a failure passes no handler: the line was the only trace of it.
 */
export function lostListeners({ files }: BehaviourOfChange, isMeant: boolean): readonly Exposure[] {
  const now = new Set(files.flatMap(({ head }) => listeners(head).map(eventOf)))
  return files.flatMap((one) => {
    const { file, base, head } = one
    if (base === null || head === null || runsInBrowser(file.path, head)) return []
    return listeners(base)
      .filter((site) => !now.has(eventOf(site)) && tells(site, base) && livesOn(site, one) && !isHandedOver(base, head))
      .map((site): Exposure => {
        const what = shorten(lastPart(receiverOf(site.callee).replace(/\(.*$/s, '')).replace(/^new(?=[A-Z])/, ''))
        return {
          kind: 'error-report-removed',
          severity: isMeant ? 'low' : 'medium',
          at: {
            path: file.base?.path ?? file.path,
            startLine: site.span.startLine,
            endLine: site.span.endLine,
            side: 'base',
          },
          says: `The listener for \`${eventOf(site)}\` of \`${what}\` logged failures that no call meets, and nothing listens for them any more`,
          remedy: 'Listen for it again and log it, or name the option of the new client that does',
          evidence: [],
          within: site.owner ?? '',
          anchor: createHash('sha256')
            .update(`listener ${eventOf(site)} ${what}`)
            .digest('hex')
            .slice(0, 16),
        }
      })
  })
}

function listeners(behaviour: Behaviour | null): readonly CallSite[] {
  return (behaviour?.code?.shape.calls ?? []).filter(
    (site) => site.form === 'call' && LISTENS.test(lastPart(site.callee)) && FAILS.test(eventOf(site)),
  )
}

function eventOf({ args }: CallSite): string {
  const first = args[0]?.value
  return first?.is === 'text' ? first.text : ''
}

/** What it does with the failure is to show it. */
function tells({ args, span }: CallSite, { signals }: Behaviour): boolean {
  if (args[1]?.value.is !== 'function') return false
  return signals.some(
    (one) => encloses(span, one.span) && (one.kind === 'report' || one.level === 'error' || one.level === 'warn'),
  )
}

/** Its name is still used; or, made on the spot, something else is made in its function now. */
function livesOn(site: CallSite, { base, head }: BehaviourOfFile): boolean {
  const after = head?.code?.shape.calls ?? []
  const receiver = receiverOf(site.callee)
  if (/^[\w.]+$/.test(receiver)) return after.some(({ callee }) => callee.startsWith(`${receiver}.`))
  const known = new Set(base?.code?.shape.calls.map(({ callee }) => callee))
  return after.some(({ callee, owner }) => owner === site.owner && !known.has(callee))
}

/** `onError: …`, `logger: …`: what is made now is given its own way to tell. */
function isHandedOver(base: Behaviour, head: Behaviour): boolean {
  const known = new Set(keysIn(base))
  return keysIn(head).some(
    (key) => !known.has(key) && /^(?:on_?(?:error|close|end|failed)|log(?:ger)?|error\w*)$/i.test(key),
  )
}

function keysIn({ code }: Behaviour): readonly string[] {
  const keysOf = (args: readonly Argument[]): readonly string[] =>
    args.flatMap(({ key, value }) => [
      ...(key === null ? [] : [key]),
      ...(value.is === 'record' ? keysOf(value.entries) : []),
    ])
  return code?.shape.calls.flatMap(({ args }) => keysOf(args)) ?? []
}
