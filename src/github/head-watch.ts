import * as z from 'zod'
import type { Api } from './github-client.ts'
import { graphQuery } from './graph-query.ts'
import type { Repository } from './repository.ts'

/** Where a pull request stands, as last seen. Queries that are sent anyway ask for it along the way. */
export interface HeadWatch {
  readonly number: number
  readonly seen: () => Sighting
  readonly report: (sighting: Sighting) => void
}

export interface Sighting {
  readonly head: string
  readonly open: boolean
  /** Milliseconds of the clock. */
  readonly at: number
}

export function createHeadWatch(number: number, first: Sighting): HeadWatch {
  let last = first
  return {
    number,
    seen: () => last,
    report: (sighting) => {
      last = sighting
    },
  }
}

/** The field that a query of the repository takes along, and its shape. */
export const WATCH_FIELD = 'watched: pullRequest(number: $watched) { headRefOid state }'
export const Watched = z.object({ headRefOid: z.string(), state: z.string() }).nullish()

export function sighting(watched: z.infer<typeof Watched>, at: number): Sighting | null {
  return watched ? { head: watched.headRefOid, open: watched.state === 'OPEN', at } : null
}

/** Older than this, a sighting says too little about now. Milliseconds. */
const FRESH = 3000

/** True while the pull request is open and at this head; asks GitHub when the last look is too long ago. */
export async function isCurrent(
  api: Api,
  repository: Repository,
  watch: HeadWatch,
  head: string,
  now: number,
): Promise<boolean> {
  const known = watch.seen()
  const seen = now - known.at <= FRESH ? known : await look(api, repository, watch, now)
  return seen.open && seen.head === head
}

async function look(api: Api, repository: Repository, watch: HeadWatch, now: number): Promise<Sighting> {
  const query = `query($owner: String!, $repo: String!, $watched: Int!) { repository(owner: $owner, name: $repo) { ${WATCH_FIELD} } }`
  const answer = await graphQuery(api, {
    what: `head of #${watch.number}`,
    query,
    variables: { ...repository, watched: watch.number },
    shape: z.object({ repository: z.object({ watched: Watched }) }),
  })
  const seen = sighting(answer.repository.watched, now) ?? { head: '', open: false, at: now }
  watch.report(seen)
  return seen
}
