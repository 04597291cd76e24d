import * as z from 'zod'
import { POLICY_PATH } from '../../policy/policy.ts'
import type { Api } from '../github-client.ts'
import { HostError } from '../host-error.ts'
import { readPolicyFile } from '../read-policy-file.ts'
import type { Repository } from '../repository.ts'
import { CHECK_NAME } from '../review-pull-request.ts'
import { parseWorkflow } from './parse-workflow.ts'
import type {
  BranchRules,
  Poster,
  Protection,
  RepositorySetup,
  RequiredCheck,
  WorkflowUse,
} from './repository-setup.ts'

const WORKFLOWS = '.github/workflows'
const RECENT = 5

/** Reads what `diagnose` looks at. `branch` is the default branch when null. Throws HostError when the repository cannot be read. */
export async function readSetup(api: Api, repository: Repository, branch: string | null): Promise<RepositorySetup> {
  const about = await api.request('GET /repos/{owner}/{repo}', { ...repository })
  const ref = branch ?? z.object({ default_branch: z.string() }).parse(about.data).default_branch
  const [rules, protection, policy, posters, workflows] = await Promise.all([
    orNull(readRules(api, repository, ref)),
    readProtection(api, repository, ref),
    readPolicyFile({ api, repository, base: { ref, sha: ref } }, POLICY_PATH),
    readPosters(api, repository),
    readWorkflows(api, repository, ref),
  ])
  return {
    name: `${repository.owner}/${repository.repo}`,
    branch: ref,
    rules,
    protection,
    hasPolicy: policy !== null,
    posters,
    workflows,
  }
}

/** Null for what the token may not see. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof HostError && ['forbidden', 'not-found'].includes(error.failure.kind)) return null
    throw error
  }
}

const Rules = z.array(
  z.looseObject({
    type: z.string(),
    parameters: z
      .looseObject({
        required_status_checks: z
          .array(z.object({ context: z.string(), integration_id: z.number().nullish() }))
          .optional(),
      })
      .nullish(),
  }),
)

async function readRules(api: Api, repository: Repository, branch: string): Promise<BranchRules> {
  const answer = await api.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
    ...repository,
    branch,
    per_page: 100,
  })
  const rules = Rules.parse(answer.data)
  const required = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
  return {
    required: required.map(({ context, integration_id }) => ({ context, appId: integration_id ?? null })),
    mergeQueue: rules.some(({ type }) => type === 'merge_queue'),
  }
}

const Protected = z.object({
  required_status_checks: z
    .object({ checks: z.array(z.object({ context: z.string(), app_id: z.number().nullish() })) })
    .nullish(),
})

/** GitHub answers 404 both for "not protected" and for "not yours to see", with different words. */
async function readProtection(api: Api, repository: Repository, branch: string): Promise<Protection | null> {
  try {
    const answer = await api.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', {
      ...repository,
      branch,
    })
    const checks = Protected.parse(answer.data).required_status_checks?.checks ?? []
    return {
      protected: true,
      required: checks.map(
        ({ context, app_id }): RequiredCheck => ({ context, appId: app_id === -1 ? null : (app_id ?? null) }),
      ),
    }
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    if (error.status === 404 && error.message.includes('Branch not protected')) return { protected: false }
    if (['forbidden', 'not-found'].includes(error.failure.kind)) return null
    throw error
  }
}

const Pulls = z.array(z.object({ head: z.object({ sha: z.string() }) }))
const Runs = z.object({
  check_runs: z.array(z.object({ app: z.object({ id: z.number(), slug: z.string().nullish() }).nullable() })),
})

async function readPosters(api: Api, repository: Repository): Promise<readonly Poster[]> {
  const answer = await api.request('GET /repos/{owner}/{repo}/pulls', {
    ...repository,
    state: 'all',
    sort: 'updated',
    direction: 'desc',
    per_page: RECENT,
  })
  const heads = Pulls.parse(answer.data).map(({ head }) => head.sha)
  const lists = await Promise.all(heads.map((ref) => orNull(readRuns(api, repository, ref))))
  const posters = new Map(lists.flatMap((posted) => posted ?? []).map((poster) => [poster.appId, poster]))
  return [...posters.values()].sort((a, b) => a.appId - b.appId)
}

async function readRuns(api: Api, repository: Repository, ref: string): Promise<readonly Poster[]> {
  const answer = await api.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...repository,
    ref,
    check_name: CHECK_NAME,
  })
  return Runs.parse(answer.data).check_runs.flatMap(({ app }) =>
    app ? [{ appId: app.id, slug: app.slug ?? `${app.id}` }] : [],
  )
}

const Folder = z.array(z.object({ path: z.string(), type: z.string() }))

async function readWorkflows(api: Api, repository: Repository, ref: string): Promise<readonly WorkflowUse[]> {
  const answer = await orNull(
    api.request('GET /repos/{owner}/{repo}/contents/{path}', { ...repository, path: WORKFLOWS, ref }),
  )
  const files = answer
    ? Folder.parse(answer.data).filter(({ path, type }) => type === 'file' && /\.ya?ml$/.test(path))
    : []
  const texts = await Promise.all(
    files.map(({ path }) => readPolicyFile({ api, repository, base: { ref, sha: ref } }, path)),
  )
  return files.flatMap(({ path }, i) => parseWorkflow(path, texts[i]?.text ?? ''))
}
