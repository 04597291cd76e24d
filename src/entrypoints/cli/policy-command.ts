import { existsSync } from 'node:fs'
import { POLICY_PATH } from '../../policy/policy.ts'
import { checkIds } from '../../review/review.ts'
import { policyWithoutFile } from '../base-policy.ts'
import { resolveDiskPolicy } from './disk-policy.ts'
import { print } from './output.ts'
import { policyOf } from './review-policy.ts'

/** Says whether a policy on the disk is valid, and all that is wrong with it if not. */
export async function policyCheckCommand(file = POLICY_PATH): Promise<void> {
  const policy = policyOf(await resolveDiskPolicy(file))
  const on = checkIds().filter((id) => policy.checks[id].level !== 'off').length
  await print(
    `${file} is valid: mode ${policy.mode}, pass at ${policy.confidence.pass}, ${on} of ${checkIds().length} checks on\n`,
  )
}

/** Prints the policy that holds in the end; without a file, that of a repository that has none. */
export async function policyShowCommand(file?: string): Promise<void> {
  const { showPolicy } = await import('../../policy/show-policy.ts')
  const path = file ?? (existsSync(POLICY_PATH) ? POLICY_PATH : undefined)
  const resolved = path === undefined ? await policyWithoutFile() : await resolveDiskPolicy(path)
  await print(showPolicy(policyOf(resolved)))
}

/** Prints the JSON Schema of policies, for editors. */
export async function policySchemaCommand(): Promise<void> {
  const { policyJsonSchema } = await import('../../policy/policy-json-schema.ts')
  await print(policyJsonSchema())
}
