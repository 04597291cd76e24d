import { MASK } from './mask-templates.ts'
import { hasProviderForm, isCiphertext, isPrivateKey, isPublished, looksGenerated } from './secrets.ts'
import { type HostShape, hostShape, type UrlShape, urlShape } from './url-shape.ts'
import { wordsOf } from './words.ts'

/** What can be said of a value without telling it. Numbers, truth values and words of our own list are told only when the key is no secret. */
export type Shape =
  | { readonly kind: 'empty' }
  | { readonly kind: 'placeholder' }
  /** Filled in elsewhere: `${X}`, a secret store, a template. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'encrypted' }
  /** `strength`: provider, by the form of a provider's credential or of a private key; generated, long and random; weak, a word of a person or a value that is known to all. */
  | { readonly kind: 'secret'; readonly strength: 'provider' | 'generated' | 'weak' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'quantity'; readonly value: number; readonly unit: string }
  | UrlShape
  | ({ readonly kind: 'host' } & HostShape)
  | { readonly kind: 'list'; readonly size: number; readonly wildcard: boolean }
  | { readonly kind: 'map'; readonly size: number }
  /** `word` is one of our own list, else null. */
  | { readonly kind: 'text'; readonly word: string | null; readonly multiline: boolean }

/** The only words of a value that may be told: levels, modes and switches that many programs share. */
const TELLABLE = new Set(
  'trace debug verbose info information notice warn warning error critical fatal off none disable disabled enable enabled allow prefer require verify-ca verify-full strict lax always never all public-read public-read-write private publicread deny update create create-drop create-only validate production staging development test ssl tls starttls insecure optional loadbalancer nodeport clusterip enforce advise block warn note recreate rollingupdate *'.split(
    ' ',
  ),
)
const PLACEHOLDER =
  /^(?:change[-_ ]?(?:me|this|it)\b.{0,40}|to[-_ ]?do|fix[-_ ]?me|tbd|xxx+|\.\.\.|placeholder|replace[-_ ]?(?:me|this|with)\b.{0,60}|your[-_ ].{1,60}|<[^<>]{1,80}>|\[[a-z _-]{3,40}\]|dummy|example|insert[-_ ].{1,60}|fill[-_ ]?(?:me|in).{0,40}|my[-_]?secret|s3cr3t)$/i
const REFERENCE =
  /^(?:\$\{.*\}|\$\(.*\)|\$[A-Za-z_]\w*|%\w+%|%\{.*\}|%env\(.*\)%|\{\{.*\}\}|<%.*%>|#\{.*\}#?|__[A-Z0-9_]+__|op:\/\/.*|vault:.*|ssm:.*|sm:\/\/.*|arn:aws[\w-]*:(?:secretsmanager|ssm):.*|projects\/[^/]+\/secrets\/.*|@Microsoft\.KeyVault\(.*|ref\+\w+:\/\/.*|(?:env|secret|secrets|vars|var|data|local|module|aws_\w+)\.[\w.[\]"-]+|resolve:.*)$/
const HOST_WORDS = new Set(
  'host hostname hosts url uri endpoint addr address server servers broker brokers bootstrap domain origin database db redis'.split(
    ' ',
  ),
)
const UNITS =
  /^([+-]?\d{1,12}(?:\.\d{1,6})?) ?(ns|us|\u00b5s|ms|msec|s|sec|secs|second|seconds|m|min|mins|minute|minutes|h|hr|hrs|hour|hours|d|day|days|w|b|k|kb|ki|kib|mb|mi|mib|g|gb|gi|gib|t|tb|ti|%)$/i
const ISO_DURATION = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/

/** `secretKey`: the key says that the value is a secret, so nothing of it may be told. */
export function shapeOf(raw: string, key: string, secretKey: boolean): Shape {
  const text = raw.trim()
  if (text === '' || /^(?:null|nil|undefined|~)$/i.test(text)) return { kind: 'empty' }
  if (text.includes(MASK)) return urlShape(text) ?? { kind: 'reference' }
  if (text.length < 400 && REFERENCE.test(text)) return { kind: 'reference' }
  if (isCiphertext(text)) return { kind: 'encrypted' }
  if (text.length < 100 && PLACEHOLDER.test(text)) return { kind: 'placeholder' }
  if (isPublished(text)) return { kind: 'secret', strength: 'weak' }
  if (hasProviderForm(text) || isPrivateKey(text)) return { kind: 'secret', strength: 'provider' }
  if (secretKey) return secretShape(text)
  return tellableShape(text, key)
}

function secretShape(text: string): Shape {
  if (/^(?:true|false)$/i.test(text)) return { kind: 'boolean', value: /^true$/i.test(text) }
  if (/\$\{|\{\{|\$\(/.test(text)) return { kind: 'reference' }
  const url = urlShape(text)
  if (url !== null && !url.credentials && url.hostClass === 'local') return url
  if (url?.credentials === false && !looksGenerated(text.slice(text.lastIndexOf('/') + 1))) return url
  return { kind: 'secret', strength: looksGenerated(text) ? 'generated' : 'weak' }
}

function tellableShape(text: string, key: string): Shape {
  if (/^(?:true|yes|on)$/i.test(text)) return { kind: 'boolean', value: true }
  if (/^(?:false|no|off)$/i.test(text)) return { kind: 'boolean', value: false }
  if (/^[+-]?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/.test(text)) return { kind: 'number', value: Number(text) }
  const quantity = UNITS.exec(text)
  if (quantity?.[1] !== undefined && quantity[2] !== undefined)
    return { kind: 'quantity', value: Number(quantity[1]), unit: quantity[2] }
  const iso = text.length > 2 ? ISO_DURATION.exec(text) : null
  if (iso !== null) return { kind: 'quantity', value: isoSeconds(iso), unit: 's' }
  const url = urlShape(text)
  if (url !== null) return url
  if (text === 'localhost' || /^localhost:\d+$/.test(text) || wordsOf(key).some((word) => HOST_WORDS.has(word))) {
    const host = /^[\w.-]+(?::\d{1,5})?(?:,[\w.:-]+)*$/.test(text) ? hostShape(text) : null
    // The name of a database is no host.
    const isName =
      host !== null &&
      host.port === null &&
      !/[.:]/.test(text) &&
      wordsOf(key).some((word) => /^(?:db|database)$/.test(word))
    if (host !== null && !isName) return { kind: 'host', ...host }
  }
  const word = text.toLowerCase()
  return { kind: 'text', word: TELLABLE.has(word) ? word : null, multiline: text.includes('\n') }
}

function isoSeconds(match: RegExpExecArray): number {
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((group) => Number(match[group] ?? 0))
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}
