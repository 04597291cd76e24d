import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { POLICY_PATH } from '../../policy/policy.ts'
import { POLICY_TEMPLATE } from '../../policy/policy-template.ts'
import { print } from './output.ts'
import { Refusal, systemReason } from './refusal.ts'

/** Writes a commented policy into the repository of `folder`; a policy that is there stays as it is. */
export async function initCommand(folder: string): Promise<void> {
  const file = join(folder, POLICY_PATH)
  try {
    statSync(folder)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, POLICY_TEMPLATE, { flag: 'wx' })
  } catch (error) {
    throw new Refusal(`Cannot write ${file}: ${systemReason(error)}.`)
  }
  await print(`Wrote ${file}. Read it, commit it, and run: airworthy review\n`)
}
