import * as z from 'zod'

/** The newest check run of ours on a commit. */
export interface LastRun {
  readonly externalId: string
  readonly completed: boolean
  /** 'SUCCESS', 'NEUTRAL', 'FAILURE', …; null while it is not completed. */
  readonly conclusion: string | null
}

const Run = z.object({
  externalId: z.string().nullable(),
  status: z.string(),
  conclusion: z.string().nullable(),
  startedAt: z.string().nullable(),
})
const Suites = z.object({
  nodes: z.array(z.object({ checkRuns: z.object({ nodes: z.array(Run.nullable()) }).nullable() }).nullable()),
})

/** The GraphQL fields of a pull request that tell its last run, and their shape. Needs the variables `$check` and `$app`. */
export const HEAD_RUNS = `
  commits(last: 1) { nodes { commit { oid committedDate checkSuites(first: 10, filterBy: { appId: $app, checkName: $check }) {
    nodes { checkRuns(last: 10, filterBy: { checkName: $check, checkType: ALL }) { nodes { externalId status conclusion startedAt } } } } } } }`
export const HeadRuns = z.object({
  nodes: z.array(
    z
      .object({ commit: z.object({ oid: z.string(), committedDate: z.string(), checkSuites: Suites.nullable() }) })
      .nullable(),
  ),
})

/** Null when the head has no run of ours, or the token may not read runs. */
export function lastRunOn(head: string, commits: z.infer<typeof HeadRuns>): LastRun | null {
  const commit = commits.nodes.find((node) => node?.commit.oid === head)?.commit
  const runs = (commit?.checkSuites?.nodes ?? [])
    .flatMap((suite) => suite?.checkRuns?.nodes ?? [])
    .flatMap((run) => run ?? [])
  const [newest] = runs.toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? 1 : -1))
  if (!newest) return null
  return {
    externalId: newest.externalId ?? '',
    completed: newest.status === 'COMPLETED',
    conclusion: newest.conclusion,
  }
}
