import type { ChangeSource, PolicyFile } from '../change/change-source.ts'
import type { FailureMeans } from '../github/judgement.ts'
import { POLICY_PATH } from '../policy/policy.ts'
import type { ResolvedPolicy } from '../policy/resolve-policy.ts'
import { builtPolicy, readPresets } from './assets.ts'

type PolicySource = Pick<ChangeSource, 'readPolicyFile'>

/** The policy of the base revision, or the preset `recommended` in advise mode when it has none. */
export async function resolveBasePolicy(source: PolicySource): Promise<ResolvedPolicy> {
  const file = await source.readPolicyFile(POLICY_PATH)
  return file === null ? policyWithoutFile() : resolvePolicyText(source, file)
}

/** What holds where nobody has written a policy. */
export async function policyWithoutFile(): Promise<ResolvedPolicy> {
  const policy = builtPolicy()
  if (policy !== null) return { policy }
  const { resolvePolicy } = await import('../policy/resolve-policy.ts')
  return resolvePolicy({ file: null, presets: readPresets(), readFile: async () => null })
}

/** A text at the policy's place, with the files of the base that it extends. What reads policies is loaded only here. */
export async function resolvePolicyText(source: PolicySource, file: PolicyFile): Promise<ResolvedPolicy> {
  const { resolvePolicy } = await import('../policy/resolve-policy.ts')
  return resolvePolicy({
    file: { path: POLICY_PATH, ...file },
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
