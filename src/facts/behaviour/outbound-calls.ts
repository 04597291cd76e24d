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
          limit: limitOf(client, site, facts),
          writes: isSending(site),
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
    // What a web framework keeps for a visitor is no session of an HTTP client.
    !/(?:^|\.)request\.session$/.test(receiver) &&
    client.calls.includes(lastPart(site.callee)) &&
    (client.receivers === undefined ||
      fitsAny(client.receivers, receiver) ||
      fitsAny(client.receivers, lastPart(receiver)))
  )
}

function limitOf(client: Client, site: CallSite, facts: CodeFacts): OutboundCall['limit'] {
  if (client.limited || isLimited(client, site, facts)) return 'given'
  const isEndless = fitsAny(client.endless, site.callee) && (facts.language === 'go' || !mayHoldLimit(site))
  return isEndless ? 'none' : 'unknown'
}

/** A limit in the call, set in the same function, or in what the file makes at its top: `axios.create({ timeout: 5_000 })`. */
function isLimited(client: Client, site: CallSite, facts: CodeFacts): boolean {
  if (hasKey(site.args, client.timeouts)) return true
  return facts.shape.calls.some(
    (one) =>
      (one.owner === site.owner ||
        (one.owner === null && one.boundTo !== null && one.boundTo === receiverOf(site.callee))) &&
      !encloses(site.span, one.span) &&
      (client.timeouts.includes(lastPart(one.callee)) || hasKey(one.args, client.timeouts)),
  )
}

function hasKey(args: readonly Argument[], keys: readonly string[]): boolean {
  return args.some(
    ({ key, value }) => (key !== null && keys.includes(key)) || (value.is === 'record' && hasKey(value.entries, keys)),
  )
}

const BODY = /^(?:post|put|patch|Post|postForm)$/

/** Settings that are handed over by name, by a call or by a spread: `axios.get(url, config)`, `requests.get(url, **options)`. */
function mayHoldLimit({ callee, args }: CallSite): boolean {
  const settings = BODY.test(lastPart(callee)) ? 2 : /\.(?!request$)/.test(callee) ? 1 : 0
  return args.some(({ key, value }, index) => {
    if (key !== null) return false
    if (value.is === 'record') return value.entries.some((entry) => entry.key === null)
    return index > 0 && value.is === 'other' ? true : index >= settings && (value.is === 'name' || value.is === 'call')
  })
}

/** By the verb in its name or in its record: `axios.post(…)`, `fetch(url, { method: 'POST' })`. */
function isSending({ callee, args }: CallSite): boolean {
  if (
    /^(?:post|put|patch|delete|Post|PostForm|create|send|send_message|capture|refund|invoke|put_object|New)$/.test(
      lastPart(callee),
    )
  )
    return true
  return args.some(
    ({ value }) =>
      value.is === 'record' &&
      value.entries.some(
        ({ key, value: verb }) =>
          key === 'method' && verb.is === 'text' && /^(?:POST|PUT|PATCH|DELETE)$/i.test(verb.text),
      ),
  )
}
