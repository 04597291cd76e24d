import type { CodeFacts } from '../code/code-facts.ts'
import type { Argument, CallSite } from '../code/code-shape.ts'
import type { Signal } from './behaviour-facts.ts'
import type { Catalog, SignalTool } from './catalog.ts'
import { fitsAny, hasWord, importsAny, importsWord, lastPart, receiverOf } from './name-match.ts'

/** What the file shows to an operator, in the order it stands. `calls` are the team's own: `audit.record`. */
export function signalsOf(facts: CodeFacts, catalog: Catalog, calls: readonly string[] = []): readonly Signal[] {
  const found = new Map<string, Signal>()
  for (const site of facts.shape.calls)
    if (calls.some((one) => site.callee === one || site.callee.endsWith(`.${one}`)))
      found.set(`${site.span.start} ${site.span.end}`, ownSignal(site))
  for (const tool of catalog.signals) {
    if (!tool.languages.some((language) => language === facts.language)) continue
    const imported = tool.modules.length === 0 || importsAny(facts.imports, tool.modules)
    const named = importsWord(facts.imports, tool.words)
    for (const site of facts.shape.calls) {
      const place = `${site.span.start} ${site.span.end}`
      if (found.has(place) || !isSignal(tool, site, imported, named)) continue
      found.set(place, signalOf(tool, site))
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start)
}

function isSignal(tool: SignalTool, site: CallSite, imported: boolean, named: boolean): boolean {
  const name = lastPart(site.callee)
  const receiver = receiverOf(site.callee)
  if (site.form === 'decorator') return (imported || named) && fitsAny(tool.decorators, name)
  if (site.form !== 'call') return false
  if (imported && tool.definitions.includes(name)) return true
  if (!tool.calls.includes(name)) return false
  if (tool.receivers !== undefined) {
    const fitting = fitsAny(tool.receivers, receiver) || fitsAny(tool.receivers, lastPart(receiver))
    return fitting && (imported || named || tool.words.some((word) => hasWord(receiver, word)))
  }
  // Without a list of receivers the receiver must say it itself, or the file must import the library.
  return (
    receiver !== '' && (imported ? isMetricCall(receiver, name) : tool.words.some((word) => hasWord(receiver, word)))
  )
}

const MANIFOLD = /^(?:add|set|time|labels|record|with|inc|dec)$/i
const TELLING =
  /count|gauge|hist|metric|total|latency|duration|stat|summary|timer|bytes|size|seconds|errors|failures|requests|usage|depth|in_?flight|labels$/i

/** In a file that uses the library: a receiver with a telling name where the call says little, `clock.Now().Add(hour)`. */
function isMetricCall(receiver: string, name: string): boolean {
  const last = lastPart(receiver.replace(/\([^()]*\)/g, ''))
  if (/^(?:wg|set|map|this|self|model|mu|ctx|tx|db|list)$/.test(last)) return false
  return /^(?:inc|Inc)$/.test(name) || !MANIFOLD.test(name) || TELLING.test(last) || /^[A-Z][A-Z0-9_]+$/.test(last)
}

function ownSignal({ span, owner }: CallSite): Signal {
  return { kind: 'report', tool: 'the calls your policy names', metric: null, level: null, span, owner, labels: [] }
}

function signalOf(tool: SignalTool, site: CallSite): Signal {
  const defines = tool.definitions.includes(lastPart(site.callee))
  return {
    kind: tool.signal,
    tool: tool.title,
    metric: defines ? metricName(site.args) : null,
    level: tool.signal === 'log' ? levelOf(lastPart(site.callee)) : null,
    span: site.span,
    owner: site.owner,
    labels: tool.signal === 'metric' && namesLabels(tool, site) ? labelsOf(site.args) : [],
  }
}

const LABELLING =
  /^(?:labels|WithLabelValues|With|inc|observe|startTimer|increment|decrement|incr|decr|timing|histogram|distribution|add|record|Add|Record|Incr|Count|Timing|Histogram|Distribution)$/

/** A value that is measured, `gauge.set(x)`, is no label. */
function namesLabels(tool: SignalTool, { callee }: CallSite): boolean {
  const name = lastPart(callee)
  return tool.definitions.includes(name) || LABELLING.test(name)
}

/** `new Counter({ name: 'x' })`, `Counter('x', …)`, `NewCounter(prometheus.CounterOpts{Name: "x"})`. */
function metricName(args: readonly Argument[]): string | null {
  for (const { key, value } of args) {
    if (value.is === 'text' && (key === null || key === 'name')) return value.text
    if (value.is !== 'record') continue
    const part = (name: string): string => {
      const entry = value.entries.find((one) => one.key === name)?.value
      return entry?.is === 'text' ? entry.text : ''
    }
    const parts = [part('Namespace'), part('Subsystem'), part('Name') || part('name')]
    if (parts[2] !== '') return parts.filter((one) => one !== '').join('_')
  }
  return null
}

function labelsOf(args: readonly Argument[]): Signal['labels'] {
  return args.flatMap(({ key, value }) => {
    if (value.is === 'record')
      return value.entries.flatMap((entry) =>
        entry.value.is === 'name' && entry.key !== null
          ? [{ key: entry.key, value: entry.value.name }]
          : entry.key === 'labelNames'
            ? labelsOf([{ key: null, value: entry.value }])
            : [],
      )
    if (value.is === 'name') return [{ key: key ?? '', value: value.name }]
    if (value.is === 'list')
      return value.items.flatMap((item) => (item.is === 'text' ? [{ key: item.text, value: '' }] : []))
    return []
  })
}

function levelOf(name: string): Signal['level'] {
  if (/^(?:trace|debug)/i.test(name)) return 'debug'
  if (/^(?:warn)/i.test(name)) return 'warn'
  if (/^(?:error|exception|critical|fatal)/i.test(name)) return 'error'
  return 'info'
}
