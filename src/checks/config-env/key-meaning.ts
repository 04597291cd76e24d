import { wordsOf } from '../../facts/config/words.ts'

/** What a setting is about, as far as its risk goes. */
export type Meaning =
  | 'timeout'
  | 'retry'
  | 'pool'
  | 'replicas'
  | 'rollout'
  | 'resources'
  | 'probe'
  | 'session'
  | 'rate-limit'
  | 'debug'
  | 'log-level'
  | 'tls-check'
  | 'tls-off-switch'
  | 'ssl-mode'
  | 'cors'
  | 'hosts'
  | 'cookie'
  | 'auth'
  | 'auth-bypass'
  | 'public'
  | 'private-switch'
  | 'protection'
  | 'protection-off-switch'
  | 'retention'
  | 'schema'
  | 'sampling'

type Test = (words: ReadonlySet<string>, last: readonly string[], path: string) => boolean

const has =
  (...any: readonly string[]): Test =>
  (words) =>
    any.some((word) => words.has(word))
const path =
  (pattern: RegExp): Test =>
  (_words, _last, text) =>
    pattern.test(text)

/** First match wins. Words are whole words of the last two segments; a path is the lower-case key with dots. */
const MEANINGS: readonly (readonly [Meaning, Test])[] = [
  ['rollout', path(/(?:^|[._])max_?unavailable$/)],
  ['probe', path(/(?:^|\.)(?:liveness|readiness|startup)probe(?:\.|$)|(?:^|\.)healthcheck(?:\.|$)/)],
  [
    'resources',
    path(
      /(?:^|\.)(?:limits|requests)\.(?:cpu|memory|ephemeral-storage)$|(?:^|[._])(?:mem_limit|memory_limit|memory_size|memorysize|memory_mb)$/,
    ),
  ],
  [
    'timeout',
    (words) =>
      has('timeout', 'timeouts', 'deadline')(words, [], '') &&
      !has('test', 'idle', 'batch', 'progress', 'linger', 'poll', 'flush')(words, [], ''),
  ],
  ['retry', has('retries', 'retry', 'attempts')],
  [
    'pool',
    (words) =>
      (words.has('pool') && !words.has('name') && !words.has('class') && !words.has('id') && !words.has('recycle')) ||
      (words.has('max') && words.has('connections')) ||
      has('workers', 'threads', 'concurrency')(words, [], ''),
  ],
  [
    'replicas',
    (words, last) =>
      !words.has('placeholder') &&
      ([
        'replicas',
        'replica count',
        'replicacount',
        'min replicas',
        'max replicas',
        'min size',
        'max size',
        'desired capacity',
        'desired count',
        'min capacity',
        'min available',
        'instance count',
        'min instances',
        'max instances',
        'min machines running',
      ].includes(last.join(' ')) ||
        words.has('replicas')),
  ],
  [
    'tls-off-switch',
    path(
      /insecure(?:_?skip_?(?:tls_?)?verify)?$|(?:skip|disable|no)_?(?:tls|ssl|cert|certificate)_?(?:verify|verification|check|validation)?$|trust_?server_?certificate$|allow_?(?:insecure|self_?signed)|trust_?all|accept_?any_?cert/,
    ),
  ],
  ['ssl-mode', path(/(?:^|[._-])ssl_?mode$/)],
  [
    'tls-check',
    path(
      /reject_?unauthorized$|(?:ssl|tls|cert|certificate)[._-]?(?:verify|verification|enabled?|required|redirect)$|verify_?(?:ssl|tls|cert|certs|certificates?|peer|host)$|(?:^|[._-])(?:force|require|use|enable)_?(?:ssl|tls|https)$|ssl_redirect$|(?:^|[._-])(?:ssl|tls)$/,
    ),
  ],
  ['cors', path(/cors|access-control-allow-origin|allow(?:ed)?_?origins?(?:_regex)?$/)],
  ['hosts', path(/allowed_?hosts$/)],
  [
    'cookie',
    path(
      /cookie[._-]?(?:secure|http_?only|same_?site)$|(?:^|[._-])(?:http_?only|same_?site)$|csrf[._-]?(?:enabled|protection|check)$|hsts[._-]?(?:seconds|max_?age|enabled|include_?subdomains)$/,
    ),
  ],
  [
    'auth-bypass',
    path(
      /(?:skip|disable|bypass|no)_?auth(?:entication|orization|z|n)?$|(?:skip|disable|bypass)_?\w{0,20}?_?(?:sign_?in|log_?in)$|anonymous(?:[._-]?(?:access|enabled|auth))?$|permit_?all$|allow_?anonymous$|(?:^|[._-])insecure_?auth|(?:^|[._-])(?:mock|fake|stub|dummy)_?auth(?:entication)?(?:_?enabled)?$/,
    ),
  ],
  [
    'auth',
    path(
      /(?:^|[._-])(?:auth|authentication|authorization|rbac|mfa|two_?factor)[._-]?(?:enabled?|required|mode)$|(?:login[._-]?required|require_?(?:auth|login|authentication|mfa))$/,
    ),
  ],
  [
    'public',
    path(
      /publicly_?accessible$|(?:^|[._-])public_?(?:access|read|ip)$|associate_public_ip_address$|(?:^|[._-])acl$|cidr_?(?:blocks?|ip)s?$|source_ranges$|(?:^|\.)privileged$|allowprivilegeescalation$|host(?:network|pid|ipc)$|load_?balancer_?source_?ranges$/,
    ),
  ],
  [
    'private-switch',
    path(
      /block_public_(?:acls|policy)$|ignore_public_acls$|restrict_public_buckets$|runasnonroot$|readonlyrootfilesystem$|(?:^|[._-])internal(?:_?only)?$/,
    ),
  ],
  ['protection-off-switch', path(/skip_final_snapshot$|force_destroy$|(?:^|[._-])force_?delete$/)],
  [
    'protection',
    path(
      /deletion_?protection(?:_enabled)?$|prevent_destroy$|termination_?protection|(?:^|[._-])(?:encrypted|storage_encrypted|encryption_?enabled|encryption_at_rest)$|multi_az$|(?:^|[._-])versioning(?:\.enabled)?$/,
    ),
  ],
  [
    'retention',
    path(
      /retention|(?:^|[._-])purge_?after|keep_?(?:days|last)|(?:days|hours)_to_keep|expire_?after_?days|lifecycle.*\.days$/,
    ),
  ],
  ['schema', path(/ddl-?_?auto$|hbm2ddl\.auto$|(?:^|[._-])synchronize$|auto_?create_?tables?$|auto_?migrate$/)],
  ['sampling', path(/sampl(?:e_?rate|ing_?rate|er_?arg|ing\.probability|e_rate)|traces?_?sample/)],
  [
    'session',
    (words) =>
      (words.has('session') || words.has('token') || words.has('jwt') || words.has('cookie')) &&
      has('ttl', 'expiry', 'expires', 'expiration', 'lifetime', 'age', 'expire')(words, [], ''),
  ],
  [
    'rate-limit',
    path(
      /rate_?limit|throttle|(?:^|[._-])quota|(?:^|[._-])burst$|client_max_body_size|max_?(?:body|request|upload)_?size|max_?requests/,
    ),
  ],
  ['log-level', path(/log(?:ging)?[._-]?level(?:[._-].*)?$|(?:^|\.)loglevel\.|^logging\.level\./)],
  [
    'debug',
    (_words, last) =>
      last.at(-1) === 'debug' ||
      (last.at(-2) === 'debug' && ['enabled', 'mode'].includes(last.at(-1) ?? '')) ||
      last.join(' ') === 'consider all requests local' ||
      last.join(' ') === 'display errors',
  ],
]

/** Null when the setting is of no kind whose values are known to hurt. */
export function meaningOf(keyPath: readonly string[]): Meaning | null {
  const last = wordsOf(keyPath.at(-1) ?? '')
  const words = new Set([...wordsOf(keyPath.at(-2) ?? ''), ...last])
  const text = keyPath.join('.').toLowerCase().slice(-300)
  const snake = keyPath
    .map((segment) => wordsOf(segment).join('_'))
    .join('.')
    .slice(-300)
  return MEANINGS.find(([, test]) => test(words, last, text) || test(words, last, snake))?.[0] ?? null
}

/** Factor to milliseconds that the key's own unit word gives; null when it names none. */
function unitOfKey(keyPath: readonly string[]): number | null {
  const last = wordsOf(keyPath.at(-1) ?? '')
  for (const word of last.toReversed()) {
    if (/^(?:ms|millis|milliseconds|msec)$/.test(word)) return 1
    if (/^(?:s|sec|secs|second|seconds)$/.test(word)) return 1000
    if (/^(?:min|mins|minute|minutes)$/.test(word)) return 60_000
    if (/^(?:hour|hours)$/.test(word)) return 3_600_000
    if (/^(?:day|days)$/.test(word)) return 86_400_000
  }
  return null
}

const TIME_OR_SIZE =
  /(?:^| )(?:timeout|timeouts|ttl|interval|delay|duration|deadline|expiry|expires|expiration|lifetime|age|period|backoff|wait|size|limit|memory|bytes|buffer|heap|seconds|ms|millis)(?: |$)/

/** A bare number of this key is a time or a size, in a unit that only its reader knows. */
export function hasHiddenUnit(keyPath: readonly string[]): boolean {
  return TIME_OR_SIZE.test(wordsOf(keyPath.at(-1) ?? '').join(' ')) && unitOfKey(keyPath) === null
}
