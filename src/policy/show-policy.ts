import { stringify } from 'yaml'
import type { Policy } from './policy.ts'
import { visible } from './policy-problem.ts'

/**
 * The folded policy as YAML: every rule that holds, with nothing left to a preset. It is a policy file itself, and gives the
 * same policy when it is read again.
 */
export function showPolicy(policy: Policy): string {
  const { source, digest, ...rules } = policy
  const header = `# The policy that holds: ${visible(source)}\n# ${digest}\n`
  return `${header}${stringify({ version: 1, ...rules }, { lineWidth: 0 })}`
}
