import * as z from 'zod'
import type { Api } from './github-client.ts'
import { HostError } from './host-error.ts'
import type { Repository } from './repository.ts'

/** A changed file as GitHub lists it. `patch` is absent for binary, very large and merely renamed files. */
export const ListedFile = z.object({
  sha: z.string().nullable(),
  filename: z.string(),
  status: z.string(),
  additions: z.number(),
  deletions: z.number(),
  patch: z.string().optional(),
  previous_filename: z.string().optional(),
})
export type ListedFile = z.infer<typeof ListedFile>

export interface FileList {
  readonly mergeBase: string
  readonly files: readonly ListedFile[]
  /** How many files differ, as far as GitHub tells; more than listed when the list was cut. */
  readonly total: number
}

/** `pullRequest` is null for a range that has none, as in a merge queue. */
export interface Range {
  readonly base: string
  readonly head: string
  readonly pullRequest: { readonly number: number; readonly changedFiles: number } | null
}

/** A comparison lists this many files, and does not say when there are more. */
const COMPARE_LIMIT = 300
const PAGE = 100
/** GitHub lists no more files of a pull request. */
const LIST_LIMIT = 3000

const Comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }), files: z.array(ListedFile).optional() })

/** What differs between the merge base and the head: one call, or one more per 100 files when there are 300 or more. */
export async function readFiles(api: Api, repository: Repository, range: Range): Promise<FileList> {
  const { mergeBase, files } = await compare(api, repository, range)
  if (files.length < COMPARE_LIMIT) return { mergeBase, files, total: files.length }
  if (range.pullRequest === null) return { mergeBase, files, total: files.length + 1 }
  const all = await listFiles(api, repository, range.pullRequest.number)
  return { mergeBase, files: all, total: Math.max(all.length, range.pullRequest.changedFiles) }
}

async function compare(api: Api, repository: Repository, { base, head }: Range) {
  const basehead = `${base}...${head}`
  try {
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}'
    const answer = await api.request(route, { ...repository, basehead, per_page: 1 })
    const { merge_base_commit, files = [] } = Comparison.parse(answer.data)
    return { mergeBase: merge_base_commit.sha, files }
  } catch (error) {
    if (!(error instanceof HostError) || error.failure.kind !== 'not-found') throw error
    const says = `GitHub cannot compare ${base.slice(0, 7)} with ${head.slice(0, 7)}: one of them is gone, or they share no history. Push again, or rebase onto the base branch.`
    throw new HostError(says, error.failure, error.status, error)
  }
}

async function listFiles(api: Api, repository: Repository, pull_number: number): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = []
  for (let page = 1; files.length < LIST_LIMIT; page++) {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files'
    const answer = await api.request(route, { ...repository, pull_number, per_page: PAGE, page })
    files.push(...z.array(ListedFile).parse(answer.data))
    if (!answer.headers.link?.includes('rel="next"')) break
  }
  return files
}
