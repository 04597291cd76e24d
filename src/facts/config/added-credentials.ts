import type { ChangedFile, Location } from '../../change/change.ts'
import { hasProviderForm } from './secrets.ts'

const MAX_LINE = 4000
const SAID_ABOVE = 6
/** A comment says that what follows opens nothing. */
const SAID_TO_BE_NONE = /(?:#|\/\/|\*).*\b(?:example|sample|fake|dummy|not real|no actual|placeholder)\b/i

/** Added lines that hold a credential in its provider's own form. The line is told, never what stands on it. */
export function addedCredentials(file: ChangedFile): readonly Location[] {
  return file.hunks.flatMap((hunk) =>
    hunk.lines.flatMap((line, index) => {
      if (line.kind !== 'add' || line.head === null || line.text.length > MAX_LINE) return []
      if (
        hunk.lines
          .slice(Math.max(0, index - SAID_ABOVE), index + 1)
          .some(({ text }) => SAID_TO_BE_NONE.test(text.slice(0, MAX_LINE)))
      )
        return []
      const found = line.text.match(/[A-Za-z0-9_.-]{20,}/g)?.some(hasProviderForm) === true
      return found ? [{ path: file.path, startLine: line.head, endLine: line.head, side: 'head' as const }] : []
    }),
  )
}
