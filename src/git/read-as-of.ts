import { laterDate } from '../change/later-date.ts'
import type { ObjectReader } from './object-reader.ts'

/**
 * The later of the commit dates of these commits, ISO 8601 in UTC; null when none has one (a tree, the work tree). It
 * stands for "now": the same change gives the same review on every day.
 */
export async function readAsOf(objects: ObjectReader, commits: readonly (string | null)[]): Promise<string | null> {
  const read = await objects.contents(commits.filter((commit) => commit !== null))
  const dates = read.map((object) => {
    if (object === null || object.type !== 'commit' || object.content === null) return null
    const [header = ''] = object.content.toString('latin1').split('\n\n', 1)
    const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(header)?.[1]
    return seconds === undefined ? null : new Date(Number(seconds) * 1_000).toISOString()
  })
  return laterDate(dates)
}
