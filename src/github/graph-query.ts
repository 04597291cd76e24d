import type * as z from 'zod'
import type { Api } from './github-client.ts'
import { HostError } from './host-error.ts'

interface GraphError {
  readonly type: string | null
  readonly message: string
  readonly path: readonly (string | number)[]
}

export interface GraphQuestion<S extends z.ZodType> {
  /** What is asked for, for people: 'pull request #7'. */
  readonly what: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly shape: S
  /** Fields that may be null because GitHub could not answer them; any other error throws. */
  readonly bears?: readonly string[]
}

/** Sends one GraphQL query and parses what comes back. Throws HostError: half an answer is no answer, unless `bears` says so. */
export async function graphQuery<S extends z.ZodType>(api: Api, question: GraphQuestion<S>): Promise<z.infer<S>> {
  const { what, query, variables, shape, bears = [] } = question
  const answer = await api.request('POST /graphql', { query, variables })
  const { data, errors } = envelope(answer.data)
  const fatal = errors.find((error) => !error.path.some((part) => bears.includes(String(part))))
  if (fatal) throw new HostError(`GitHub, ${what}: ${fatal.message}.`, failureOf(fatal), answer.status)
  const parsed = shape.safeParse(data)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new HostError(
    `GitHub, ${what}: cannot read the answer at ${issue?.path.join('.')}: ${issue?.message}.`,
    { kind: 'refused' },
    answer.status,
  )
}

function failureOf({ type }: GraphError): HostError['failure'] {
  if (type === 'RATE_LIMITED') return { kind: 'rate-limited', retryAfter: 60 }
  if (type === 'NOT_FOUND') return { kind: 'not-found' }
  if (type === 'FORBIDDEN') return { kind: 'forbidden' }
  return { kind: 'unavailable' }
}

function envelope(answer: unknown): { readonly data: unknown; readonly errors: readonly GraphError[] } {
  if (typeof answer !== 'object' || answer === null) return { data: null, errors: [] }
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : []
  return {
    data: 'data' in answer ? answer.data : null,
    errors: errors.map((error) => ({
      type: typeof error?.type === 'string' ? error.type : null,
      message: String(error?.message ?? 'no reason given').slice(0, 300),
      path: Array.isArray(error?.path) ? error.path : [],
    })),
  }
}
