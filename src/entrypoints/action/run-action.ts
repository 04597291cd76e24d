import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { info, setFailed, setOutput, summary, warning } from '@actions/core'
import { BlobCache } from '../../github/blob-cache.ts'
import { createGitHubClient } from '../../github/github-client.ts'
import type { Judge, Judgement } from '../../github/judgement.ts'
import { identityOfToken } from '../../github/own-comments.ts'
import { readPolicyFile } from '../../github/read-policy-file.ts'
import { type Rendered, renderJudgement } from '../../github/render-judgement.ts'
import { judgeMergeGroup } from '../../github/review-merge-group.ts'
import { type Host, reviewPullRequest } from '../../github/review-pull-request.ts'
import { toJson } from '../../report/json.ts'
import { type ActionTarget, actionTarget, SetupError } from './action-target.ts'
import { annotate } from './annotations.ts'
import { localSource } from './local-source.ts'

export interface ActionInputs {
  readonly token: string
}

/** Characters of text kept; one review needs no more. */
const BLOB_CACHE = 64 * 1024 * 1024

/** Reviews what started the workflow: comment, marks at the lines, step summary, outputs, and the job's result. */
export async function runAction(inputs: ActionInputs, environment: NodeJS.ProcessEnv, judge: Judge): Promise<void> {
  const target = targetOf(environment)
  const host = await hostOf(inputs, environment, target, judge)
  try {
    const answered = target.kind === 'pull-request' ? await reviewPull(host, target) : await reviewGroup(host, target)
    if (answered) await say(answered.judgement, answered.rendered, environment)
  } catch (error) {
    if (!(await mayPass(host, target))) throw error
    warning(
      `Airworthy could not review, and the policy lets that pass: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** Whether the policy of the base lets our own failure pass. When nobody can tell, it does not. */
async function mayPass({ client: { read: api } }: Host, target: ActionTarget): Promise<boolean> {
  try {
    const { failureMeans } = await import('../base-policy.ts')
    const { repository } = target.kind === 'pull-request' ? target : target.task
    const base = target.kind === 'pull-request' ? target.base : target.task.base
    const readFile = (path: string) => readPolicyFile({ api, repository, base }, path)
    return (await failureMeans({ readPolicyFile: readFile })) === 'allow'
  } catch {
    return false
  }
}

function targetOf({ GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REPOSITORY }: NodeJS.ProcessEnv): ActionTarget {
  if (!GITHUB_EVENT_PATH) throw new SetupError('GITHUB_EVENT_PATH is not set. Run this as a step of a GitHub workflow.')
  const payload: unknown = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'))
  return actionTarget(GITHUB_EVENT_NAME ?? '', payload, GITHUB_REPOSITORY ?? '')
}

async function hostOf(
  { token }: ActionInputs,
  environment: NodeJS.ProcessEnv,
  target: ActionTarget,
  judge: Judge,
): Promise<Host> {
  if (token === '') throw new SetupError('The input github-token is empty. Leave it out, or give it a token.')
  const { GITHUB_API_URL, GITHUB_SERVER_URL = 'https://github.com', GITHUB_WORKSPACE } = environment
  const { owner, repo } = target.kind === 'pull-request' ? target.repository : target.task.repository
  const client = createGitHubClient({
    auth: token,
    ...(GITHUB_API_URL ? { baseUrl: GITHUB_API_URL } : {}),
    lane: `${owner}/${repo}`,
    clock: Date,
  })
  return {
    client,
    self: await identityOfToken(client.read),
    appId: null,
    webUrl: GITHUB_SERVER_URL,
    judge,
    blobs: new BlobCache(BLOB_CACHE),
    clock: Date,
    exclusive: false,
    postsRun: false,
    localSource: async (pull) => (GITHUB_WORKSPACE ? localSource(GITHUB_WORKSPACE, pull) : null),
  }
}

interface Answered {
  readonly judgement: Judgement
  readonly rendered: Rendered
}

async function reviewPull(
  host: Host,
  { repository, number }: Extract<ActionTarget, { kind: 'pull-request' }>,
): Promise<Answered | null> {
  const published = await reviewPullRequest(host, { repository, number, force: false })
  if (published.kind !== 'published') {
    info(
      `#${number} ${published.kind === 'closed' ? 'is closed' : 'has a newer head, which has its own run'}; nothing to say.`,
    )
    return null
  }
  if (published.comment === 'refused') {
    warning(
      'This token may not comment: as on pull requests from forks, the answer is here and in the step summary only.',
    )
  }
  if (published.labels.kind === 'refused') warning(`The labels of the policy could not be set. ${published.labels.why}`)
  return published
}

async function reviewGroup(host: Host, { task }: Extract<ActionTarget, { kind: 'merge-group' }>): Promise<Answered> {
  const judgement = await judgeMergeGroup(host, task)
  return { judgement, rendered: renderJudgement(judgement, host.webUrl, task.repository) }
}

async function say(judgement: Judgement, { run }: Rendered, environment: NodeJS.ProcessEnv): Promise<void> {
  const hidden = annotate(run.annotations)
  if (hidden > 0) info(`${hidden} more in the step summary.`)
  await writeSummary(run.summary)
  setOutputs(judgement, environment)
  info(`Airworthy: ${run.title}`)
  if (run.conclusion === 'failure') setFailed(run.title)
}

async function writeSummary(text: string): Promise<void> {
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(text).write()
}

function setOutputs(judgement: Judgement, { RUNNER_TEMP }: NodeJS.ProcessEnv): void {
  if (judgement.kind !== 'review') return
  const { verdict, confidence, coverage } = judgement.review
  setOutput('verdict', verdict)
  setOutput('confidence', confidence)
  setOutput('covered', coverage.covered)
  setOutput('total', coverage.total)
  if (!RUNNER_TEMP) return
  const report = join(RUNNER_TEMP, 'airworthy-report.json')
  writeFileSync(report, `${JSON.stringify(toJson(judgement.review), null, 2)}\n`)
  setOutput('report', report)
}
