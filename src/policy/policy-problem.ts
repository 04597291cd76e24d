/** One thing that is wrong with a policy. Positions are 1-based; the column counts UTF-16 units. */
export interface PolicyProblem {
  /** The file that says it: '.github/airworthy.yml', 'preset strict'. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** Where in the policy: 'checks.error-paths.level', 'overrides[0].paths[1]'; '' for the file as a whole. */
  readonly path: string
  /** What is wrong and what to do. Plain text without control characters; every report escapes it for its own target. */
  readonly message: string
  /** The nearest known key or value; null when nothing is near. The message names it too. */
  readonly suggestion: string | null
}

/** A problem before it is known where in the text it stands. */
export interface Fault {
  readonly path: readonly PropertyKey[]
  /** Whether the key at `path` is at fault, or its value. */
  readonly part: 'key' | 'value'
  readonly message: string
  readonly suggestion: string | null
}

const QUOTED_CHARACTERS = 60
/** Control characters, line separators and marks that reorder text: they can forge what a terminal or a page shows. */
export const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

/** Text of a policy inside a message: cut, and without a character that is not seen. */
export function quote(text: string): string {
  return `\`${cut(visible(text), QUOTED_CHARACTERS)}\``
}

/** Replaces what cannot be seen by its code point. */
export function visible(text: string): string {
  return text.replace(new RegExp(INVISIBLE, 'gu'), (character) => `<${codePoint(character)}>`)
}

export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

function cut(text: string, characters: number): string {
  const all = [...text.slice(0, 2 * characters + 2)]
  return all.length > characters ? `${all.slice(0, characters).join('')}…` : all.join('')
}

/** `['overrides', 0, 'paths']` → `overrides[0].paths`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += `${text === '' ? '' : '.'}${cut(visible(String(step)), QUOTED_CHARACTERS)}`
  }
  return text
}

/** One line for a terminal: `.github/airworthy.yml:3:1: enviroments: unknown key …`. */
export function formatPolicyProblem(problem: PolicyProblem): string {
  const where = `${visible(problem.file)}:${problem.line}:${problem.column}`
  return problem.path === '' ? `${where}: ${problem.message}` : `${where}: ${problem.path}: ${problem.message}`
}
