import { CHECK_NAME } from '../review-pull-request.ts'
import type { RepositorySetup, RequiredCheck, WorkflowUse } from './repository-setup.ts'

export interface Finding {
  readonly level: 'good' | 'unsure' | 'bad'
  readonly says: string
  /** What to do; null when nothing has to be done. */
  readonly mend: string | null
}

/** The Actions' own App: jobs report under its id. */
const ACTIONS_APP = 15368

/** What works, what will not, and how to mend it. Pure. */
export function diagnose(setup: RepositorySetup): readonly Finding[] {
  return [
    policyFinding(setup),
    sourceFinding(setup),
    ...requiredFindings(setup),
    ...queueFindings(setup),
    ...setup.workflows.flatMap(workflowFindings),
  ]
}

function good(says: string): Finding {
  return { level: 'good', says, mend: null }
}

function policyFinding({ hasPolicy, branch }: RepositorySetup): Finding {
  if (hasPolicy) return good(`${branch} has a policy: .github/airworthy.yml.`)
  return {
    level: 'unsure',
    says: `${branch} has no .github/airworthy.yml, so Airworthy only advises and never blocks.`,
    mend: 'Run `airworthy init`, look at the file, and merge it.',
  }
}

function sourceFinding({ posters, workflows, name }: RepositorySetup): Finding {
  if (posters.some(({ appId }) => appId !== ACTIONS_APP))
    return good(`The App ${posters.map(({ slug }) => slug).join(', ')} posts the check "${CHECK_NAME}" here.`)
  if (workflows.length > 0) return good(`The Action runs here, in ${workflows.map(({ path }) => path).join(', ')}.`)
  return {
    level: 'bad',
    says: `Neither the App nor the Action has reported on ${name}.`,
    mend: 'Install the App on this repository, or add the workflow from the README; then open a pull request.',
  }
}

/** Names under which our answer arrives: the App's check run, or the jobs that use the Action. */
function ourNames({ workflows, posters }: RepositorySetup): readonly string[] {
  const byApp = posters.length > 0 || workflows.length === 0 ? [CHECK_NAME] : []
  return [...byApp, ...workflows.map(({ checkName }) => checkName)]
}

function requiredFindings(setup: RepositorySetup): readonly Finding[] {
  const { rules, protection, branch } = setup
  const required = [...(rules?.required ?? []), ...(protection?.protected ? protection.required : [])]
  const ours = required.filter(({ context }) => ourNames(setup).includes(context))
  if (ours.length > 0) return ours.map((check) => sourceOfRequired(setup, check))
  const similar = required.find(({ context }) => context.toLowerCase().includes('airworthy'))
  if (similar) {
    return [
      {
        level: 'bad',
        says: `The required check "${similar.context}" never comes: ours is named ${quoted(ourNames(setup))}. Pull requests wait for ever.`,
        mend: `Require ${quoted(ourNames(setup))} instead.`,
      },
    ]
  }
  if (rules === null || protection === null) {
    return [
      {
        level: 'unsure',
        says: `This token does not see all rules of ${branch}, so whether the check is required is not known.`,
        mend: 'Run it with the token of an administrator (read access to "Administration").',
      },
    ]
  }
  return [
    {
      level: 'unsure',
      says: `The check is not required on ${branch}: a failed review can be merged.`,
      mend: `Settings → Rules → Rulesets: require the status check ${quoted(ourNames(setup))}.`,
    },
  ]
}

function sourceOfRequired({ posters, workflows, branch }: RepositorySetup, { context, appId }: RequiredCheck): Finding {
  const byJob = workflows.some(({ checkName }) => checkName === context)
  const expected = byJob ? [ACTIONS_APP] : posters.map((poster) => poster.appId)
  if (appId === null) {
    return {
      level: 'unsure',
      says: `"${context}" is required on ${branch} from any source: whoever may write here can forge it.`,
      mend: `Choose the expected source: ${byJob ? 'GitHub Actions' : 'the Airworthy App'}.`,
    }
  }
  if (expected.length > 0 && !expected.includes(appId)) {
    return {
      level: 'bad',
      says: `"${context}" is required on ${branch} from the App ${appId}, but ${expected.join(', ')} posts it. Pull requests wait for ever.`,
      mend: 'Change the expected source of the required check.',
    }
  }
  return good(`"${context}" is required on ${branch}, from the App ${appId} alone.`)
}

function queueFindings({ rules, workflows, posters }: RepositorySetup): readonly Finding[] {
  if (!rules?.mergeQueue) return []
  const deaf = workflows.filter(({ events }) => !events.includes('merge_group'))
  if (deaf.length === 0) return [good('The merge queue is on, and gets its check.')]
  if (posters.some(({ appId }) => appId !== ACTIONS_APP)) return [good('The merge queue is on; the App answers it.')]
  return deaf.map(({ path }) => ({
    level: 'bad',
    says: `The merge queue is on, but ${path} does not run for it: every group times out.`,
    mend: `Add \`merge_group:\` under \`on:\` in ${path}.`,
  }))
}

function workflowFindings(use: WorkflowUse): readonly Finding[] {
  const { path, job, events, filtered, permissions, conditional } = use
  const found: Finding[] = []
  if (!events.includes('pull_request') && !events.includes('pull_request_target')) {
    found.push({
      level: 'bad',
      says: `${path} does not run for pull requests.`,
      mend: 'Add `pull_request:` under `on:`.',
    })
  }
  if (filtered) {
    found.push({
      level: 'bad',
      says: `${path} has a branch or path filter: where it skips the workflow, a required check waits for ever.`,
      mend: 'Remove the filter; the policy has `ignore` and `overrides` for that.',
    })
  }
  if (conditional) {
    found.push({
      level: 'unsure',
      says: `The job ${job} in ${path} has an \`if:\`: when it is skipped it counts as passed.`,
      mend: 'Remove the condition if the check is required.',
    })
  }
  if (permissions && permissions['pull-requests'] !== 'write') {
    found.push({
      level: 'bad',
      says: `The job ${job} in ${path} may not comment.`,
      mend: 'Set `permissions: { contents: read, pull-requests: write }`.',
    })
  }
  if (permissions === null) {
    found.push({
      level: 'unsure',
      says: `${path} names no permissions, so it has those of the repository's default.`,
      mend: 'Set `permissions: { contents: read, pull-requests: write }`.',
    })
  }
  if (events.includes('pull_request') && !events.includes('pull_request_target')) {
    found.push({
      level: 'unsure',
      says: `On pull requests from forks ${path} has a token that may only read: no comment, but the job's result and summary.`,
      mend: 'That is enough for a required check. For comments there too, use the App.',
    })
  }
  return found
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' or ')
}
