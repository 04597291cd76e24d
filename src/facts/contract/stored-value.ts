import type { ContractChange, NarrowingKind } from './contract-change.ts'

/**
 * What outlives a deployment is read by another version than the one that wrote it: sessions, cookies, password hashes, encrypted values,
 * cached objects, messages in a queue. Found are the few places where source or settings name its format or its address in one literal.
 * Lines are compared by what the literal is given to, so that moved and reformatted code says nothing. A cache's prefix or version is left
 * out: changing it is how two versions keep apart.
 */
export function compareStoredValues(base: string, head: string): readonly ContractChange[] {
  if (!hasHint(base, head)) return []
  const [before, after] = [namedValues(base), namedValues(head)]
  const named = [...after].flatMap(([name, [now, ...others]]): readonly ContractChange[] => {
    const [was, ...rest] = before.get(name) ?? []
    if (was === undefined || now === undefined || others.length + rest.length > 0) return []
    return was.text === now.text ? [] : [changed(now.kind, now.says, now.line)]
  })
  return [...named, ...replacedWays(base, head)]
}

/** What a new line has to hold for the two texts to be compared at all: most changes are about something else. */
const HINT =
  /cookie|session|serializer|cache_?format|algorithm|\balg\b|hasher|encoder|createcipheriv|queue|topic|exchange|routing|bcrypt|argon2|scrypt|pickle|marshal|msgpack|json\.dump|json\.stringify|to_json/i

function hasHint(base: string, head: string): boolean {
  // The order of this list decides, and another order has no new line.
  if (/\bPASSWORD_HASHERS\b/.test(head)) return true
  const before = new Set(base.split('\n'))
  return head.split('\n').some((line) => !before.has(line) && HINT.test(line.slice(0, 300)))
}

function changed(kind: NarrowingKind, subject: string, line: number): ContractChange {
  return { format: 'stored', kind, subject, side: 'head', line, announced: false, corrupts: false }
}

interface NamedValue {
  readonly text: string
  readonly line: number
  readonly kind: 'renamed' | 'type-changed'
  readonly says: string
}

interface Rule {
  /** What a literal is given to, in lower case without separators: `sessioncookiename`. */
  readonly name: RegExp
  readonly kind: NamedValue['kind']
  readonly says: string
}

/** Sources: the settings of Django, Rails, Celery, Laravel, express-session and Auth.js that their upgrade guides warn about. */
const RULES: readonly Rule[] = [
  { name: /^(?:session|auth|csrf|xsrf|jwt|token|login)cookie(?:name)?$/, kind: 'renamed', says: 'the session cookie' },
  { name: /^cookies?serializer$/, kind: 'type-changed', says: 'the format of cookies' },
  { name: /^session(?:serializer|engine)$/, kind: 'type-changed', says: 'the format of sessions' },
  { name: /^cacheformatversion$/, kind: 'type-changed', says: 'the format of cached objects' },
  { name: /^(?:celery)?(?:task|result|event)serializer$/, kind: 'type-changed', says: 'the format of messages' },
  { name: /^(?:jwt|token)(?:signing)?(?:algorithm|alg)$/, kind: 'type-changed', says: 'the signature of tokens' },
  { name: /^password(?:hashers?|encoder)$/, kind: 'type-changed', says: 'the hash of passwords' },
  { name: /^createcipheriv$/, kind: 'type-changed', says: 'the cipher of stored values' },
  {
    name: /^(?!.*(?:test|mock|dead|default))[a-z]*(?:queue|topic|exchange|routingkey)name$/,
    kind: 'renamed',
    says: 'the queue',
  },
]

const GIVEN = /([A-Za-z_][\w.]*)["']?\s*(?:=>|\(|[:=])\s*\[?\s*(?:["'`]([\w./:|@-]{1,120})["'`]|:(\w+)|(\d[\d.]*))/g

/** Every name of a rule has one of these in it: most files have none, and are not looked through line by line. */
const PARTS =
  /cookie|serializer|session_?engine|cache_?format|(?:jwt|token|signing)_?alg|password_?(?:hasher|encoder)|createcipheriv|(?:queue|topic|exchange|key)_?name/i

function namedValues(text: string): ReadonlyMap<string, readonly NamedValue[]> {
  const found = new Map<string, NamedValue[]>()
  if (!PARTS.test(text)) return found
  const lines = text.split('\n')
  lines.forEach((written, i) => {
    if (written.length > 300 || /^\s*(?:#|\/\/|\*)/.test(written)) return
    // The first of a list is the one that is written with: PASSWORD_HASHERS.
    const line = /[[(]\s*$/.test(written) ? `${written}${(lines[i + 1] ?? '').slice(0, 300)}` : written
    for (const match of line.matchAll(GIVEN)) {
      const name = (match[1] ?? '').slice((match[1] ?? '').lastIndexOf('.') + 1)
      const rule = RULES.find((one) => one.name.test(name.replaceAll('_', '').toLowerCase()))
      if (rule === undefined) continue
      const value = { text: match[2] ?? match[3] ?? match[4] ?? '', line: i + 1, kind: rule.kind, says: rule.says }
      found.set(name, [...(found.get(name) ?? []), value])
    }
  })
  return found
}

interface Way {
  readonly says: string
  readonly was: RegExp
  readonly is: RegExp
}

const HASHES = [
  /\bbcrypt\w*\.(?:hash|hashSync|hashpw|GenerateFromPassword)\(/,
  /\bargon2\w*\.(?:hash|IDKey|using)\b/,
  /\bscrypt(?:Sync)?\(/,
]
const SERIALIZERS = [
  /\bpickle\.dumps?\(/,
  /\bMarshal\.dump\(/,
  /\bjson\.dumps?\(|\bJSON\.stringify\(|\.to_json\b/,
  /\bmsgpack\w*\.(?:packb?|dumps|encode)\(/,
]

/** One way of writing gives way to another in a file that writes by one of them only. */
const WAYS: readonly Way[] = [
  ...pairs(HASHES).map(([was, is]) => ({ says: 'the hash of passwords', was, is })),
  ...pairs(SERIALIZERS).map(([was, is]) => ({ says: 'the format of what is stored', was, is })),
]

function pairs(patterns: readonly RegExp[]): readonly (readonly [RegExp, RegExp])[] {
  return patterns.flatMap((was) => patterns.flatMap((is) => (was === is ? [] : [[was, is] as const])))
}

function replacedWays(base: string, head: string): readonly ContractChange[] {
  return WAYS.flatMap(({ says, was, is }): readonly ContractChange[] => {
    if (!was.test(base) || was.test(head) || is.test(base) || !is.test(head)) return []
    if (/^the format/.test(says) && !/\b(?:redis|cache|session|memcache)/i.test(head)) return []
    const line = head.split('\n').findIndex((text) => is.test(text)) + 1
    return [changed('type-changed', says, line)]
  })
}
