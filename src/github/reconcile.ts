import * as z from 'zod'
import type { AppAccess } from './app-access.ts'
import type { Api } from './github-client.ts'
import { pullRequestJob, type ReviewJob } from './jobs.ts'
import { readOpenPullRequests } from './open-pull-requests.ts'
import { isAnswered } from './post-check-run.ts'
import type { Repository } from './repository.ts'

const PAGE = 100

const Installations = z.array(z.object({ id: z.number(), suspended_at: z.string().nullish() }))
const Repositories = z.object({
  repositories: z.array(
    z.object({ name: z.string(), owner: z.object({ login: z.string() }), archived: z.boolean().optional() }),
  ),
})

/** Installations that are not suspended. */
export async function readInstallations(app: Api): Promise<readonly number[]> {
  const all = await pages(async (page) =>
    Installations.parse((await app.request('GET /app/installations', { per_page: PAGE, page })).data),
  )
  return all.filter(({ suspended_at }) => !suspended_at).map(({ id }) => id)
}

async function readRepositories(installation: Api): Promise<readonly Repository[]> {
  const all = await pages(async (page) => {
    const answer = await installation.request('GET /installation/repositories', { per_page: PAGE, page })
    return Repositories.parse(answer.data).repositories
  })
  return all.filter(({ archived }) => !archived).map(({ name, owner }) => ({ owner: owner.login, repo: name }))
}

async function pages<T>(read: (page: number) => Promise<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = []
  for (let page = 1; ; page++) {
    const some = await read(page)
    all.push(...some)
    if (some.length < PAGE) return all
  }
}

/** Open pull requests of an installation whose head has no answer of ours: deliveries got lost, or we failed. */
export async function missingReviews(
  access: AppAccess,
  installation: number,
  check: { readonly name: string; readonly appId: number | null },
): Promise<readonly ReviewJob[]> {
  const api = access.installation(installation).read
  const jobs: ReviewJob[] = []
  for (const repository of await readRepositories(api)) {
    const open = await readOpenPullRequests(api, { repository, check, base: null })
    const missing = open.filter(({ lastRun }) => !isAnswered(lastRun))
    jobs.push(...missing.map(({ number }) => pullRequestJob(installation, repository, number, { background: true })))
  }
  return jobs
}

const Deliveries = z.array(
  z.object({
    id: z.number(),
    guid: z.string(),
    delivered_at: z.string(),
    status_code: z.number(),
  }),
)

/**
 * Asks GitHub to send again what failed since `since` (milliseconds) and did not arrive later. Returns how many.
 * A delivery that timed out has no code of an error, so every code but 2xx counts.
 */
export async function redeliverFailed(app: Api, since: number): Promise<number> {
  const answer = await app.request('GET /app/hook/deliveries', { per_page: PAGE })
  const recent = Deliveries.parse(answer.data).filter(({ delivered_at }) => Date.parse(delivered_at) >= since)
  const arrived = new Set(recent.filter(({ status_code }) => isOk(status_code)).map(({ guid }) => guid))
  const lost = new Map(
    recent
      .filter(({ status_code, guid }) => !isOk(status_code) && !arrived.has(guid))
      .map(({ guid, id }) => [guid, id]),
  )
  for (const delivery_id of lost.values()) {
    await app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id })
  }
  return lost.size
}

function isOk(code: number): boolean {
  return code >= 200 && code < 300
}
