import type { CodeFacts, ErrorPath, TestCase } from '../../facts/code/code-facts.ts'
import { words } from '../../facts/code/failure-words.ts'
import type { Match } from './failure-match.ts'

/**
 * A test that asserts some failure of a function with several proves one of them. Which one, its words say: of its title,
 * its texts and its names one must speak of what this one asks, or of its message.
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
  const isRival = (other: ErrorPath): boolean =>
    other !== path &&
    isLoud(other) &&
    (!named || other.owner === path.owner) &&
    (match === 'unknown' || isAlike(other, path))
  return facts.errorPaths.some(isRival) && !sharesWord(path, test)
}

function isLoud(path: ErrorPath): boolean {
  return path.kind === 'raise' || path.outcome === 'translate' || path.outcome === 'respond'
}

function isAlike({ signature: one }: ErrorPath, { signature: other }: ErrorPath): boolean {
  return one.types.some((type) => other.types.includes(type)) || one.statuses.some((at) => other.statuses.includes(at))
}

/** Shorter words say little. Characters. */
const MIN_WORD = 4

/** Words of every failure, every request and every test. */
const EMPTY =
  /^(?:abort|args|assert|async|await|bool|call|case|check|class|code|data|detail|does|error|errors|equal|exception|expect|fail|failed|fails|failure|false|form|from|have|http|https|input|into|invalid|json|kwargs|length|list|message|must|name|none|null|object|only|params|query|raise|raises|reason|reject|rejects|request|response|result|return|self|should|status|string|test|tests|text|that|this|throw|throws|true|type|undefined|user|valid|value|values|when|with)$/

function sharesWord(path: ErrorPath, test: TestCase): boolean {
  const own = wordsOf([
    ...path.tokens.slice(0, path.tokens.indexOf('|')),
    ...path.signature.messages,
    ...path.catches,
    ...path.protects,
  ])
  for (const word of wordsOf([path.owner ?? ''])) own.delete(word)
  const said = wordsOfTest(test)
  return [...own].some((word) => said.has(word))
}

const KNOWN = new WeakMap<TestCase, ReadonlySet<string>>()

/** A test is asked for many failures. */
function wordsOfTest(test: TestCase): ReadonlySet<string> {
  const known = KNOWN.get(test) ?? wordsOf([test.name, ...test.strings, ...test.names])
  KNOWN.set(test, known)
  return known
}

function wordsOf(texts: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const text of texts)
    for (const word of words(text).split(/[^a-z]+/)) if (word.length >= MIN_WORD && !EMPTY.test(word)) found.add(word)
  return found
}
