import type { Policy } from '../../src/policy/policy.ts'
import { formatPolicyProblem } from '../../src/policy/policy-problem.ts'
import { resolvePolicy } from '../../src/policy/resolve-policy.ts'
import { PRESETS } from './shipped-presets.ts'

type Files = Readonly<Record<string, string>>

/** Resolves `.github/airworthy.yml` of a repository that holds `files`. */
function resolve(text: string | null, files: Files, presets: ReadonlyMap<string, string>) {
  const file = text === null ? null : { path: '.github/airworthy.yml', text, source: '.github/airworthy.yml at main' }
  return resolvePolicy({ file, presets, readFile: async (path) => files[path] ?? null })
}

/** The policy; throws with all problems when there is none. */
export async function policyOf(text: string | null, files: Files = {}, presets = PRESETS): Promise<Policy> {
  const resolved = await resolve(text, files, presets)
  if ('policy' in resolved) return resolved.policy
  throw new Error(resolved.problems.map(formatPolicyProblem).join('\n'))
}

/** The problems, one line each; throws when there is none. */
export async function problemsOf(
  text: string | null,
  files: Files = {},
  presets = PRESETS,
): Promise<readonly string[]> {
  const resolved = await resolve(text, files, presets)
  if ('problems' in resolved) return resolved.problems.map(formatPolicyProblem)
  throw new Error('the policy was accepted')
}
