import type { CallSite, CodeShape } from '../code/code-shape.ts'
import type { EntryPointRule } from './catalog.ts'
import { joined, throughOf, writesBy } from './entry-point-of-call.ts'
import type { WayIn } from './entry-points.ts'
import { fitsAny, lastPart, receiverOf } from './name-match.ts'

type DecoratorRule = Extract<EntryPointRule['rules'][number], { form: 'decorator' }>

/** `@Post(':id')`, `@app.route('/x', methods=['POST'])`, `@shared_task`. */
export function ofDecorator(rule: DecoratorRule, site: CallSite, shape: CodeShape): WayIn | null {
  const target = site.decorates
  if (site.form !== 'decorator' || target === null) return null
  const name = lastPart(site.callee)
  if (!rule.names.includes(name)) return null
  if (rule.receivers !== undefined && !fitsAny(rule.receivers, lastPart(receiverOf(site.callee)))) return null
  if ((rule.on === 'class') !== target.isClass && rule.on !== 'any') return null
  const verb = verbOf(rule, site, name)
  const path = firstText(site)
  const own = rule.verb === 'none' || rule.prefix !== undefined ? null : joined(prefixOf(rule, site, shape), path ?? '')
  return {
    identity: own === null ? `${rule.prefix ?? ''} ${keyOf(rule, site, path)}`.trim() : `${verb} ${own}`,
    writes: rule.writes ?? (rule.verb === 'none' || writesBy(verb, '')),
    span: site.span,
    handler: target.name,
    body: target.span,
    wrappers: besides(site, shape),
    through: site.owner === null ? throughOf(site, shape) : null,
  }
}

/** A job is known by its given name, else by its function. */
function keyOf(rule: DecoratorRule, site: CallSite, path: string | null): string {
  const named = site.args.find(({ key }) => key === 'name' || key === 'actor_name')?.value
  if (named?.is === 'text') return named.text
  if (path !== null && rule.prefix === 'consumes') return path
  return site.decorates?.name ?? ''
}

function verbOf(rule: DecoratorRule, site: CallSite, name: string): string {
  if (rule.verb === 'name') return name.toUpperCase()
  const methods = site.args.find(({ key }) => key === 'methods')?.value
  if (methods?.is === 'list') {
    const verbs = methods.items.flatMap((item) => (item.is === 'text' ? [item.text.toUpperCase()] : []))
    if (verbs.length > 0) return verbs.find((verb) => writesBy(verb, '')) ?? verbs.join(',')
  }
  return name === 'route' || name === 'action' ? 'GET' : name.toUpperCase()
}

function firstText(site: CallSite): string | null {
  for (const { key, value } of site.args)
    if (value.is === 'text' && (key === null || key === 'path' || key === 'rule')) return value.text
  return null
}

/** The path of the controller, or of the router that the decorator belongs to. */
function prefixOf(rule: DecoratorRule, site: CallSite, shape: CodeShape): string {
  const controller = shape.calls.find(
    (one) =>
      one.decorates?.isClass === true &&
      (rule.classPrefix ?? []).includes(lastPart(one.callee)) &&
      one.decorates.span.start <= site.span.start &&
      site.span.end <= one.decorates.span.end,
  )
  const made = shape.calls.find((one) => one.form === 'call' && one.boundTo === receiverOf(site.callee))
  const from = controller ?? made
  if (from === undefined) return ''
  for (const { key, value } of from.args) {
    if (value.is === 'text' && (from === controller ? key === null : key === 'prefix' || key === 'url_prefix'))
      return joined('', value.text)
    if (value.is === 'record' && from === controller) {
      const path = value.entries.find((entry) => entry.key === 'path')?.value
      if (path?.is === 'text') return joined('', path.text)
    }
  }
  return ''
}

/** Other decorators of the function and of its class, with the names they are given. */
function besides(site: CallSite, shape: CodeShape): readonly string[] {
  const target = site.decorates
  if (target === null) return []
  return shape.calls
    .filter((one) => one !== site && one.decorates !== null)
    .filter((one) => {
      const other = one.decorates
      if (other === null) return false
      return other.span.start === target.span.start || (other.isClass && target.name.startsWith(`${other.name}.`))
    })
    .flatMap((one) => [one.callee, ...one.args.flatMap(({ value }) => (value.is === 'name' ? [value.name] : []))])
}
