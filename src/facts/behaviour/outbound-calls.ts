import type { CodeFacts } from '../code/code-facts.ts'
import { type Argument, type CallSite, encloses } from '../code/code-shape.ts'
import type { OutboundCall } from './behaviour-facts.ts'
import type { Catalog, Client } from './catalog.ts'
import { fitsAny, importsAny, lastPart, receiverOf } from './name-match.ts'

/** Calls that leave the process, in the order they stand. */
export function outboundCallsOf(facts: CodeFacts, catalog: Catalog): readonly OutboundCall[] {
  const found: OutboundCall[] = []
  for (const client of catalog.clients) {
    if (!client.languages.some((language) => language === facts.language)) continue
    const evident = client.modules.length === 0 || importsAny(facts.imports, client.modules)
    if (!evident) continue
    for (const site of facts.shape.calls)
      if (isCallOf(client, site) && !found.some((one) => one.span.start === site.span.start))
        found.push({
          client: client.title,
          method: site.callee,
          timeout: isLimited(client, site, facts),
          span: site.span,
          owner: site.owner,
        })
  }
  return found.sort((a, b) => a.span.start - b.span.start)
}

function isCallOf(client: Client, site: CallSite): boolean {
  if (site.form !== 'call') return false
  if (client.globals.includes(site.callee)) return true
  const receiver = receiverOf(site.callee)
  return (
    receiver !== '' &&
    client.calls.includes(lastPart(site.callee)) &&
    (client.receivers === undefined ||
      fitsAny(client.receivers, receiver) ||
      fitsAny(client.receivers, lastPart(receiver)))
  )
}

/** A limit in the call, or set in the same function. */
function isLimited(client: Client, site: CallSite, facts: CodeFacts): boolean {
  if (hasKey(site.args, client.timeouts)) return true
  return facts.shape.calls.some(
    (one) =>
      one.owner === site.owner &&
      !encloses(site.span, one.span) &&
      (client.timeouts.includes(lastPart(one.callee)) || hasKey(one.args, client.timeouts)),
  )
}

function hasKey(args: readonly Argument[], keys: readonly string[]): boolean {
  return args.some(
    ({ key, value }) => (key !== null && keys.includes(key)) || (value.is === 'record' && hasKey(value.entries, keys)),
  )
}
