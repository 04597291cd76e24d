import { createAppAuth } from '@octokit/auth-app'
import * as z from 'zod'
import { type ApiCall, createGitHubClient, type GitHubClient } from './github-client.ts'
import type { Identity } from './own-comments.ts'

export interface AppAccessOptions {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  readonly baseUrl: string
  readonly clock: { readonly now: () => number }
  readonly onCall?: (call: ApiCall) => void
  readonly retryBase?: number
  readonly throttle?: boolean
}

/** GitHub as the App itself, and as each of its installations. Tokens are kept in memory, for the hour they live. */
export interface AppAccess {
  readonly app: GitHubClient
  readonly installation: (id: number) => GitHubClient
  /** Who our comments are by. Asked once; only an installation may look up an account. */
  readonly identity: (client: GitHubClient) => Promise<Identity>
}

/** Clients kept; an installation that comes back gets a new one. */
const MOST_CLIENTS = 500

const App = z.object({ slug: z.string() })
const User = z.object({ id: z.number() })

export function createAppAccess({ appId, privateKey, ...options }: AppAccessOptions): AppAccess {
  const clients = new Map<number, GitHubClient>()
  const cache = tokenCache(options.clock)
  const client = (lane: string, installation: object) =>
    createGitHubClient({
      ...options,
      lane,
      auth: { strategy: createAppAuth, options: { appId, privateKey, cache, ...installation } },
    })
  const app = client('app', {})
  let identity: Promise<Identity> | null = null
  return {
    app,
    installation: (id) => {
      const known = clients.get(id) ?? client(`${id}`, { installationId: id })
      clients.delete(id)
      clients.set(id, known)
      for (const oldest of clients.keys()) {
        if (clients.size <= MOST_CLIENTS) break
        clients.delete(oldest)
      }
      return known
    },
    identity: (asking) => {
      const asked = identity ?? readIdentity(app, asking)
      identity = asked
      asked.catch(() => {
        identity = null
      })
      return asked
    },
  }
}

async function readIdentity(app: GitHubClient, asking: GitHubClient): Promise<Identity> {
  const { slug } = App.parse((await app.read.request('GET /app')).data)
  const username = `${slug}[bot]`
  const { id } = User.parse((await asking.read.request('GET /users/{username}', { username })).data)
  return { id, login: slug }
}

/** A minute less than GitHub lets a token live. Milliseconds. */
const TOKEN_LIFE = 59 * 60 * 1000

/** Shared by the clients of one App, so that reads and writes use one token. */
function tokenCache({ now }: AppAccessOptions['clock']) {
  const tokens = new Map<string, { readonly value: string; readonly until: number }>()
  return {
    get: (key: string) => {
      const token = tokens.get(key)
      return token && token.until > now() ? token.value : ''
    },
    set: (key: string, value: string) => {
      for (const [old, { until }] of tokens) if (until <= now()) tokens.delete(old)
      tokens.set(key, { value, until: now() + TOKEN_LIFE })
    },
  }
}
