import * as z from 'zod'
import { readPolicyYaml } from '../../policy/policy-yaml.ts'
import type { WorkflowUse } from './repository-setup.ts'

const Trigger = z.record(z.string(), z.record(z.string(), z.unknown()).nullish().catch(null))
const On = z.union([
  z.string().transform((one) => ({ [one]: null })),
  z.array(z.string()).transform((all) => Object.fromEntries(all.map((one) => [one, null]))),
  Trigger,
])
const Permissions = z.union([z.record(z.string(), z.string()), z.string().transform(shorthand)]).nullish()
const Job = z.looseObject({
  name: z.string().optional(),
  if: z.unknown().optional(),
  permissions: Permissions,
  steps: z.array(z.looseObject({ uses: z.string().optional() })).default([]),
})
const Workflow = z.looseObject({ on: On, permissions: Permissions, jobs: z.record(z.string(), Job) })

/** `write-all` and `read-all` speak of every scope; here only one matters. */
function shorthand(word: string): Record<string, string> {
  return { 'pull-requests': word === 'write-all' ? 'write' : 'read' }
}

const FILTERS = ['branches', 'branches-ignore', 'paths', 'paths-ignore']

/** The jobs of a workflow that use the Action; none when it is not one we can read. */
export function parseWorkflow(path: string, text: string): readonly WorkflowUse[] {
  const parsed = Workflow.safeParse(plain(text))
  if (!parsed.success) return []
  const { on, permissions, jobs } = parsed.data
  const triggers = Object.entries(on).filter(([event]) => event.startsWith('pull_request'))
  const filtered = triggers.some(([, filter]) => FILTERS.some((key) => filter?.[key] !== undefined))
  return Object.entries(jobs)
    .filter(([, { steps }]) => steps.some(({ uses }) => /(^|\/)airworthy(@|$)/.test(uses ?? '')))
    .map(([id, job]) => ({
      path,
      job: id,
      checkName: job.name ?? id,
      events: Object.keys(on),
      filtered,
      permissions: job.permissions ?? permissions ?? null,
      conditional: job.if !== undefined,
    }))
}

/** Bounded as a policy is: a workflow, too, is a stranger's text. */
function plain(text: string): unknown {
  const read = readPolicyYaml(text)
  return 'document' in read && read.document.faults.length === 0 ? read.document.value : null
}
