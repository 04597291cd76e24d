import { RE2JS } from 're2js'
import type { PathAttributes } from './classify-path.ts'
import { GlobFault, translateGlob } from './glob-pattern.ts'
import { unquotePath } from './unquote-path.ts'

/** A `.gitattributes` file. `folder` is where it stands, '' for the root. */
export interface AttributesFile {
  readonly folder: string
  readonly text: string
}

type AttributeName = keyof PathAttributes

interface AttributeLine {
  readonly folder: string
  readonly matches: (path: string) => boolean
  readonly sets: Readonly<Partial<Record<AttributeName, boolean | null>>>
}

const NAMES: Readonly<Record<string, AttributeName>> = {
  'linguist-generated': 'generated',
  'linguist-vendored': 'vendored',
  'linguist-documentation': 'documentation',
}
const MAX_LINES = 1_000
const MAX_PATTERN_LENGTH = 512

/**
 * What the files say of a path with `linguist-generated`, `-vendored` and `-documentation`. The last line that matches
 * decides each of them, and a file deeper down goes before one above it. Lines that git would pass over are passed over.
 */
export function compileAttributes(files: readonly AttributesFile[]): (path: string) => PathAttributes {
  const lines = files
    .toSorted((a, b) => depthOf(a.folder) - depthOf(b.folder))
    .flatMap((file) => parseAttributes(file))
    .reverse()
  return (path) => ({
    ...decide(lines, path, 'generated'),
    ...decide(lines, path, 'vendored'),
    ...decide(lines, path, 'documentation'),
  })
}

function decide(lines: readonly AttributeLine[], path: string, name: AttributeName): PathAttributes {
  const value = lines.find((line) => line.sets[name] !== undefined && line.matches(path))?.sets[name]
  return typeof value === 'boolean' ? { [name]: value } : {}
}

function parseAttributes({ folder, text }: AttributesFile): AttributeLine[] {
  const relevant = text.split('\n').filter((line) => line.includes('linguist-'))
  return relevant.slice(0, MAX_LINES).flatMap((line) => parseLine(folder, line.trim()) ?? [])
}

function parseLine(folder: string, line: string): AttributeLine | null {
  if (line.startsWith('#') || line.startsWith('!') || line.startsWith('[attr]')) return null
  const quoted = unquotePath(line)
  const pattern = quoted?.path ?? line.split(/[ \t]/, 1)[0] ?? ''
  const sets = parseSettings(line.slice(quoted?.length ?? pattern.length))
  const matches = compilePattern(folder, pattern)
  return matches && Object.keys(sets).length > 0 ? { folder, matches, sets } : null
}

function parseSettings(text: string): AttributeLine['sets'] {
  const sets: Partial<Record<AttributeName, boolean | null>> = {}
  for (const word of text.split(/[ \t\r]+/)) {
    const sign = /^[-!]/.exec(word)?.[0] ?? ''
    const [key = '', value] = word.slice(sign.length).split('=', 2)
    const name = NAMES[key]
    // `!x` goes back to saying nothing; any other value than false sets it, as GitHub reads them.
    if (name) sets[name] = sign === '!' ? null : sign === '' && value !== 'false'
  }
  return sets
}

/** As in a `.gitignore`, but a folder's name does not stand for what is in it. */
function compilePattern(folder: string, pattern: string): ((path: string) => boolean) | null {
  const rooted = pattern.startsWith('/') ? pattern.slice(1) : pattern
  if (rooted === '' || rooted.endsWith('/') || rooted.length > MAX_PATTERN_LENGTH) return null
  const prefix = folder === '' ? '' : `${folder}/`
  try {
    const { source, hasSlash } = translateGlob(rooted, { braces: false, strictStars: false })
    const before = pattern.startsWith('/') || hasSlash ? '' : '(?:.*/)?'
    const regex = RE2JS.compile(before + source, RE2JS.DOTALL)
    return (path) => path.startsWith(prefix) && regex.testExact(path.slice(prefix.length))
  } catch (error) {
    if (error instanceof GlobFault) return null
    throw error
  }
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length
}
