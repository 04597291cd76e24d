import { type Argument, type CallSite, type CodeShape, encloses, type Span, type Value } from '../code/code-shape.ts'
import type { EntryPointRule } from './catalog.ts'
import type { WayIn } from './entry-points.ts'
import { fitsAny, lastPart, receiverOf } from './name-match.ts'

type CallRule = Extract<EntryPointRule['rules'][number], { form: 'call' }>

/** `router.post('/refunds', guard, refund)` and its like. */
export function ofCall(rule: CallRule, site: CallSite, shape: CodeShape): WayIn | null {
  if (site.form === 'decorator') return null
  const name = lastPart(site.callee)
  if (!rule.names.includes(name) || site.args.length < rule.leastArguments) return null
  const receiver = receiverOf(site.callee)
  if (rule.receivers !== undefined && !receiverFits(rule.receivers, receiver)) return null
  const record = recordOf(site)
  const path = rule.prefix === 'schedule' ? nameOfSchedule(rule, site, record) : pathOf(rule, site, record)
  if (path === null && !rule.bound) return null
  if (rule.slash && path !== null && !/^(?:[A-Z]+ )?\/|^$/.test(path)) return null
  if (rule.bound && site.boundTo === null) return null
  const handler = handlerOf(rule, site, record)
  if (handler?.is === 'call' && rule.includes.includes(lastPart(handler.callee))) return null
  const verb = verbOf(rule, name, record)
  const full = verb === null ? (path ?? '') : joined(prefixOf(site, receiver, shape), path ?? '')
  const served = servedBy(handler, shape)
  return {
    identity: identityOf(rule, verb, rule.bound ? (site.boundTo ?? '') : full),
    writes: rule.writes ?? writesBy(verb, full),
    span: site.span,
    handler: served.handler,
    body: served.body,
    wrappers: [...wrappersOf(site.args, handler), ...usedOn(receiver, site, shape)],
    through: throughOf(site, shape),
  }
}

/** The function around it, or the router that this file makes. A method may be called by whoever knows its interface. */
export function throughOf({ callee, owner }: CallSite, shape: CodeShape): string | null {
  if (owner !== null) return owner === '' || owner.includes('.') ? null : owner
  const [root = ''] = callee.split('.')
  return root !== callee && shape.calls.some((one) => one.boundTo === root && ROUTERS.test(lastPart(one.callee)))
    ? root
    : null
}

const ROUTERS = /^(?:Router|express\.Router|KoaRouter|Hono|APIRouter|Blueprint|PromiseRouter|NewRouter|Elysia)$/

function receiverFits(patterns: readonly string[], receiver: string): boolean {
  return fitsAny(patterns, receiver) || fitsAny(patterns, lastPart(receiver))
}

/** Named values: of a record argument, or an element's attributes. */
function recordOf(site: CallSite): readonly Argument[] {
  if (site.form === 'element') return site.args
  const record = site.args.find((one) => one.key === null && one.value.is === 'record')?.value
  return record?.is === 'record' ? record.entries : []
}

function pathOf(rule: CallRule, site: CallSite, record: readonly Argument[]): string | null {
  const at = rule.path === undefined ? undefined : site.args.filter((one) => one.key === null)[rule.path]?.value
  if (at?.is === 'text') return at.text
  if (at?.is === 'name' && rule.slash === false) return at.name
  for (const key of rule.pathKeys ?? []) {
    const value = record.find((one) => one.key === key)?.value
    if (value?.is === 'text') return value.text
    if (value?.is === 'name') return value.name
  }
  return null
}

/** Its times, or the name that it is given: `NewJob(ctx, "LockExpiredTrials", …)`. */
function nameOfSchedule(rule: CallRule, site: CallSite, record: readonly Argument[]): string | null {
  const path = pathOf(rule, site, record)
  const named = site.args.find(({ value }) => value.is === 'text' && value.text.length > 3)?.value
  return named?.is === 'text' && (path === null || /^\w*(?:ctx|context)$/i.test(path)) ? named.text : path
}

function handlerOf(rule: CallRule, site: CallSite, record: readonly Argument[]): Value | null {
  const named = record.find((one) => one.key !== null && (rule.handlerKeys ?? []).includes(one.key))
  if (named !== undefined) return named.value
  if (rule.handler === 'none') return null
  const positional = site.args.filter((one) => one.key === null)
  const at = rule.handler === 'last' ? positional.length - 1 : rule.handler
  return positional[at]?.value ?? null
}

function verbOf(rule: CallRule, name: string, record: readonly Argument[]): string | null {
  if (rule.verb === 'none' || rule.verb === 'argument') return rule.slash ? '' : null
  if (rule.verb === 'name') return name === 'del' ? 'DELETE' : name.toUpperCase()
  const method = record.find((one) => one.key === 'method')?.value
  return method?.is === 'text' ? method.text.toUpperCase() : 'ALL'
}

function identityOf(rule: CallRule, verb: string | null, name: string): string {
  if (rule.prefix !== undefined) return `${rule.prefix} ${name}`
  return verb === null || verb === '' ? name : `${verb} ${name}`
}

/** GET, HEAD and OPTIONS change nothing; a path may carry its verb: `GET /x`. */
export function writesBy(verb: string | null, path: string): boolean {
  const own = verb === null || verb === '' ? (/^([A-Z]+) /.exec(path)?.[1] ?? '') : verb
  return !/^(?:GET|HEAD|OPTIONS|SSE|WEBSOCKET)$/.test(own)
}

const GROUPS = ['Group', 'Route', 'group', 'basePath', 'Router', 'APIRouter', 'Blueprint', 'PathPrefix', 'Subrouter']

/** Path in front of a route: groups around it, and the group its receiver was made by. */
function prefixOf(site: CallSite, receiver: string, shape: CodeShape): string {
  const around = shape.calls
    .filter((one) => one !== site && GROUPS.includes(lastPart(one.callee)) && encloses(one.span, site.span))
    .map(firstPath)
  const made = shape.calls.find((one) => one.boundTo === receiver && GROUPS.includes(lastPart(one.callee)))
  return [...around, made === undefined ? '' : firstPath(made)].reduce(joined, '')
}

function firstPath(site: CallSite): string {
  for (const { key, value } of site.args)
    if (value.is === 'text' && (key === null || key === 'prefix' || key === 'url_prefix') && value.text.startsWith('/'))
      return value.text
  return ''
}

export function joined(prefix: string, path: string): string {
  const verb = /^[A-Z]+ /.exec(path)?.[0] ?? ''
  const rest = path.slice(verb.length)
  const left = prefix.replace(/\/$/, '')
  if (rest === '' || rest === '/') return verb + (left === '' ? '/' : left)
  return `${verb}${left}${rest.startsWith('/') ? '' : '/'}${rest}`
}

/** The function behind a handler: its own body, or that of the name in this file. */
function servedBy(
  value: Value | null,
  shape: CodeShape,
): { readonly handler: string | null; readonly body: Span | null } {
  if (value === null) return { handler: null, body: null }
  switch (value.is) {
    case 'function':
      return { handler: value.name === '' ? null : value.name, body: value.span }
    case 'name': {
      const name = lastPart(value.name)
      const own = [...shape.functions, ...shape.classes].find(
        (one) => one.name === value.name || lastPart(one.name) === name,
      )
      return { handler: name, body: own?.span ?? null }
    }
    case 'call': {
      const inner = value.args.map((one) => one.value).find((one) => one.is === 'function' || one.is === 'name')
      if (inner !== undefined) return servedBy(inner, shape)
      // Django: `RefundView.as_view()` is served by the class.
      return servedBy({ is: 'name', name: value.callee.replace(/\.as_view$/, '') }, shape)
    }
    default:
      return { handler: null, body: null }
  }
}

/** Names of middleware and of calls around the handler. */
function wrappersOf(args: readonly Argument[], handler: Value | null): readonly string[] {
  const names: string[] = []
  for (const { value } of args) {
    if (value.is === 'call') names.push(value.callee)
    else if (value !== handler && value.is === 'name') names.push(value.name)
    else if (value.is === 'list') for (const item of value.items) if (item.is === 'name') names.push(item.name)
  }
  return names
}

/** `router.use(guard)` before it, on the same router. */
function usedOn(receiver: string, site: CallSite, shape: CodeShape): readonly string[] {
  if (receiver === '') return []
  return shape.calls
    .filter((one) => /^(?:use|Use|addHook|With)$/.test(lastPart(one.callee)) && receiverOf(one.callee) === receiver)
    .filter((one) => one.span.end <= site.span.start)
    .flatMap((one) => wrappersOf(one.args, null))
}
