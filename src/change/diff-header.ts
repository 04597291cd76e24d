import { readName } from './diff-names.ts'

/** What the lines above the hunks of one file say, still raw. */
export interface DiffHeader {
  readonly says: ReadonlyMap<string, string>
  /** Null for /dev/null, and when there is no such line. */
  readonly oldName: string | null
  readonly newName: string | null
  readonly hasNames: boolean
  /** `diff -N` writes a side that is absent as a file of the year 1970. */
  readonly oldIsAncient: boolean
  readonly newIsAncient: boolean
  readonly binary: boolean
  readonly end: number
}

/** The blob of an empty file, by SHA-1 and by SHA-256, on either side of an `index` line. */
const EMPTY_BLOB = /^(?:e69de29|473a0f4)|\.\.(?:e69de29|473a0f4)/

const EXTENDED = [
  'old mode',
  'new mode',
  'deleted file mode',
  'new file mode',
  'copy from',
  'copy to',
  'rename from',
  'rename to',
  'similarity index',
  'dissimilarity index',
  'index',
] as const

const NO_NAMES = { oldName: null, newName: null, hasNames: false, oldIsAncient: false, newIsAncient: false } as const

/** What stands below `diff --git`. */
export function readGitHeader(lines: readonly string[], from: number): DiffHeader {
  const says = new Map<string, string>()
  let end = from
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    const key = EXTENDED.find((name) => line.startsWith(`${name} `))
    if (!key) break
    says.set(key, line.slice(key.length + 1))
  }
  const next = lines[end] ?? ''
  if (next.startsWith('--- ') && lines[end + 1]?.startsWith('+++ ')) return { ...readPlainHeader(lines, end), says }
  const binary = next === 'GIT binary patch' || (next.startsWith('Binary files ') && next.endsWith(' differ'))
  return { ...NO_NAMES, says, binary, end: binary ? end + 1 : end }
}

/** `--- OLD` and `+++ NEW`, or the single line that GNU diff prints for binary files. */
export function readPlainHeader(lines: readonly string[], at: number): DiffHeader {
  const line = lines[at] ?? ''
  const says = new Map<string, string>()
  if (line.startsWith('Binary files ')) {
    const [oldName, newName] = binaryNames(line)
    return { ...NO_NAMES, says, oldName, newName, binary: true, end: at + 1 }
  }
  const [oldText, newText] = [line.slice(4), (lines[at + 1] ?? '').slice(4)]
  return {
    says,
    oldName: nameOrNull(oldText),
    newName: nameOrNull(newText),
    hasNames: true,
    oldIsAncient: isAncient(oldText),
    newIsAncient: isAncient(newText),
    binary: false,
    end: at + 2,
  }
}

function nameOrNull(text: string): string | null {
  const name = readName(text)
  return name === '/dev/null' ? null : name
}

function isAncient(text: string): boolean {
  return /\t(?:1970-01-01|1969-12-31) /.test(text)
}

/** `Binary files old/x y and new/x y differ`: the ` and ` is the one that leaves two names with one ending. */
function binaryNames(line: string): readonly [string | null, string | null] {
  const names = line.slice('Binary files '.length, -' differ'.length).split(' and ')
  const half = Math.ceil(names.length / 2)
  const [oldName, newName] = [names.slice(0, half).join(' and '), names.slice(half).join(' and ')]
  return [nameOrNull(oldName), nameOrNull(newName)]
}

/**
 * A change of mode, a plain move and an empty file may stand without hunks; two different blobs may not. That a change
 * of mode was to go on cannot be known.
 */
export function isUnfinished({ says, binary }: DiffHeader, lines: readonly string[], end: number): boolean {
  if (binary) return false
  if (lines[end]?.startsWith('--- ')) return true
  const index = says.get('index')
  const isLast = end >= lines.length
  // The text of a removed file may be left out on purpose.
  if (says.has('deleted file mode')) return isLast && (index === undefined || !EMPTY_BLOB.test(index))
  if (says.has('new file mode')) return index === undefined ? isLast : !EMPTY_BLOB.test(index)
  const isMove = says.has('rename to') || says.has('copy to')
  if (isMove && (says.get('similarity index') ?? '100%') !== '100%') return true
  return index !== undefined || !(isMove || says.has('new mode'))
}
