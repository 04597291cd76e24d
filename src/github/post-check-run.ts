import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { CheckRun } from '../report/check-run.ts'
import type { GitHubClient } from './github-client.ts'
import type { LastRun } from './last-run.ts'
import type { Repository } from './repository.ts'

export interface CheckRunTarget {
  readonly client: GitHubClient
  readonly repository: Repository
  /** Name of the check, as branch protection knows it. */
  readonly name: string
  readonly head: string
  /** What the run is about: the number of the pull request, or a branch of the merge queue. Comes back in events. */
  readonly subject: string
  /** Newest run of this name on the head. */
  readonly last: LastRun | null
  /** Posts even when the last run says the same: someone asked for it. */
  readonly force: boolean
  /** The run says that we failed: reconciling tries again. */
  readonly failed?: boolean
}

/** GitHub takes this many at a time, and adds those of an update to the ones that are there. */
const BATCH = 50
const Created = z.object({ id: z.number() })

/** Posts a finished run on the head: always a new one, for a finished run cannot be taken back. Throws HostError. */
export async function postCheckRun(target: CheckRunTarget, run: CheckRun): Promise<'posted' | 'unchanged'> {
  const { client, repository, name, head, last, force } = target
  const external_id = externalId(target, run)
  if (!force && last?.completed && last.externalId === external_id) return 'unchanged'
  const { annotations, conclusion, ...output } = run
  const answer = await client.write.request('POST /repos/{owner}/{repo}/check-runs', {
    ...repository,
    name,
    head_sha: head,
    external_id,
    status: 'completed',
    conclusion,
    output: { ...output, annotations: annotations.slice(0, BATCH).map(wireAnnotation) },
    // A second run of a lost answer would be seen; the job's next try finds the first one by its external id.
    request: { retries: 0 },
  })
  const { id } = Created.parse(answer.data)
  for (let from = BATCH; from < annotations.length; from += BATCH) {
    await client.write.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...repository,
      check_run_id: id,
      output: { ...output, annotations: annotations.slice(from, from + BATCH).map(wireAnnotation) },
      request: { retries: 0 },
    })
  }
  return 'posted'
}

const FAILED = 'failed'

/** `<subject>/<digest of what the run says>`: tells what it belongs to, and whether a new one would say anything new. */
function externalId({ subject, failed }: CheckRunTarget, run: CheckRun): string {
  const digest = createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 16)
  return `${subject}/${failed ? FAILED : digest}`
}

/** The subject of a run of ours, from the external id that GitHub hands back; null for anything else. */
export function subjectOf(externalId: string | null): string | null {
  return /^([^/]{1,200})\/(?:[0-9a-f]{16}|failed)$/.exec(externalId ?? '')?.[1] ?? null
}

/** False while there is none, it is not finished, or it only says that we failed. */
export function isAnswered(last: LastRun | null): boolean {
  return last?.completed === true && !last.externalId.endsWith(`/${FAILED}`)
}

function wireAnnotation({ path, startLine, endLine, level, title, message }: CheckRun['annotations'][number]) {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message }
}
