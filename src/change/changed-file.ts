import type { ChangedFile, DiffLine, FileVersion, Hunk } from './change.ts'
import { classifyPath, type PathAttributes } from './classify-path.ts'
import { isLfsPointer } from './decode-blob.ts'

/** A changed file with what follows from its hunks and its path: the count of its lines, its role, and whether git shows it. */
export function changedFile(
  file: Pick<ChangedFile, 'status' | 'base' | 'head' | 'binary' | 'hunks'>,
  attributesOf: (path: string) => PathAttributes,
): ChangedFile {
  const { status, base, head } = file
  const version = head ?? base
  const path = version?.path ?? ''
  const binary = file.binary || file.hunks.some(isOfLfsPointer)
  const hunks = binary ? [] : file.hunks
  return {
    path,
    status,
    base,
    head,
    binary,
    hunks,
    additions: count(hunks, 'add'),
    deletions: count(hunks, 'del'),
    role: isPlain(version) ? classifyPath(path, attributesOf(path)) : 'other',
  }
}

/** A link's text is a path, and a submodule has none: neither is what its name looks like. */
function isPlain(version: FileVersion | null): boolean {
  return version?.kind === 'file' || version?.kind === 'executable'
}

function count(hunks: readonly Hunk[], kind: DiffLine['kind']): number {
  return hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.kind === kind).length, 0)
}

/** The stand-in of a large file is three lines; a hunk of it shows its first. */
function isOfLfsPointer({ lines }: Hunk): boolean {
  return lines.length <= 8 && isLfsPointer(`${lines[0]?.text ?? ''}\n`)
}
