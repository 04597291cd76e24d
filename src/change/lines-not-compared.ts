import type { Note } from './change.ts'

/** Why, for a version beyond `MAX_BLOB_BYTES`. */
export const TOO_LARGE = 'larger than 2 MiB'

/** A file that differs, but nobody can say in which lines: never "nothing changed". */
export function linesNotCompared(path: string, why: string): Note {
  return { kind: 'lines-not-compared', path, says: `Lines not compared: ${why}` }
}
