import { addressWords, nounsOf, VERBS } from '../../facts/code/address-words.ts'
import type { ErrorPath, TestCase } from '../../facts/code/code-facts.ts'

/** A call from outside: `/api/teams/:id/groups`, `organisation.member.deleteMany`, `team-group:delete`. */
const ADDRESS = /^(?:[A-Z]+ )?[\w$:{}<>[\]%./-]*\w[\w$:{}<>[\]%-]*[./:][\w$:{}<>[\]%./-]*(?:\?.*)?$/
/** Holes in an address: values, and parts that a template fills in. */
const HOLE = /\$\{[^}]*\}|[:{<[%][\w:}>\]]*|\b\d+\b/g

/**
 * The test asks for this function from outside, by the route, procedure or command that it serves: an address in the test
 * has all the words of the function's name, or of its file's where the name is only a verb.
 */
export function asksFromOutside({ owner }: ErrorPath, sourcePath: string, test: TestCase): boolean {
  const { addresses, verbs } = askedIn(test)
  if (owner === null || addresses.length === 0) return false
  const place = placeOf(owner, sourcePath)
  if (place.named.length === 0) return false
  const isSaid = (address: readonly string[], word: string): boolean =>
    address.includes(word) || verbs.some((verb) => verb.test(word))
  return addresses.some(
    (address) =>
      place.named.every((word) => isSaid(address, word)) &&
      address.some((word) => place.named.includes(word) || place.file.has(word)) &&
      place.file.has(address.at(-1) ?? ''),
  )
}

interface Place {
  /** Words that an address of it must have. */
  readonly named: readonly string[]
  /** Words of its name and of where it stands. */
  readonly file: ReadonlySet<string>
}

function placeOf(owner: string, sourcePath: string): Place {
  const parts = owner.split('.')
  const last = addressWords(parts.at(-1) ?? '')
  const around = sourcePath
    .replace(/\.\w+$/, '')
    .split('/')
    .slice(-3)
    .flatMap((one) => addressWords(one))
  const container = parts.slice(0, -1).flatMap((one) => addressWords(one))
  const named =
    nounsOf(parts.at(-1) ?? '').length > 0 ? last : [...last, ...(container.length > 0 ? container : around.slice(-1))]
  return { named, file: new Set([...last, ...container, ...around, ...VERB_WORDS]) }
}

const VERB_WORDS = ['create', 'update', 'delete', 'remove', 'get', 'list', 'new', 'edit']

/** What a test calls from outside. */
interface Asked {
  readonly addresses: readonly (readonly string[])[]
  /** What its verbs do, as functions are named. */
  readonly verbs: readonly RegExp[]
}

const ASKED = new WeakMap<TestCase, Asked>()

/** A test is asked for many failures. */
function askedIn(test: TestCase): Asked {
  const known = ASKED.get(test)
  if (known !== undefined) return known
  const addresses = [...test.strings]
    .filter((text) => text.length <= 200 && ADDRESS.test(text))
    .map((text) => addressWords(text.replace(/[?#].*$/, '').replace(HOLE, '')))
    .filter((address) => address.length > 0)
  const asked = { addresses, verbs: addresses.length === 0 ? [] : verbsOf(test) }
  ASKED.set(test, asked)
  return asked
}

function verbsOf(test: TestCase): readonly RegExp[] {
  const inText = [...test.strings].filter((text) => /^[A-Z]{3,6}$/.test(text))
  return VERBS.filter(([asked]) => [...test.names, ...inText].some((name) => asked.test(name))).map(
    ([, names]) => names,
  )
}
