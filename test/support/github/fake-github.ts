import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { TestRepository } from '../git-repository.ts'
import { answerGraph } from './graphql.ts'
import { openApiProblems, type WireRequest } from './openapi.ts'
import { answerRest, type RestAnswer } from './rest.ts'
import { type Account, createGitHubState, type GitHubState } from './state.ts'

/** What a fault does instead of the real answer: an answer of its own, a broken connection, or the answer lost after the work is done. */
export type Fault = RestAnswer | 'broken' | 'answer-lost'

export interface Token {
  readonly account: Account
  readonly app: number
  /** False for the token of a workflow on a fork: it may read, and nothing else. */
  readonly mayWrite: boolean
}

export interface FakeGitHubOptions {
  readonly git: TestRepository
  readonly tokens?: Readonly<Record<string, Token>>
  /** Called before each request is answered; null lets it through. */
  readonly fault?: (request: WireRequest) => Fault | null
  /** Lines of a patch above which it is left out. */
  readonly patchLines?: number
  readonly latency?: number
}

export interface FakeGitHub {
  readonly url: string
  readonly state: GitHubState
  /** `METHOD /path` of every request, in order of arrival. */
  readonly calls: readonly string[]
  /** What GitHub's own descriptions find wrong with the requests. A test that ends with one has failed. */
  readonly problems: readonly string[]
  readonly options: { fault: FakeGitHubOptions['fault'] }
  readonly close: () => Promise<void>
}

export const APP_ID = 777
export const BOT: Account = { id: 99_000_777, login: 'airworthy[bot]', type: 'Bot' }
export const BOT_TOKEN = 'ghs_777_stateless.jwt-like_token-of-the-app'

/** A GitHub on loopback: real git behind the reads, plain lists behind the writes, every request checked against GitHub's descriptions. */
export async function startFakeGitHub(options: FakeGitHubOptions): Promise<FakeGitHub> {
  const state = createGitHubState(options.git)
  const tokens: Readonly<Record<string, Token>> = {
    [BOT_TOKEN]: { account: BOT, app: APP_ID, mayWrite: true },
    ...options.tokens,
  }
  const calls: string[] = []
  const problems: string[] = []
  const live = { fault: options.fault }
  let remaining = 5000

  async function answer(incoming: IncomingMessage, body: string): Promise<RestAnswer | 'broken'> {
    const request = wireRequest(incoming, body)
    calls.push(`${request.method} ${request.path}`)
    const fault = live.fault?.(request) ?? null
    if (options.latency) await delay(options.latency)
    if (fault === 'broken') return 'broken'
    if (fault !== null && fault !== 'answer-lost') return fault
    if (!incoming.headers['x-github-api-version']) problems.push(`${request.method} ${request.path}: no API version`)
    const presented = (incoming.headers.authorization ?? '').replace(/^(token|bearer) /i, '')
    const answered = await route(request, tokens[presented] ?? null, isSignedToken(presented))
    return fault === 'answer-lost' ? 'broken' : answered
  }

  async function route(request: WireRequest, token: Token | null, isApp: boolean): Promise<RestAnswer> {
    if (request.path === '/graphql') {
      if (!token) return { status: 401, body: { message: 'Bad credentials' } }
      const graph = await answerGraph(state, token.account, Object(request.body))
      problems.push(...graph.problems)
      return { status: 200, body: graph.answer }
    }
    problems.push(...openApiProblems(request))
    return answerRest({ state, request, token, patchLines: options.patchLines ?? 3000, isApp })
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      answer(incoming, Buffer.concat(chunks).toString('utf8')).then(
        (answered) => send(incoming, outgoing, answered, --remaining),
        (error) => {
          problems.push(
            `the fake failed at ${incoming.method} ${incoming.url}: ${error instanceof Error ? error.stack : error}`,
          )
          send(incoming, outgoing, { status: 500, body: { message: 'fake failed' } }, remaining)
        },
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${portOf(server.address())}`
  return {
    url,
    state,
    calls,
    problems,
    options: live,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A JSON Web Token, as the App signs it. Who signed it is not looked at here. */
function isSignedToken(presented: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(presented)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

function wireRequest({ method = 'GET', url = '/' }: IncomingMessage, body: string): WireRequest {
  const { pathname, searchParams } = new URL(url, 'http://x')
  return { method, path: pathname, query: searchParams, body: body === '' ? undefined : JSON.parse(body) }
}

function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: RestAnswer | 'broken',
  remaining: number,
): void {
  if (answer === 'broken') {
    incoming.socket.destroy()
    return
  }
  const limit = {
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-resource': incoming.url === '/graphql' ? 'graphql' : 'core',
  }
  outgoing.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...limit, ...answer.headers })
  outgoing.end(answer.body === undefined ? undefined : JSON.stringify(answer.body))
}
