import type { ChangedFile, Location } from '../../change/change.ts'
import { hasProviderForm } from './secrets.ts'

const MAX_LINE = 4000

/** Added lines that hold a credential in its provider's own form. The line is told, never what stands on it. */
export function addedCredentials(file: ChangedFile): readonly Location[] {
  return file.hunks.flatMap((hunk) =>
    hunk.lines.flatMap((line) => {
      if (line.kind !== 'add' || line.head === null || line.text.length > MAX_LINE) return []
      const found = line.text.match(/[A-Za-z0-9_.-]{20,}/g)?.some(hasProviderForm) === true
      return found ? [{ path: file.path, startLine: line.head, endLine: line.head, side: 'head' as const }] : []
    }),
  )
}
