import * as z from 'zod'
import type { PolicyFile } from '../change/change-source.ts'
import type { Api } from './github-client.ts'
import { HostError } from './host-error.ts'
import type { Repository } from './repository.ts'

export interface PolicyPlace {
  readonly api: Api
  readonly repository: Repository
  readonly base: { readonly ref: string; readonly sha: string }
}

const Content = z.object({ type: z.literal('file'), encoding: z.literal('base64'), content: z.string() })

/** Where a policy file was read, for people: '.github/airworthy.yml at main (1a2b3c4d)'. */
export function policySource(path: string, base: PolicyPlace['base']): string {
  return `${path} at ${base.ref} (${base.sha.slice(0, 8)})`
}

/** Null only when GitHub says that the file is not there; every other failure throws HostError. */
export async function readPolicyFile({ api, repository, base }: PolicyPlace, path: string): Promise<PolicyFile | null> {
  try {
    const answer = await api.request('GET /repos/{owner}/{repo}/contents/{path}', {
      ...repository,
      path,
      ref: base.sha,
    })
    const file = Content.safeParse(answer.data)
    if (!file.success) throw unreadablePolicy(path, base)
    return { source: policySource(path, base), text: Buffer.from(file.data.content, 'base64').toString('utf8') }
  } catch (error) {
    if (error instanceof HostError && error.failure.kind === 'not-found') return null
    throw error
  }
}

export function unreadablePolicy(path: string, base: PolicyPlace['base']): HostError {
  const says = `${policySource(path, base)} is not a readable text file. Make it a text file of less than 500 KB.`
  return new HostError(says, { kind: 'refused' })
}
