import { laterDate } from '../change/later-date.ts'
import type { ObjectReader } from './object-reader.ts'
import { readCommit } from './read-commit.ts'

/**
 * The later of the commit dates of these commits, ISO 8601 in UTC; null when none has one (a tree, the work tree). It
 * stands for "now": the same change gives the same review on every day.
 */
export async function readAsOf(objects: ObjectReader, ids: readonly (string | null)[]): Promise<string | null> {
  const commits = await Promise.all(ids.flatMap((id) => (id === null ? [] : readCommit(objects, id))))
  const dates = commits.map((commit) => {
    const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(commit?.header ?? '')?.[1]
    return seconds === undefined ? null : new Date(Number(seconds) * 1_000).toISOString()
  })
  return laterDate(dates)
}
