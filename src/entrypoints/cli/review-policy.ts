import type { ChangeSource } from '../../change/change-source.ts'
import type { Policy } from '../../policy/policy.ts'
import { formatPolicyProblem, type PolicyProblem } from '../../policy/policy-problem.ts'
import type { ResolvedPolicy } from '../../policy/resolve-policy.ts'
import { resolveBasePolicy } from '../base-policy.ts'
import { resolveDiskPolicy } from './disk-policy.ts'
import { Refusal } from './refusal.ts'

/**
 * The policy a change is judged by: the file that was named, else the base revision's own, else the preset `recommended` in
 * advise mode. A policy that is wrong is refused with all its problems: nothing is reviewed under half a policy.
 */
export async function reviewPolicy(source: ChangeSource, file: string | undefined): Promise<Policy> {
  return policyOf(file === undefined ? await resolveBasePolicy(source) : await resolveDiskPolicy(file))
}

export function policyOf(resolved: ResolvedPolicy): Policy {
  if ('problems' in resolved) throw new Refusal(problemsText(resolved.problems))
  return resolved.policy
}

function problemsText(problems: readonly PolicyProblem[]): string {
  const lines = problems.map((problem) => `\n  ${formatPolicyProblem(problem)}`)
  return `The policy has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:${lines.join('')}`
}
