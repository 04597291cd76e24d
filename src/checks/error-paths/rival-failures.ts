import { askOnce } from '../../facts/code/ask-once.ts'
import type { CodeFacts, ErrorPath, TestCase } from '../../facts/code/code-facts.ts'
import { words } from '../../facts/code/failure-words.ts'
import type { Match } from './failure-match.ts'

/**
 * A test that asserts some failure of a function with several proves one of them. It is about another one when its words
 * (title, texts, names) are those of the other, and none of those that only this one has.
 */
export function isAboutAnother(
  path: ErrorPath,
  match: Match,
  named: boolean,
  test: TestCase,
  facts: CodeFacts,
): boolean {
  if (match === 'message' || !isLoud(path)) return false
  if (test.injectsFailure?.into.some((name) => path.protects.includes(name)) === true) return false
  const rivals = facts.errorPaths.filter(
    (other) =>
      other !== path &&
      isLoud(other) &&
      (!named || other.owner === path.owner) &&
      (match === 'unknown' || isAlike(other, path)),
  )
  if (rivals.length === 0) return false
  const own = wordsOfPath(path)
  const others = rivals.map(wordsOfPath)
  const said = wordsOfTest(test)
  // Every test of the function says its name.
  const common = wordsOf([path.owner ?? ''])
  const isOnlyOf = (one: ReadonlySet<string>, without: readonly ReadonlySet<string>[]): boolean => {
    for (const word of one)
      if (said.has(word) && !common.has(word) && !without.some((other) => other.has(word))) return true
    return false
  }
  return !isOnlyOf(own, others) && others.some((other) => isOnlyOf(other, [own]))
}

/** It has a word of this failure, or the function has no other. */
export function isAbout(path: ErrorPath, test: TestCase, facts: CodeFacts): boolean {
  if (!facts.errorPaths.some((other) => other !== path && other.owner === path.owner)) return true
  const said = wordsOfTest(test)
  const common = wordsOf([path.owner ?? ''])
  return [...wordsOfPath(path)].some((word) => said.has(word) && !common.has(word))
}

function isLoud(path: ErrorPath): boolean {
  return path.kind === 'raise' || path.outcome === 'translate' || path.outcome === 'respond'
}

function isAlike({ signature: one }: ErrorPath, { signature: other }: ErrorPath): boolean {
  return one.types.some((type) => other.types.includes(type)) || one.statuses.some((at) => other.statuses.includes(at))
}

/** Where the status is all that is the same, the test speaks of the function, or of its file: most failures are a 400 or a 500. */
export function speaksOf(path: ErrorPath, sourcePath: string, test: TestCase): boolean {
  const said = wordsOfTest(test)
  const places = sourcePath
    .replace(/\.\w+$/, '')
    .split('/')
    .slice(-3)
  const own = [...wordsOf([path.owner ?? '', ...places])].filter((word) => !ANY_PLACE.test(word))
  return own.length === 0 || own.some((word) => said.has(word))
}

const ANY_PLACE =
  /^(?:apis?|backend|controllers?|create|delete|handler?s?|index|internal|main|models?|pages?|patch|post|process|resources?|routes?|routers?|server|services?|source|update|utils?|views?)$/

/** Shorter words say little. Characters. */
const MIN_WORD = 4

/** Words of every failure, every request and every test. */
const EMPTY =
  /^(?:abort|args|assert|async|await|bool|call|case|check|class|code|data|detail|does|error|errors|equal|exception|expect|fail|failed|fails|failure|false|form|from|have|http|https|input|into|invalid|json|kwargs|length|list|message|must|name|none|null|object|only|params|query|raise|raises|reason|reject|rejects|request|response|result|return|self|should|string|test|tests|text|that|this|throw|throws|true|type|undefined|user|valid|value|values|when|with)$/

/** A test is asked for many failures, and a failure of many tests. */
const KNOWN = new WeakMap<TestCase | ErrorPath, ReadonlySet<string>>()

function wordsOfPath(path: ErrorPath): ReadonlySet<string> {
  const known = KNOWN.get(path)
  if (known !== undefined) return known
  const asked = path.tokens.slice(0, path.tokens.indexOf('|'))
  const found = wordsOf([...asked, ...path.signature.messages, ...path.catches, ...path.protects])
  KNOWN.set(path, found)
  return found
}

function wordsOfTest(test: TestCase): ReadonlySet<string> {
  const known = KNOWN.get(test) ?? wordsOf([test.name, ...test.strings, ...test.names])
  KNOWN.set(test, known)
  return known
}

function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => wordsIn(text)))
}

const wordsIn = askOnce((text) =>
  words(text)
    .split(/[^a-z]+/)
    .filter((word) => word.length >= MIN_WORD && !EMPTY.test(word)),
)
