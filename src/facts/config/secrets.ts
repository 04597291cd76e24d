import { wordsOf } from './words.ts'

const SECRET_WORDS = new Set(
  'secret secrets password passwords passwd pwd passphrase token apikey credential credentials salt pepper bearer dsn authtoken accesstoken secretkey privatekey'.split(
    ' ',
  ),
)
/** A `key` is a secret only behind one of these: `API_KEY`, `signing-key`; `cache_key` and `primaryKey` are not. */
const SECRET_KEY_OWNERS = new Set(
  'api access private signing sign encryption encrypt master secret auth session license account storage shared app jwt hmac cipher service admin webhook stripe'.split(
    ' ',
  ),
)
/** What follows the secret word says that the value is about the secret and is not one. */
const ABOUT_A_SECRET = new Set(
  'id ids url uri ttl expiry expires expire expiration type limit limits endpoint lifetime timeout audience issuer length len min max minimum maximum name names header file path alias vault prefix field policy reset validators hashers hasher algorithm algo alg ref refs arn provider age days hours minutes seconds enabled required rotation manager store mount dir size count version location format duration interval rate refresh introspection validation change cookie param parameter backend class strategy usage scope scopes region host port username user thumbprint fingerprint'.split(
    ' ',
  ),
)
/** Bundlers hand these to every browser: a key among them opens nothing that is not open. */
const SENT_TO_BROWSERS = /^(?:VITE|NEXT_PUBLIC|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP)_/
const PUBLIC = new Set(['public', 'publishable', 'pub', 'site', 'tokenizer', 'csrf'])

/** The key says that its value is a secret. Generic last words (`value`, `data`) are judged by their parents. */
export function isSecretKey(path: readonly string[]): boolean {
  const last = path.at(-1) ?? ''
  if (SENT_TO_BROWSERS.test(last) && !/SECRET|PASSWORD|PRIVATE/.test(last)) return false
  if (isSecretName(wordsOf(last))) return true
  return path
    .slice(0, -1)
    .some(
      (segment) =>
        /^(secrets?|stringdata|credentials|passwords)$/i.test(segment) &&
        !/^(enabled|existingsecret|create|description)$/i.test(last) &&
        !wordsOf(last).some((word) => ABOUT_A_SECRET.has(word)),
    )
}

function isSecretName(words: readonly string[]): boolean {
  if (words.some((word) => PUBLIC.has(word))) return false
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    const previous = words[index - 1] ?? ''
    const pair = next === undefined ? '' : `${word} ${next}`
    const named =
      SECRET_WORDS.has(word) ||
      (word === 'pass' && next === undefined && words.length > 1) ||
      (word === 'key' && SECRET_KEY_OWNERS.has(previous)) ||
      pair === 'connection string' ||
      pair === 'webhook url'
    if (!named) continue
    const after =
      pair === 'connection string' || pair === 'webhook url' ? words.slice(index + 2) : words.slice(index + 1)
    if (after.some((follower) => ABOUT_A_SECRET.has(follower))) continue
    if (previous === 'max' || previous === 'num' || previous === 'min' || previous === 'existing') continue
    return true
  }
  return false
}

/** Prefixes that providers give to live credentials; each is followed by enough random text to be one. */
const PROVIDER_PREFIX =
  /^(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|gl(?:pat|dt|ptt|rt|ffct)-[\w-]{15,}|xox[bpea]-[\w-]{10,}|xapp-[\w-]{10,}|[sr]k_(?:live|prod)_\w{10,}|sk-ant-[\w-]{20,}|sk-[A-Za-z0-9_-]{32,}|hf_\w{20,}|npm_\w{20,}|pypi-[\w-]{20,}|rubygems_[0-9a-f]{40,}|do[op]_v1_\w{20,}|dp\.pt\.\w{20,}|gl(?:c|sa)_\w{20,}|hvs\.\w{20,}|lin_api_\w{20,}|NRAK-\w{15,}|pscale_(?:tkn|pw)_\w{20,}|PMAK-[\w-]{20,}|pul-\w{20,}|SG\.[\w-]{15,}\.[\w-]{15,}|xkeysib-\w{20,}|sntry[su]_\w{20,}|shpat_\w{20,}|sq0atp-[\w-]{15,}|ATATT3[\w-]{20,}|AGE-SECRET-KEY-1\w{20,})/
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/
const CIPHERTEXT =
  /^(?:ENC\[|\$ANSIBLE_VAULT|encrypted:|vault:v\d|AQ[EI]CA[A-Za-z0-9+/]{20}|-----BEGIN PGP MESSAGE|age-encryption\.org|\{cipher\}|AgA[A-Za-z0-9+/]{60,})/

export function isCiphertext(raw: string): boolean {
  return CIPHERTEXT.test(raw)
}

/** A credential by its own form, whatever the key is called. */
export function hasProviderForm(raw: string): boolean {
  if (/EXAMPLE|xxxx|0000000000|1234567890123/i.test(raw)) return false
  return PROVIDER_PREFIX.test(raw)
}

/** What is open to everyone: keys of Google that browsers are sent, and those of emulators and test modes (Azurite, Cosmos DB, reCAPTCHA). */
export function isPublished(raw: string): boolean {
  return /^AIza[\w-]{30,}$|Eby8vdM02xNOcqFlqUwJPLlm|C2y6yDjf5\/R\+ob0N8A7Cgv30|6LeIxAcTAAAAA/.test(raw.slice(0, 4096))
}

/** The private half of a key pair, in the form that tools write. */
export function isPrivateKey(raw: string): boolean {
  return PRIVATE_KEY.test(raw) && raw.length > 200
}

/** Random enough to be a generated secret: long, mixed, without word-like pieces. Never enough on its own. */
export function looksGenerated(raw: string): boolean {
  if (raw.length < 16 || raw.length > 4096 || !/^[A-Za-z0-9+/_=.~!@#$%^&*-]+$/.test(raw)) return false
  if (isWords(raw)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(raw)).length
  if (/^[0-9a-f]{32,}$/i.test(raw)) return true
  return kinds >= 2 && /[0-9]/.test(raw) && entropy(raw) >= 3.4 && !/[a-z]{8,}/.test(raw)
}

/** Words and small numbers between dashes and the like, as names are made of: `KUBE_PROD_CERT_2`, `web-k8s-token`. */
function isWords(raw: string): boolean {
  const parts = raw.split(/[-_./:]/)
  return (
    parts.length > 1 &&
    parts.every((part) => /^(?:[a-z]{1,20}|[A-Z][a-z]{1,20}|[A-Z]{1,20}|[A-Za-z]{0,8}\d{1,3}[A-Za-z]{0,3})$/.test(part))
  )
}

function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
