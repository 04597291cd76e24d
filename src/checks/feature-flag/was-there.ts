import type { BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { keyOf } from '../../facts/behaviour/new-ways-in.ts'
import { paddedWords } from '../../facts/code/failure-words.ts'

/** One word is shared by chance. */
const LEAST_WORDS = 2

/**
 * What the change takes out did the same by its name: `trpc.user.delete` went, and `deleteUserAction` came. A way in that was
 * rebuilt on another framework is no new behaviour.
 */
export function wasThere(entry: EntryPoint, { files }: BehaviourOfChange): boolean {
  const own = wordsOf(entry.handler ?? entry.identity)
  if (own.length < LEAST_WORDS) return false
  const entries = new Set(files.flatMap(({ head }) => (head?.entryPoints ?? []).map(keyOf)))
  const calls = new Set(files.flatMap(({ head }) => head?.code?.shape.calls.map(({ callee }) => callee) ?? []))
  return files.some(
    ({ base }) =>
      base?.entryPoints.some(
        (one) => !entries.has(keyOf(one)) && isSame(own, `${one.identity} ${one.handler ?? ''}`),
      ) || base?.code?.shape.calls.some(({ callee }) => !calls.has(callee) && isShort(callee) && isSame(own, callee)),
  )
}

/** A chain of calls says everything. Characters. */
function isShort(callee: string): boolean {
  return callee.length <= 60 && /^[\w.]+$/.test(callee)
}

function isSame(own: readonly string[], text: string): boolean {
  const gone = new Set(wordsOf(text))
  return own.filter((word) => gone.has(word)).length >= Math.max(LEAST_WORDS, own.length - 1)
}

/** Words of a name, but for those that say how it is built. */
function wordsOf(name: string): readonly string[] {
  return paddedWords(name)
    .split(' ')
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word.length > 2 && !BUILT.test(word))
}

const BUILT =
  /^(?:action|mutation|query|handler|handle|view|viewset|controller|router|route|loader|post|put|patch|delete[sd]?by|get|api|use|async|url|self|this|trpc)$/
