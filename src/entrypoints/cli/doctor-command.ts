import { diagnose, type Finding } from '../../github/doctor/diagnose.ts'
import { readSetup } from '../../github/doctor/read-setup.ts'
import { createGitHubClient } from '../../github/github-client.ts'
import { HostError } from '../../github/host-error.ts'
import { parseRepository } from '../../github/repository.ts'
import { escapeTerminal } from '../../report/escape.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { print } from './output.ts'
import { Refusal } from './refusal.ts'

export interface DoctorOptions {
  readonly branch?: string
}

const MARKS = { good: 'ok  ', unsure: '??  ', bad: 'BAD ' } as const satisfies Record<Finding['level'], string>

/** Says whether the check works and is required in a repository on GitHub, and how to mend what does not. */
export async function doctorCommand(name: string, { branch }: DoctorOptions): Promise<ExitCode> {
  const repository = parseRepository(name)
  if (!repository) throw new Refusal(`${JSON.stringify(name)} is not a repository. Write OWNER/REPO.`)
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL } = process.env
  const auth = GITHUB_TOKEN || GH_TOKEN
  if (!auth) throw new Refusal('GITHUB_TOKEN is not set. Give it a token that may read the repository (gh auth token).')
  const baseUrl = GITHUB_API_URL ? { baseUrl: GITHUB_API_URL } : {}
  const { read } = createGitHubClient({ auth, ...baseUrl, lane: 'doctor', clock: Date })
  try {
    const findings = diagnose(await readSetup(read, repository, branch ?? null))
    await print(findings.map(findingText).join(''))
    return findings.some(({ level }) => level === 'bad') ? EXIT.policyNotMet : EXIT.ok
  } catch (error) {
    if (error instanceof HostError) throw new Refusal(error.message)
    throw error
  }
}

function findingText({ level, says, mend }: Finding): string {
  return `${MARKS[level]} ${escapeTerminal(says)}\n${mend === null ? '' : `     → ${escapeTerminal(mend)}\n`}`
}
