import { MAX_BLOB_BYTES } from '../change/blob.ts'
import type { BlobId, ChangedFile, FileStatus, Note } from '../change/change.ts'
import { changedFile } from '../change/changed-file.ts'
import type { PathAttributes } from '../change/classify-path.ts'
import { linesNotCompared, TOO_LARGE } from '../change/lines-not-compared.ts'
import type { ObjectReader } from './object-reader.ts'
import { RENAME_LIMIT, type TreeDifference } from './read-diff.ts'

/** The changed files, and a note for each whose lines could not be compared: that is never "nothing changed". */
export async function describeDifferences(
  objects: ObjectReader,
  differences: readonly TreeDifference[],
  attributesOf: (path: string) => PathAttributes,
): Promise<{ readonly files: readonly ChangedFile[]; readonly notes: readonly Note[] }> {
  const tooLarge = await findTooLarge(objects, differences)
  const notes: Note[] = []
  const files = differences.map(({ status, base, head, patch }): ChangedFile => {
    const isTooLarge = [base, head].some((version) => version?.blob != null && tooLarge.has(version.blob))
    const says = isTooLarge ? TOO_LARGE : WHY_NOT[typeof patch === 'string' ? patch : 'shown']
    const path = (head ?? base)?.path ?? ''
    if (says !== null) notes.push(linesNotCompared(path, says))
    const shown = typeof patch === 'string' || isTooLarge ? { binary: false, hunks: [] } : patch
    return changedFile({ status, base, head, binary: shown.binary, hunks: shown.hunks }, attributesOf)
  })
  if (tooManyForRenames(differences)) notes.push({ kind: 'renames-not-compared', says: TOO_MANY })
  return { files, notes }
}

const TOO_MANY = 'Too many files were added and removed to look for moved ones: moved code may count as new'

function tooManyForRenames(differences: readonly TreeDifference[]): boolean {
  const count = (status: FileStatus) => differences.filter((difference) => difference.status === status).length
  return count('added') * count('removed') > RENAME_LIMIT ** 2
}

const WHY_NOT = {
  shown: null,
  missing: 'a version of the file is not in this clone (a partial one); fetch it with `git fetch --refetch`',
  cut: 'the change is larger than what is read of it',
} as const

/** Git takes text above our limit for binary; its size tells them apart. */
async function findTooLarge(
  objects: ObjectReader,
  differences: readonly TreeDifference[],
): Promise<ReadonlySet<BlobId>> {
  const ids = differences.flatMap(({ base, head, patch }) =>
    typeof patch !== 'string' && patch.binary ? [base?.blob, head?.blob].filter((id) => id != null) : [],
  )
  const sizes = await objects.sizes([...new Set(ids)])
  return new Set(sizes.flatMap((object) => (object && object.bytes > MAX_BLOB_BYTES ? [object.id] : [])))
}
