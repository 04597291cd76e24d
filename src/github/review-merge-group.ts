import { POLICY_PATH } from '../policy/policy.ts'
import { noticeRun } from '../report/notice.ts'
import { createGitHubChangeSource } from './github-change-source.ts'
import type { MergeGroupJob } from './jobs.ts'
import type { Judgement } from './judgement.ts'
import { postCheckRun } from './post-check-run.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { readPullRequest } from './read-pull-request.ts'
import { MARKER, renderJudgement } from './render-judgement.ts'
import { CHECK_NAME, type Host } from './review-pull-request.ts'

export type MergeGroupTask = Pick<MergeGroupJob, 'repository' | 'base' | 'head' | 'headRef'>

/**
 * Posts the run that a group of the merge queue waits for. Each pull request of the queue heads a group of its own, so the
 * group has the verdict of that pull request, attestations included. Without one, what the group adds to its base is reviewed.
 */
export async function reviewMergeGroup(host: Host, task: MergeGroupTask): Promise<'mirrored' | 'reviewed'> {
  const { repository, head } = task
  const target = {
    client: host.client,
    repository,
    name: CHECK_NAME,
    head,
    subject: 'merge-group',
    last: null,
    force: true,
  }
  const mirrored = await mirror(host, task)
  await postCheckRun(
    target,
    mirrored ?? renderJudgement(await judgeMergeGroup(host, task), host.webUrl, repository).run,
  )
  return mirrored ? 'mirrored' : 'reviewed'
}

const MIRRORED = { SUCCESS: 'success', NEUTRAL: 'neutral', FAILURE: 'failure' } as const

async function mirror(host: Host, { repository, headRef }: MergeGroupTask) {
  const number = Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(headRef)?.[1] ?? Number.NaN)
  if (!Number.isInteger(number)) return null
  const { client, self, appId } = host
  const check = { name: CHECK_NAME, appId }
  const pull = await readPullRequest(client.read, { repository, number, self, marker: MARKER, check, policyPaths: [] })
  const found = Object.entries(MIRRORED).find(([conclusion]) => conclusion === pull.lastRun?.conclusion)
  if (!found || !pull.lastRun?.completed) return null
  const sentences = [
    `This group of the merge queue has the verdict of #${number} at ${pull.head.slice(0, 7)}: ${found[1]}.`,
  ]
  return noticeRun({ title: `as #${number}: ${found[1]}`, sentences }, found[1])
}

/** Reviews what a group adds to its base, without a word to anyone. */
export async function judgeMergeGroup(host: Host, { repository, base, head }: MergeGroupTask): Promise<Judgement> {
  const api = host.client.read
  const policyFile = await readPolicyFile({ api, repository, base }, POLICY_PATH)
  const source = createGitHubChangeSource({
    api,
    repository,
    base,
    head,
    title: null,
    body: '',
    asOf: null,
    pullRequest: null,
    policyFiles: new Map([[POLICY_PATH, policyFile]]),
    blobs: host.blobs,
    watch: null,
  })
  return host.judge(source)
}
