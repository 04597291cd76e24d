import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import { hostError } from './host-error.ts'

/** What the adapters need of Octokit: the typed `request`, and `graphql`. */
export type Api = Pick<Octokit, 'request' | 'graphql'>

/** Reads are not held back; writes keep a second's distance, as GitHub asks. Both throw `HostError`. */
export interface GitHubClient {
  readonly read: Api
  readonly write: Api
}

/** One request that was answered, retries and token requests included. `resource` names the limit it counts to. */
export interface ApiCall {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly resource: string | null
  readonly remaining: number | null
}

export interface GitHubClientOptions {
  /** A token, or what Octokit's `authStrategy` takes. */
  readonly auth: string | { readonly strategy: (options: never) => unknown; readonly options: unknown }
  readonly baseUrl?: string
  /** Writes under one key share a lane: the installation or the repository. */
  readonly lane: string
  readonly clock: { readonly now: () => number }
  readonly onCall?: (call: ApiCall) => void
  /** Milliseconds that a retry's delay is built on; tests make it small. */
  readonly retryBase?: number
  /** Keeps the distance between writes; off only for tests. */
  readonly throttle?: boolean
}

/** 406 says "too large", 429 has a wait of its own: neither gets better by asking again at once. */
const DO_NOT_RETRY = [400, 401, 403, 404, 406, 410, 413, 415, 422, 429, 451]
const API_VERSION = '2022-11-28'
const USER_AGENT = 'airworthy'
/** Milliseconds; GitHub itself gives up after ten seconds. */
const TIMEOUT = 30_000

const Client = Octokit.plugin(retry, throttling)

export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  return { read: createApi(options, false), write: createApi(options, options.throttle ?? true) }
}

function silent(): void {}

function createApi(options: GitHubClientOptions, throttled: boolean): Api {
  const { auth, baseUrl, clock, lane, onCall, retryBase = 1000 } = options
  const octokit = new Client({
    ...(typeof auth === 'string' ? { auth } : { authStrategy: auth.strategy, auth: auth.options }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    userAgent: USER_AGENT,
    // What fails is thrown, and logged once by the one who catches it.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: countingFetch(onCall) },
    retry: { doNotRetry: DO_NOT_RETRY, retryAfterBaseValue: retryBase, retries: 2 },
    // The queue waits and takes the work up again; a sleeping request would hold its place.
    throttle: { enabled: throttled, id: lane, onRateLimit: () => false, onSecondaryRateLimit: () => false },
  })
  octokit.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = API_VERSION
  })
  octokit.hook.wrap('request', async (request, asked) => {
    try {
      return await request(asked)
    } catch (thrown) {
      throw hostError(`${asked.method} ${asked.url}`, thrown, clock.now())
    }
  })
  return octokit
}

function countingFetch(onCall: GitHubClientOptions['onCall']): typeof fetch {
  return async (input, init) => {
    const timeout = AbortSignal.timeout(TIMEOUT)
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout
    const response = await fetch(input, { ...init, signal })
    const remaining = response.headers.get('x-ratelimit-remaining')
    onCall?.({
      method: init?.method ?? 'GET',
      path: new URL(response.url).pathname,
      status: response.status,
      resource: response.headers.get('x-ratelimit-resource'),
      remaining: remaining === null ? null : Number(remaining),
    })
    return response
  }
}
