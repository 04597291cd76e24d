import type { Shape } from '../../facts/config/shape.ts'
import { wordsOf } from '../../facts/config/words.ts'
import { hasHiddenUnit } from './key-meaning.ts'

/** How two values of one key differ in shape, where that is no matter of taste. */
export interface Difference {
  readonly kind:
    | 'trailing-slash-differs'
    | 'scheme-differs'
    | 'path-differs'
    | 'port-differs'
    | 'type-differs'
    | 'unit-differs'
  /** `here` and `there` in words: "ends with a slash"; `there` is empty where `here` compares the two. */
  readonly here: string
  readonly there: string
  /** It breaks what is built on the value, whichever side is right. */
  readonly hard: boolean
  /** What can happen, after "so". */
  readonly harm: string
}

const INNOCENT = new Set<Shape['kind']>(['empty', 'placeholder', 'reference', 'encrypted', 'secret'])
const RATIOS = new Set([60, 1000, 3600, 60_000, 86_400, 3_600_000, 1024, 1_048_576, 1_000_000])

export function differencesOf(here: Shape, there: Shape, keyPath: readonly string[]): readonly Difference[] {
  if (INNOCENT.has(here.kind) || INNOCENT.has(there.kind) || isRevision(keyPath)) return []
  if (here.kind === 'url' && there.kind === 'url') return urlDifferences(here, there)
  const unit = unitDifference(here, there, keyPath)
  if (unit !== null) return [unit]
  const type = typeDifference(here, there)
  return type === null ? [] : [type]
}

/** Names of builds: digits alone are one as well as any other. */
function isRevision(keyPath: readonly string[]): boolean {
  return /(?:^| )(?:tag|sha|commit|revision|digest|hash|version|build)(?: |$)/.test(
    wordsOf(keyPath.at(-1) ?? '').join(' '),
  )
}

type Url = Extract<Shape, { kind: 'url' }>

function urlDifferences(here: Url, there: Url): readonly Difference[] {
  const found: Difference[] = []
  const say = (kind: Difference['kind'], ours: string, theirs: string, hard: boolean, harm: string): void => {
    found.push({ kind, here: ours, there: theirs, hard, harm })
  }
  if (here.scheme !== there.scheme) {
    const plain = [here.scheme, there.scheme].toSorted().join(' ') === 'http https'
    say(
      'scheme-differs',
      `has the scheme ${here.scheme}`,
      `${there.scheme}`,
      plain ? here.scheme === 'http' && here.hostClass === 'public' : false,
      plain ? 'traffic goes unencrypted in one of them' : 'another protocol is spoken in one of them',
    )
  }
  if (
    here.hasPath === there.hasPath &&
    here.trailingSlash !== there.trailingSlash &&
    !here.hasQuery &&
    !there.hasQuery
  ) {
    const words = (slash: boolean): string => (slash ? 'ends with a slash' : 'does not end with a slash')
    say(
      'trailing-slash-differs',
      words(here.trailingSlash),
      words(there.trailingSlash),
      true,
      'a path joined to it gets two slashes or none in one of them',
    )
  }
  if (here.hasPath !== there.hasPath) {
    say(
      'path-differs',
      here.hasPath ? 'has a path' : 'has no path',
      there.hasPath ? 'has one' : 'has none',
      false,
      'a path joined to it leads elsewhere in one of them',
    )
  }
  if ((here.port === null) !== (there.port === null) && here.scheme === there.scheme) {
    say(
      'port-differs',
      here.port === null ? 'names no port' : `names port ${here.port}`,
      there.port === null ? 'names none' : `names port ${there.port}`,
      false,
      'one of them may not answer there',
    )
  }
  return found
}

/** Milliseconds or bytes of one unit; `family` keeps the two apart. */
const UNITS: Readonly<Record<string, readonly [family: 'time' | 'size' | 'share', factor: number]>> = {
  ns: ['time', 1e-6],
  us: ['time', 1e-3],
  ms: ['time', 1],
  s: ['time', 1000],
  m: ['time', 60_000],
  h: ['time', 3_600_000],
  d: ['time', 86_400_000],
  w: ['time', 604_800_000],
  b: ['size', 1],
  k: ['size', 1000],
  ki: ['size', 1024],
  mb: ['size', 1_000_000],
  mi: ['size', 1_048_576],
  g: ['size', 1_000_000_000],
  gi: ['size', 1_073_741_824],
  t: ['size', 1e12],
  ti: ['size', 1.0995e12],
  '%': ['share', 1],
}

/** A number with a unit in a common measure; null for others and for units that mean two things (`250m` of a processor). */
export function measure(
  shape: Shape,
  keyPath: readonly string[],
): { readonly family: string; readonly amount: number } | null {
  if (shape.kind === 'number') return { family: 'bare', amount: shape.value }
  if (shape.kind !== 'quantity') return null
  const key = (keyPath.at(-1) ?? '').toLowerCase()
  if (shape.unit === 'm' && key === 'cpu') return { family: 'cpu', amount: shape.value / 1000 }
  const sized = /mem|size|storage|heap|bytes|buffer|disk|limit/.test(key)
  const unit = sized && /^m$/i.test(shape.unit) ? 'mb' : unitName(shape.unit)
  const known = UNITS[unit]
  return known === undefined ? null : { family: known[0], amount: shape.value * known[1] }
}

function unitName(written: string): string {
  const unit = written.toLowerCase()
  if (/^(?:sec|secs|seconds?)$/.test(unit)) return 's'
  if (/^(?:min|mins|minutes?)$/.test(unit)) return 'm'
  if (/^(?:hrs?|hours?)$/.test(unit)) return 'h'
  if (/^days?$/.test(unit)) return 'd'
  if (unit === 'msec') return 'ms'
  return unit.length === 3 ? unit.slice(0, 2) : unit.replace(/^([kgt])b$/, '$1')
}

function unitDifference(here: Shape, there: Shape, keyPath: readonly string[]): Difference | null {
  const [ours, theirs] = [measure(here, keyPath), measure(there, keyPath)]
  if (ours === null || theirs === null || ours.amount === 0 || theirs.amount === 0) return null
  const harm = 'one of them is off by the size of the unit'
  if (ours.family !== theirs.family) {
    if (ours.family !== 'bare' && theirs.family !== 'bare') return null
    const words = (family: string): string => (family === 'bare' ? 'is a number without a unit' : 'has a unit')
    return {
      kind: 'unit-differs',
      here: words(ours.family),
      there: words(theirs.family),
      hard: hasHiddenUnit(keyPath),
      harm,
    }
  }
  const ratio = ours.amount > theirs.amount ? ours.amount / theirs.amount : theirs.amount / ours.amount
  if (!RATIOS.has(ratio) || ours.family === 'cpu' || !(hasHiddenUnit(keyPath) || ours.family === 'time')) return null
  return {
    kind: 'unit-differs',
    here: `is ${ratio} times ${ours.amount > theirs.amount ? 'larger' : 'smaller'}`,
    there: '',
    hard: ratio !== 60 || ours.family === 'bare',
    harm,
  }
}

function typeDifference(here: Shape, there: Shape): Difference | null {
  const [ours, theirs] = [typeOf(here), typeOf(there)]
  if (ours === theirs) return null
  const pair = [ours, theirs].toSorted().join(' ')
  if (pair === 'host text' || pair === 'quantity text' || pair === 'number quantity') return null
  const soft =
    pair === 'boolean number' ||
    // `On` beside `DetectionOnly`: one of several words.
    pair === 'boolean text' ||
    // One of them may stand alone, as in many files of deployments.
    pair === 'list text' ||
    pair === 'host list' ||
    pair === 'URL list' ||
    pair === 'list number' ||
    (here.kind === 'text' && here.word !== null) ||
    (there.kind === 'text' && there.word !== null)
  return {
    kind: 'type-differs',
    here: `is ${article(ours)}`,
    there: `is ${article(theirs)}`,
    hard: !soft,
    harm: 'the code that reads it may take only one of them',
  }
}

function typeOf(shape: Shape): string {
  return shape.kind === 'url' ? 'URL' : shape.kind
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    URL: 'a URL',
    host: 'a host without a scheme',
    boolean: 'true or false',
    number: 'a number',
    quantity: 'a number with a unit',
    list: 'a list',
    map: 'a section',
    text: 'a text',
  }
  return words[type] ?? type
}
