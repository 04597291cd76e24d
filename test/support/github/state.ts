import type { TestRepository } from '../git-repository.ts'
import type { DeliveryState } from './app-routes.ts'

export interface Account {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Bot'
}

export interface PullState {
  readonly number: number
  readonly title: string
  readonly author: string
  readonly base: string
  readonly head: string
  readonly open: boolean
}

export interface CommentState {
  readonly id: number
  readonly issue: number
  readonly author: Account
  readonly body: string
}

export interface CheckRunState {
  readonly id: number
  readonly app: number
  readonly name: string
  readonly head_sha: string
  readonly external_id: string
  readonly status: string
  readonly conclusion: string | null
  readonly started_at: string
  readonly output: { readonly title: string; readonly summary: string; readonly text?: string }
  readonly annotations: readonly object[]
}

/** All that the fake GitHub knows. One repository, backed by real git; its data stays in plain maps and lists. */
export interface GitHubState {
  readonly owner: string
  readonly name: string
  readonly git: TestRepository
  readonly repository: (owner: string, name: string) => TestRepository | null
  readonly pulls: Map<number, PullState>
  readonly comments: CommentState[]
  /** Names of a pull request's labels, by its number. */
  readonly labels: Map<number, string[]>
  readonly checkRuns: CheckRunState[]
  readonly deliveries: DeliveryState[]
  /** Ids of the deliveries that someone asked for again. */
  readonly redelivered: number[]
  /** Numbers of what is created, so that ids are unique and grow. */
  readonly nextId: () => number
}

export function createGitHubState(git: TestRepository, owner = 'acme', name = 'web'): GitHubState {
  // Real ids of comments and check runs do not fit into 32 bits.
  let last = 30_000_000_000
  return {
    owner,
    name,
    git,
    repository: (anOwner, aName) => (anOwner === owner && aName === name ? git : null),
    pulls: new Map(),
    comments: [],
    labels: new Map(),
    checkRuns: [],
    deliveries: [],
    redelivered: [],
    nextId: () => ++last,
  }
}
