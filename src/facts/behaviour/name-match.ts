import type { ImportFact } from '../code/code-facts.ts'
import { paddedWords } from '../code/failure-words.ts'

/** Last part of a dotted callee, without calls in between: `a.b().get` → `get`. */
export function lastPart(callee: string): string {
  return callee.slice(callee.lastIndexOf('.') + 1)
}

/** What stands before the last part; '' when nothing does. */
export function receiverOf(callee: string): string {
  const dot = callee.lastIndexOf('.')
  return dot === -1 ? '' : callee.slice(0, dot)
}

/** `*` at the start or the end of a pattern stands for any rest; everything else is literal. */
function fits(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  if (pattern.startsWith('*') && pattern.endsWith('*')) return name.includes(pattern.slice(1, -1))
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1))
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1))
  return pattern === name
}

export function fitsAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => fits(pattern, name))
}

/** An import of one of these modules or of something below it: `waffle` means `waffle.decorators` too. */
export function importsAny(imports: readonly ImportFact[], modules: readonly string[]): boolean {
  return imports.some(({ module }) => modules.some((pattern) => fits(pattern, module) || isBelow(module, pattern)))
}

function isBelow(module: string, parent: string): boolean {
  return (
    !parent.includes('*') &&
    module.startsWith(parent) &&
    (module[parent.length] === '/' || module[parent.length] === '.')
  )
}

/** Names and local modules say it in words: `../lib/launchdarkly` for `launchdarkly`. A module of the repository only. */
export function importsWord(imports: readonly ImportFact[], wanted: readonly string[]): boolean {
  return imports.some(({ module }) => wanted.some((word) => hasWord(module, word)))
}

/** Case and separators aside, `text` has this word or these words side by side: `featureFlags` has `feature flag`. */
export function hasWord(text: string, word: string): boolean {
  const space = word.indexOf(' ')
  if (!text.toLowerCase().includes(space === -1 ? word : word.slice(0, space))) return false
  const flat = paddedWords(text)
  return flat.includes(` ${word} `) || flat.includes(` ${word}s `)
}
