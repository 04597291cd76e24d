/** What went wrong at GitHub, as far as it decides what to do next. */
export type HostFailure =
  /** A primary or secondary limit: nothing may be sent for `retryAfter` seconds. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  /** Not there, or not visible to this installation. */
  | { readonly kind: 'not-found' }
  /** The token may not do this. */
  | { readonly kind: 'forbidden' }
  /** GitHub failed, or could not be reached; worth another try. */
  | { readonly kind: 'unavailable' }
  /** GitHub did not accept what was sent, or answered what nobody can read: a bug here or there. */
  | { readonly kind: 'refused' }

/** A request to GitHub that failed. The message says what was asked, what came back and what to do. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly failure: HostFailure
  readonly status: number | null

  constructor(message: string, failure: HostFailure, status: number | null = null, cause?: unknown) {
    super(message, { cause })
    this.failure = failure
    this.status = status
  }
}

/** Seconds to wait when a limit is hit and GitHub does not say how long. */
const UNTOLD_WAIT = 60

const ADVICE = {
  'rate-limited': 'The limit passes by itself; the review is taken up again then.',
  'not-found': 'Check that the App is installed on this repository and the pull request still exists.',
  forbidden: 'Check the permissions of the App or of the job (`airworthy doctor` lists them).',
  unavailable: 'GitHub failed or could not be reached; the review is tried again.',
  refused: 'This is a fault in Airworthy or a change at GitHub: please report it.',
} as const satisfies Record<HostFailure['kind'], string>

interface Answer {
  readonly status: number | null
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly message: string
}

/** Turns what Octokit throws into a HostError; passes on whatever is neither an answer nor a broken connection. */
export function hostError(what: string, thrown: unknown, now: number): unknown {
  if (thrown instanceof HostError) return thrown
  const answer = answerIn(thrown)
  if (answer === null) return thrown
  const failure = failureOf(answer, now)
  const said = answer.status === null ? answer.message : `${answer.status}: ${answer.message}`
  return new HostError(`GitHub, ${what}: ${said}. ${ADVICE[failure.kind]}`, failure, answer.status, thrown)
}

function answerIn(thrown: unknown): Answer | null {
  if (!(thrown instanceof Error)) return null
  const message = (thrown.message.split('\n')[0] ?? '').slice(0, 300).replace(/[. ]+$/, '')
  const headers = headersIn(thrown)
  if ('errors' in thrown && Array.isArray(thrown.errors)) {
    const limited = thrown.errors.some((error) => error?.type === 'RATE_LIMITED')
    return { status: limited ? 429 : 200, headers, message }
  }
  if (thrown.name !== 'HttpError' || !('status' in thrown) || typeof thrown.status !== 'number') return null
  const answered = 'response' in thrown && thrown.response !== undefined
  return { status: answered ? thrown.status : null, headers, message }
}

function headersIn(thrown: Error): Answer['headers'] {
  const holder = 'response' in thrown && isObject(thrown.response) ? thrown.response : thrown
  return 'headers' in holder && isObject(holder.headers) ? { ...holder.headers } : {}
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function failureOf({ status, headers, message }: Answer, now: number): HostFailure {
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined || /rate limit/i.test(message) || headers['x-ratelimit-remaining'] === '0'))
  if (limited) return { kind: 'rate-limited', retryAfter: waitOf(headers, now) }
  if (status === null || status >= 500) return { kind: 'unavailable' }
  if (status === 404 || status === 410) return { kind: 'not-found' }
  if (status === 401 || status === 403 || status === 451) return { kind: 'forbidden' }
  return { kind: 'refused' }
}

function waitOf(headers: Answer['headers'], now: number): number {
  const after = Number(headers['retry-after'])
  if (Number.isFinite(after) && headers['retry-after'] !== undefined) return Math.max(1, after)
  const reset = Number(headers['x-ratelimit-reset'])
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset))
    return Math.max(1, Math.ceil(reset - now / 1000))
  return UNTOLD_WAIT
}
