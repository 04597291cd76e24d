import type { GitHubClient } from './github-client.ts'
import { HostError } from './host-error.ts'
import type { Repository } from './repository.ts'

export interface LabelTarget {
  readonly client: GitHubClient
  readonly repository: Repository
  readonly number: number
  /** Names of the labels that the pull request has. */
  readonly present: readonly string[]
}

/** Which labels are ours to set and take away: all of `managed`, and no other. */
export interface LabelChoice {
  /** Null when none of ours belongs there. */
  readonly wanted: string | null
  readonly managed: readonly string[]
}

export type LabelsOutcome =
  | { readonly kind: 'changed' | 'unchanged' }
  /** GitHub did not let us. A label is never worth a failed review. */
  | { readonly kind: 'refused'; readonly why: string }

/** Gives the pull request the label that is wanted, and takes the other ones of ours away. Throws HostError when it may be tried again. */
export async function syncLabels(target: LabelTarget, { wanted, managed }: LabelChoice): Promise<LabelsOutcome> {
  const present = new Set(target.present.map(sameName))
  const stale = new Map(managed.map((name) => [sameName(name), name]))
  if (wanted !== null) stale.delete(sameName(wanted))
  const extra = [...stale].filter(([key]) => present.has(key)).map(([, name]) => name)
  const missing = wanted === null || present.has(sameName(wanted)) ? null : wanted
  if (extra.length === 0 && missing === null) return { kind: 'unchanged' }
  try {
    for (const name of extra) await remove(target, name)
    if (missing !== null) await add(target, missing)
    return { kind: 'changed' }
  } catch (error) {
    if (error instanceof HostError && ['forbidden', 'not-found', 'refused'].includes(error.failure.kind))
      return { kind: 'refused', why: error.message }
    throw error
  }
}

/** GitHub holds names that differ only in case for the same. */
function sameName(name: string): string {
  return name.toLowerCase()
}

async function add({ client, repository, number }: LabelTarget, name: string): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'
  await client.write.request(route, { ...repository, issue_number: number, labels: [name] })
}

/** Someone may have been quicker. */
async function remove({ client, repository, number }: LabelTarget, name: string): Promise<void> {
  try {
    const route = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}'
    await client.write.request(route, { ...repository, issue_number: number, name })
  } catch (error) {
    if (!(error instanceof HostError && error.failure.kind === 'not-found')) throw error
  }
}
