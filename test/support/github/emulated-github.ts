import { createServer, type IncomingMessage } from 'node:http'
import { createEmulator } from 'emulate'
import { afterEach } from 'vitest'
import * as z from 'zod'
import type { TestRepository } from '../git-repository.ts'
import { INSTALLATION } from './app-routes.ts'
import { APP_ID, BOT } from './fake-github.ts'
import { freePort } from './free-port.ts'
import { answerGraph } from './graphql.ts'
import { createGitHubState, type GitHubState } from './state.ts'

const ALICE = 'tok_alice'

const Created = z.object({ sha: z.string() })
const Comments = z.array(z.object({ id: z.number(), body: z.string(), user: z.object({ login: z.string() }) }))
const Runs = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      head_sha: z.string(),
      external_id: z.string().nullish(),
      status: z.string(),
      conclusion: z.string().nullable(),
    }),
  ),
})

export interface EmulatedGitHub {
  readonly url: string
  /** PEM of the App, as the emulator made it. It verifies what is signed with it. */
  readonly privateKey: string
  /** Pushes a branch with all its commits; returns the head, which is the same as in git. */
  readonly push: (branch: string) => Promise<string>
  readonly openPull: (number: number, branch: string) => Promise<void>
  readonly comments: (number: number) => Promise<z.infer<typeof Comments>>
  readonly checkRuns: (sha: string) => Promise<z.infer<typeof Runs>['check_runs']>
}

const running: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of running.splice(0)) await close()
})

/**
 * The npm emulator of GitHub, a stranger to us: its own App authentication, git objects, comparisons, comments and check
 * runs. It lacks GraphQL and the bot's account, and its pull requests do not follow pushes; a thin overlay answers those.
 */
export async function startEmulatedGitHub(git: TestRepository): Promise<EmulatedGitHub> {
  const pulls = new Map<number, string>()
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      (error) => response.writeHead(599).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  running.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const emulator = await createEmulator({
    service: 'github',
    port: await freePort(),
    hostname: '127.0.0.1',
    seed: SEED,
  })
  running.push(() => emulator.close())

  async function answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: string }> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    if (request.url === '/graphql') {
      const { problems, answer: data } = await answerGraph(await stateNow(), BOT, JSON.parse(body))
      if (problems.length > 0) throw new Error(problems.join())
      return { status: 200, body: JSON.stringify(data) }
    }
    if (request.url === `/users/${encodeURIComponent(BOT.login)}`) return { status: 200, body: JSON.stringify(BOT) }
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers
    const init = {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': type },
      ...(body === '' ? {} : { body }),
    }
    const response = await fetch(`${emulator.url}${request.url}`, init)
    return { status: response.status, body: await response.text() }
  }

  async function api(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { authorization: `token ${ALICE}`, 'content-type': 'application/json' }
    const response = await fetch(`${emulator.url}/repos/acme/web${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  const comments = async (number: number) => Comments.parse(await api('GET', `/issues/${number}/comments?per_page=100`))
  const checkRuns = async (sha: string) => Runs.parse(await api('GET', `/commits/${sha}/check-runs`)).check_runs

  /** What the emulator knows, in the form that our GraphQL answers from. */
  async function stateNow(): Promise<GitHubState> {
    const state = createGitHubState(git)
    for (const [number, branch] of pulls) {
      const head = git.git('rev-parse', branch)
      state.pulls.set(number, { number, title: 'Change', author: 'alice', base: 'main', head, open: true })
      for (const { id, body, user } of await comments(number)) {
        state.comments.push({
          id,
          issue: number,
          author: user.login === BOT.login ? BOT : { id: 1, login: user.login, type: 'User' },
          body,
        })
      }
      for (const run of await checkRuns(head)) {
        state.checkRuns.push({
          ...run,
          app: APP_ID,
          external_id: run.external_id ?? '',
          started_at: '',
          output: { title: '', summary: '' },
          annotations: [],
        })
      }
    }
    return state
  }

  async function pushCommit(commit: string): Promise<string> {
    const [name = '', email = '', date = '', message = '', ...parents] = git
      .git('log', '-1', '--format=%an%n%ae%n%aI%n%s%n%P', commit)
      .split(/\n| (?=[0-9a-f]{40})/)
    const paths = git.git('ls-tree', '-r', '-z', '--name-only', commit).split('\0').filter(Boolean)
    const tree = paths.map((path) => ({
      path,
      mode: '100644',
      type: 'blob',
      content: `${git.git('show', `${commit}:${path}`)}\n`,
    }))
    const { sha } = Created.parse(await api('POST', '/git/trees', { tree }))
    const person = { name, email, date }
    return Created.parse(
      await api('POST', '/git/commits', {
        message,
        tree: sha,
        parents: parents.filter(Boolean),
        author: person,
        committer: person,
      }),
    ).sha
  }

  return {
    url,
    privateKey: emulator.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key')?.value ?? '',
    push: async (branch) => {
      let head = ''
      for (const commit of git.git('rev-list', '--reverse', branch).split('\n')) head = await pushCommit(commit)
      const ref = { sha: head, force: true }
      await api('PATCH', `/git/refs/heads/${branch}`, ref).catch(() =>
        api('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: head }),
      )
      return head
    },
    openPull: async (number, branch) => {
      await api('POST', '/pulls', { title: 'Change', head: branch, base: 'main' })
      pulls.set(number, branch)
    },
    comments,
    checkRuns,
  }
}

const SEED = {
  tokens: { [ALICE]: { login: 'alice', scopes: ['repo'] } },
  github: {
    users: [{ login: 'alice' }],
    orgs: [{ login: 'acme', members: [{ login: 'alice', role: 'admin' }] }],
    repos: [{ owner: 'acme', name: 'web', auto_init: true }],
    apps: [
      {
        app_id: APP_ID,
        slug: 'airworthy',
        name: 'Airworthy',
        permissions: { checks: 'write', contents: 'read', issues: 'read', pull_requests: 'write' },
        events: [],
        installations: [{ installation_id: INSTALLATION, account: 'acme' }],
      },
    ],
  },
}
