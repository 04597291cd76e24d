import { mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { GitError } from '../../git/git-error.ts'
import { openRepository } from '../../git/open-repository.ts'
import { POLICY_PATH } from '../../policy/policy.ts'
import { POLICY_TEMPLATE } from '../../policy/policy-template.ts'
import { print } from './output.ts'
import { Refusal, systemReason } from './refusal.ts'

/** Writes a commented policy to the root of the repository around `folder`; a policy that is there stays as it is. */
export async function initCommand(folder: string): Promise<void> {
  const file = join(await rootOf(folder), POLICY_PATH)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, POLICY_TEMPLATE, { flag: 'wx' })
  } catch (error) {
    throw new Refusal(`Cannot write ${file}: ${systemReason(error)}.`)
  }
  await print(`Wrote ${file}. Read it, commit it, and run: airworthy review\n`)
}

/** Where a policy is read from: the root of the work tree. A folder that is in no repository yet is its own. */
async function rootOf(folder: string): Promise<string> {
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
  if (!isThere) throw new Refusal(`There is no folder ${folder}.`)
  try {
    const { workTree, close } = await openRepository(folder)
    await close()
    if (workTree === null) throw new Refusal(`${folder} is a repository without files. Run init in a clone of it.`)
    return workTree === realpathSync(folder) ? folder : workTree
  } catch (error) {
    if (error instanceof GitError) return folder
    throw error
  }
}
