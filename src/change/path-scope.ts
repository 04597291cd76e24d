import { RE2JS } from 're2js'
import { GlobFault, translateGlob } from './glob-pattern.ts'

/** Which paths a list of globs means. */
export interface PathScope {
  readonly matches: (path: string) => boolean
}

/** A glob that cannot be read: one sentence that says why and what to write. */
export class ScopeError extends Error {
  readonly glob: string
  constructor(glob: string, why: string) {
    super(`The pattern ${JSON.stringify(glob.length > 80 ? `${glob.slice(0, 79)}…` : glob)} ${why}.`)
    this.glob = glob
  }
}

interface Rule {
  readonly isNegated: boolean
  readonly matches: (path: string) => boolean
}

const MAX_GLOB_LENGTH = 256
const MAX_GLOBS = 1_000

/**
 * Compiles globs over paths of the repository. As in a `.gitignore`: a pattern with a slash before its end starts at
 * the root, one without is looked for in every folder; `*` and `?` stay within a name, `**` does not; `[abc]`, `{a,b}`;
 * a trailing `/`, or a last name without wildcard, means everything below as well; `!` takes away again, and the last
 * pattern that matches decides. Matching takes time linear in the path, whatever the pattern.
 */
export function compileScope(globs: readonly string[]): PathScope {
  const known = compiled.get(globs)
  if (known !== undefined) return known
  const scope = compile(globs)
  compiled.set(globs, scope)
  return scope
}

/** A policy serves many reviews. */
const compiled = new WeakMap<readonly string[], PathScope>()

function compile(globs: readonly string[]): PathScope {
  if (globs.length > MAX_GLOBS)
    throw new ScopeError(globs[MAX_GLOBS] ?? '', `is one too many; ${MAX_GLOBS} is the most`)
  const rules = globs.map(compileRule).reverse()
  if (rules.at(-1)?.isNegated) {
    throw new ScopeError(globs[0] ?? '', 'comes first, so there is nothing to take away from; put `**` before it')
  }
  return {
    matches(path) {
      const deciding = rules.find((rule) => rule.matches(path))
      return deciding !== undefined && !deciding.isNegated
    },
  }
}

function compileRule(glob: string): Rule {
  if (glob.length > MAX_GLOB_LENGTH) throw new ScopeError(glob, `is longer than ${MAX_GLOB_LENGTH} characters`)
  const isNegated = glob.startsWith('!')
  const isRooted = glob.startsWith('/', isNegated ? 1 : 0)
  const body = glob.slice(Number(isNegated) + Number(isRooted))
  const isFolder = body.endsWith('/')
  const path = isFolder ? body.slice(0, -1) : body
  if (path === '') throw new ScopeError(glob, 'names nothing; `**` means every file')
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new ScopeError(glob, 'has an empty name, `.` or `..` in it; paths start at the root of the repository')
  }
  const { source, endsWild, hasSlash } = translate(glob, path)
  const before = isRooted || hasSlash ? '' : '(?:.*/)?'
  const behind = isFolder ? '/.+' : endsWild ? '' : '(?:/.+)?'
  const words = literalsOf(path)
  let regex: RE2JS | null = null
  return {
    isNegated,
    matches(candidate) {
      if (words.some((word) => !candidate.includes(word))) return false
      // Compiling costs more than a review asks of most patterns.
      regex ??= RE2JS.compile(`${before}${source}${behind}`, RE2JS.DOTALL)
      return regex.testExact(candidate)
    },
  }
}

/** Text that every path has which matches; none for a glob with a choice in it. */
function literalsOf(path: string): readonly string[] {
  if (/[?[{\\]/.test(path)) return []
  return path.split('*').map((piece) => piece.replace(/^\/|\/$/g, ''))
}

function translate(glob: string, path: string): ReturnType<typeof translateGlob> {
  try {
    return translateGlob(path, { braces: true, strictStars: true })
  } catch (error) {
    if (error instanceof GlobFault) throw new ScopeError(glob, error.message)
    throw error
  }
}
