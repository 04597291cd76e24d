import type { Change } from '../change/change.ts'
import type { ChangeSource } from '../change/change-source.ts'
import type { Judge, PolicyEdit } from '../github/judgement.ts'
import { type Engine, reviewChange } from '../pipeline.ts'
import { POLICY_PATH } from '../policy/policy.ts'
import { formatPolicyProblem } from '../policy/policy-problem.ts'
import type { ResolvedPolicy } from '../policy/resolve-policy.ts'
import { resolveBasePolicy, resolvePolicyText } from './base-policy.ts'

/** The engine as the App and the Action use it: judged by the base's policy, whatever the change makes of it. */
export function createJudge(engine: Engine): Judge {
  return async (source) => {
    let change: Change | null = null
    const remembering: ChangeSource = {
      ...source,
      readChange: async () => {
        change ??= await source.readChange()
        return change
      },
    }
    const resolved = await resolveBasePolicy(source)
    if ('problems' in resolved) {
      const edit = await policyEdit(source, await remembering.readChange())
      return {
        kind: 'policy-problems',
        problems: sentences(resolved),
        edit,
        onlyPolicy: isOnlyPolicy(await remembering.readChange()),
      }
    }
    const { review } = await reviewChange(engine, remembering, resolved.policy)
    const edit = await policyEdit(source, await remembering.readChange())
    return { kind: 'review', review, edit, labels: resolved.policy.labels }
  }
}

/** Whether the change edits the policy, and whether what it makes of it is valid. */
async function policyEdit(source: ChangeSource, change: Change): Promise<PolicyEdit | null> {
  const file = change.files.find(({ base, head }) => base?.path === POLICY_PATH || head?.path === POLICY_PATH)
  if (!file) return null
  if (file.head?.path !== POLICY_PATH || file.head.blob === null) return { kind: 'removed' }
  const blob = (await source.readBlobs([file.head.blob])).get(file.head.blob)
  if (blob?.status !== 'text') return { kind: 'invalid', problems: ['It is not a text file.'] }
  const resolved = await resolvePolicyText(source, { source: `${POLICY_PATH} of this change`, text: blob.text })
  return 'problems' in resolved ? { kind: 'invalid', problems: sentences(resolved) } : { kind: 'valid' }
}

function sentences(resolved: ResolvedPolicy): readonly string[] {
  return 'problems' in resolved ? resolved.problems.map(formatPolicyProblem) : []
}

function isOnlyPolicy({ files }: Change): boolean {
  return files.every(({ path }) => path === POLICY_PATH)
}
