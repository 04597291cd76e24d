import type { ChangeSource } from '../change/change-source.ts'
import type { FailureMeans } from '../github/judgement.ts'
import { POLICY_PATH } from '../policy/policy.ts'
import { type ResolvedPolicy, resolvePolicy } from '../policy/resolve-policy.ts'
import { readPresets } from './assets.ts'

type PolicySource = Pick<ChangeSource, 'readPolicyFile'>

/** The policy of the base revision, or the preset `recommended` in advise mode when it has none. */
export async function resolveBasePolicy(source: PolicySource): Promise<ResolvedPolicy> {
  return resolvePolicyText(source, await source.readPolicyFile(POLICY_PATH))
}

/** A text at the policy's place, with the files of the base that it extends. */
export function resolvePolicyText(
  source: PolicySource,
  file: { readonly source: string; readonly text: string } | null,
): Promise<ResolvedPolicy> {
  return resolvePolicy({
    file: file === null ? null : { path: POLICY_PATH, ...file },
    presets: readPresets(),
    readFile: async (path) => (await source.readPolicyFile(path))?.text ?? null,
  })
}

/** What our own failure means under the policy of the base; it blocks where the policy cannot be used. */
export const failureMeans: FailureMeans = async (source) => {
  const resolved = await resolveBasePolicy(source)
  if ('problems' in resolved) return 'block'
  return resolved.policy.mode === 'advise' ? 'allow' : resolved.policy.onError
}
