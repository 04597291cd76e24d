import type { Shape } from '../../facts/config/shape.ts'
import type { Severity } from '../define-check.ts'
import { measure } from './differences.ts'
import type { Meaning } from './key-meaning.ts'

export interface Risk {
  readonly severity: Severity
  /** After the key: "goes from 50 to 5". */
  readonly says: string
  /** One clause after "so". */
  readonly harm: string
  /** How far a size went; absent where the risk is in no size. */
  readonly turn?: Turn
}

interface Turn {
  /** New by old; 0 where nothing is left. */
  readonly ratio: number
  /** The number as it is written. */
  readonly to: number
}

type Rule = (before: Shape | null, after: Shape, keyPath: readonly string[]) => Risk | null

/** The new value alone is dangerous, and it was not so before. */
function becomes(dangerous: (shape: Shape) => boolean, severity: Severity, says: string, harm: string): Rule {
  return (before, after) =>
    dangerous(after) && !(before !== null && dangerous(before)) ? { severity, says, harm } : null
}

interface Bounds {
  /** Fall and rise by which factor; 0 for "never". */
  readonly fall: number
  readonly rise: number
  /** A rise to less than this is none. */
  readonly riseFrom?: number
  readonly severity: Severity
  readonly harm: (fell: boolean) => string
  readonly zero?: Risk
}

function scaled(bounds: Bounds): Rule {
  return (before, after, keyPath) => {
    if (before === null) return null
    const [old, now] = [measure(before, keyPath), measure(after, keyPath)]
    if (old === null || now === null || old.family !== now.family) return null
    if (bounds.zero !== undefined && now.amount <= 0 && old.amount > 0)
      return { ...bounds.zero, turn: { ratio: 0, to: 0 } }
    if (old.amount <= 0 || now.amount <= 0) return null
    const ratio = now.amount / old.amount
    const fell = bounds.fall > 0 && ratio <= 1 / bounds.fall
    const rose = bounds.rise > 0 && ratio >= bounds.rise && now.amount >= (bounds.riseFrom ?? 0)
    if (!fell && !rose) return null
    return {
      severity: bounds.severity,
      says: `goes from ${amount(before)} to ${amount(after)}`,
      harm: bounds.harm(fell),
      turn: { ratio, to: after.kind === 'number' || after.kind === 'quantity' ? after.value : now.amount },
    }
  }
}

function amount(shape: Shape): string {
  if (shape.kind === 'number') return String(shape.value)
  return shape.kind === 'quantity' ? `${shape.value}${shape.unit}` : 'another value'
}

function first(...rules: readonly Rule[]): Rule {
  return (before, after, keyPath) => {
    for (const rule of rules) {
      const risk = rule(before, after, keyPath)
      if (risk !== null) return risk
    }
    return null
  }
}

const off = (shape: Shape): boolean =>
  (shape.kind === 'boolean' && !shape.value) ||
  (shape.kind === 'number' && shape.value === 0) ||
  word(shape, 'disable', 'disabled', 'none', 'never')
const on = (shape: Shape): boolean =>
  (shape.kind === 'boolean' && shape.value) ||
  (shape.kind === 'number' && shape.value === 1) ||
  word(shape, 'enable', 'enabled')
const wildcard = (shape: Shape): boolean => (shape.kind === 'list' && shape.wildcard) || word(shape, '*')
const open = (shape: Shape): boolean =>
  on(shape) || wildcard(shape) || word(shape, 'public-read', 'public-read-write', 'publicread')
const insecureMode = (shape: Shape): boolean =>
  word(shape, 'disable', 'allow', 'prefer', 'none', 'disabled', 'optional') || off(shape)

function word(shape: Shape, ...words: readonly string[]): boolean {
  return shape.kind === 'text' && shape.word !== null && words.includes(shape.word)
}

/** Fewer than this there are never; how many there are is said by something else. */
function isLeast(keyPath: readonly string[]): boolean {
  return /(?:^|\W|_)min(?:imum)?(?:\W|_|[A-Z]|$)/.test(keyPath.slice(-2).join('.'))
}

const LIMIT = scaled({
  fall: 2,
  rise: 0,
  severity: 'medium',
  harm: () => 'it may be killed or throttled under its usual load',
})
/** What is asked for decides where it runs; what it may use is the limit. */
const REQUEST = scaled({ fall: 2, rise: 0, severity: 'low', harm: () => 'it may be crowded out by its neighbours' })

const TIMEOUT = scaled({
  fall: 4,
  rise: 4,
  severity: 'medium',
  harm: (fell) =>
    fell ? 'calls that used to finish may now be cut off' : 'slow calls hold their connection that much longer',
  zero: {
    severity: 'high',
    says: 'becomes 0 or less, which most clients take for "no limit" or "at once"',
    harm: 'one slow dependency can hold every worker',
  },
})
const RETENTION = scaled({
  fall: 2,
  rise: 0,
  severity: 'medium',
  harm: () => 'older data is deleted, which cannot be undone',
  zero: { severity: 'high', says: 'becomes 0', harm: 'backups or data may not be kept at all' },
})
function isNegative(shape: Shape): boolean {
  return (shape.kind === 'number' || shape.kind === 'quantity') && shape.value < 0
}

function isOfLogs(keyPath: readonly string[]): boolean {
  return /(?:^|[._-])(?:logs?|logging|loki|cloudwatch|traces?|metrics|prometheus)(?:[._-]|$)/i.test(
    keyPath.join('.').slice(-300),
  )
}

/** How long a piece of work may run, and no wait for another. */
function isWork(keyPath: readonly string[]): boolean {
  return /lambda|(?:^|[._-])(?:functions?|jobs?|tasks?|batch|builds?)(?:[._-]|$)/i.test(keyPath.join('.').slice(-300))
}

/** A few seconds, as nobody gives so few milliseconds. */
function isShort(shape: Shape): boolean {
  return (shape.kind === 'number' || (shape.kind === 'quantity' && /^s/.test(shape.unit))) && shape.value <= 10
}

export const RISKS: Readonly<Record<Meaning, Rule>> = {
  timeout: (before, after, keyPath) => {
    const risk = TIMEOUT(before, after, keyPath)
    const rose = (risk?.turn?.ratio ?? 0) > 1
    return rose && (isWork(keyPath) || isShort(after)) ? null : risk
  },
  retry: scaled({
    fall: 0,
    rise: 4,
    riseFrom: 10,
    severity: 'medium',
    harm: () => 'a dependency in trouble gets that many times the load',
    zero: { severity: 'medium', says: 'becomes 0', harm: 'the first small failure reaches the caller' },
  }),
  pool: scaled({
    fall: 2,
    rise: 4,
    riseFrom: 50,
    severity: 'medium',
    harm: (fell) => (fell ? 'requests queue for what is left' : 'what it connects to may run out of connections'),
    zero: { severity: 'high', says: 'becomes 0', harm: 'nothing is left to serve requests' },
  }),
  replicas: first(
    (before, after, keyPath) =>
      isLeast(keyPath) && before?.kind === 'number' && before.value > 0 && after.kind === 'number' && after.value === 0
        ? {
            severity: 'medium',
            says: 'becomes 0',
            harm: 'it may be scaled to nothing, and what comes then waits for a start',
            turn: { ratio: 0, to: 0 },
          }
        : null,
    (before, after) =>
      before?.kind === 'number' && before.value >= 2 && after.kind === 'number' && after.value === 1
        ? {
            severity: 'medium',
            says: `goes from ${before.value} to 1`,
            harm: 'one crash or restart takes it down',
            turn: { ratio: 1 / before.value, to: 1 },
          }
        : null,
    scaled({
      fall: 2,
      rise: 0,
      severity: 'medium',
      harm: () => 'the rest must carry all the load',
      zero: { severity: 'high', says: 'becomes 0', harm: 'nothing runs' },
    }),
  ),
  resources: (before, after, keyPath) => (keyPath.at(-2) === 'requests' ? REQUEST : LIMIT)(before, after, keyPath),
  rollout: becomes(
    (shape) => shape.kind === 'quantity' && shape.unit === '%' && shape.value >= 75,
    'medium',
    'lets almost all of it stop at once',
    'an update or a drain of nodes can take it down',
  ),
  probe: () => null,
  session: scaled({
    fall: 10,
    rise: 4,
    severity: 'medium',
    harm: (fell) =>
      fell ? 'people are signed out in the middle of work' : 'a stolen session or token works that much longer',
    zero: { severity: 'medium', says: 'becomes 0 or less', harm: 'sessions may end at once or never' },
  }),
  'rate-limit': scaled({
    fall: 4,
    rise: 5,
    severity: 'medium',
    harm: (fell) =>
      fell ? 'callers that were fine are now refused' : 'what stands behind it is no longer protected from a flood',
    zero: { severity: 'medium', says: 'becomes 0', harm: 'everything or nothing gets through, as the reader takes it' },
  }),
  debug: becomes(on, 'high', 'is switched on', 'errors may show internals and secrets to visitors'),
  'log-level': becomes(
    (shape) => word(shape, 'trace', 'debug', 'verbose', 'all'),
    'medium',
    'becomes verbose',
    'logs grow, and may hold what people typed',
  ),
  'tls-check': becomes(
    (shape) => off(shape) || word(shape, 'insecure'),
    'high',
    'is switched off',
    'a stranger on the way can read and change the traffic',
  ),
  'tls-off-switch': becomes(on, 'high', 'is switched on', 'a stranger on the way can read and change the traffic'),
  'ssl-mode': becomes(
    insecureMode,
    'high',
    'no longer demands encryption',
    'a stranger on the way can read and change the traffic',
  ),
  cors: becomes(
    (shape) => wildcard(shape),
    'high',
    'allows every origin',
    "any website may call this in a visitor's name",
  ),
  hosts: becomes(
    wildcard,
    'medium',
    'allows every host name',
    'links and caches can be poisoned by a forged Host header',
  ),
  cookie: becomes(
    (shape) => off(shape),
    'high',
    'is switched off',
    'cookies or forms lose a protection that browsers give',
  ),
  auth: becomes(off, 'high', 'is switched off', 'people get in without proving who they are'),
  'auth-bypass': becomes(on, 'high', 'is switched on', 'people get in without proving who they are'),
  public: becomes(open, 'high', 'is opened to everyone', 'what was private can be reached from outside'),
  'private-switch': becomes(off, 'medium', 'is switched off', 'a protection against exposure is gone'),
  protection: becomes(off, 'high', 'is switched off', 'data can be lost or read where it could not before'),
  'protection-off-switch': becomes(on, 'high', 'is switched on', 'data can be deleted without a way back'),
  // Below zero means without end.
  retention: (before, after, keyPath) => {
    const risk = isNegative(after) ? null : RETENTION(before, after, keyPath)
    // Logs are kept for a while and no longer.
    return risk !== null && isOfLogs(keyPath) ? { ...risk, severity: 'low' } : risk
  },
  schema: becomes(
    (shape) => on(shape) || word(shape, 'update', 'create', 'create-drop'),
    'high',
    'lets the program change the schema by itself',
    'a start can alter or drop tables',
  ),
  sampling: scaled({
    fall: 0,
    rise: 0,
    severity: 'low',
    harm: () => '',
    zero: { severity: 'medium', says: 'becomes 0', harm: 'traces or errors are no longer seen' },
  }),
}

/** Meanings whose value is dangerous by itself, so that a newly added key counts too. */
export const DANGEROUS_WHEN_ADDED: ReadonlySet<Meaning> = new Set([
  'debug',
  'tls-check',
  'tls-off-switch',
  'ssl-mode',
  'cors',
  'rollout',
  'auth-bypass',
  'public',
  'protection-off-switch',
  'schema',
])
