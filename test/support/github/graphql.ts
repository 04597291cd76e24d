import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schema as github } from '@octokit/graphql-schema'
import { buildSchema, execute, type GraphQLError, parse, validate } from 'graphql'
import type { TestRepository } from '../git-repository.ts'
import { fileAnswers } from './git-answers.ts'
import type { Account, GitHubState, PullState } from './state.ts'

const schema = buildSchema(github.idl, { assumeValid: true, assumeValidSDL: true, noLocation: true })

export interface GraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/** Checks a query against GitHub's schema and answers it from the state. Problems are faults of the query, not of the data. */
export async function answerGraph(state: GitHubState, viewer: Account, { query, variables = {} }: GraphRequest) {
  const document = parse(query)
  const problems = validate(schema, document).map(({ message }) => `graphql: ${message}`)
  if (problems.length) return { problems, answer: { errors: problems.map((message) => ({ message })) } }
  const rootValue = {
    viewer: { login: viewer.login, databaseId: viewer.id },
    repository: ({ owner, name }: { owner: string; name: string }) => repository(state, owner, name),
  }
  const { data, errors } = await execute({ schema, document, rootValue, variableValues: variables })
  return { problems: [], answer: { data, ...(errors ? { errors: errors.map(asGitHub) } : {}) } }
}

/** graphql-js puts the type GitHub gives at the top into the extensions. */
function asGitHub({ message, path, extensions }: GraphQLError) {
  return { message, path, type: extensions.type }
}

interface PageOf {
  readonly first: number
  readonly after?: string | null
  readonly baseRefName?: string | null
}

function repository(state: GitHubState, owner: string, name: string) {
  const found = state.repository(owner, name)
  if (!found) return null
  return {
    object: ({ oid, expression }: { oid?: string; expression?: string }) => gitObject(found, oid ?? expression ?? ''),
    pullRequest: ({ number }: { number: number }) => {
      const pull = state.pulls.get(number)
      return pull ? pullRequest(state, found, pull) : null
    },
    pullRequests: ({ first, after, baseRefName }: PageOf) => {
      const all = [...state.pulls.values()].filter(({ open, base }) => open && base === (baseRefName ?? base))
      const from = Number(after ?? 0)
      return {
        nodes: all.slice(from, from + first).map((pull) => pullRequest(state, found, pull)),
        pageInfo: { hasNextPage: from + first < all.length, endCursor: String(from + first) },
      }
    },
  }
}

function gitObject(repository: TestRepository, revision: string) {
  const type = gitOrNull(repository, 'cat-file', '-t', revision)?.toString().trim()
  if (type === undefined) return null
  const oid = gitOrNull(repository, 'rev-parse', revision)?.toString().trim() ?? ''
  if (type === 'blob') return { __typename: 'Blob', oid, ...blob(repository, oid) }
  if (type === 'tree') return { __typename: 'Tree', oid, entries: () => entries(repository, oid) }
  return {
    __typename: 'Commit',
    oid,
    committedDate: committedDate(repository, oid),
    file: ({ path }: { path: string }) => treeEntry(repository, oid, path),
  }
}

function committedDate(repository: TestRepository, commit: string): string | undefined {
  return gitOrNull(repository, 'show', '--no-patch', '--format=%cI', commit)?.toString().trim()
}

/** The measured limit of `text`. */
const TEXT_LIMIT = 512_000

function blob(repository: TestRepository, oid: string) {
  const bytes = gitOrNull(repository, 'cat-file', 'blob', oid) ?? Buffer.alloc(0)
  const isBinary = bytes.subarray(0, 8000).includes(0)
  const text = isBinary ? null : bytes.subarray(0, TEXT_LIMIT).toString('utf8')
  return { byteSize: bytes.length, isBinary, isTruncated: !isBinary && bytes.length > TEXT_LIMIT, text }
}

function entries(repository: TestRepository, tree: string) {
  const listed = gitOrNull(repository, 'ls-tree', '-z', tree)?.toString() ?? ''
  return listed
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t')
      const [meta, name] = [line.slice(0, tab), line.slice(tab + 1)]
      const [mode = '', type, oid] = meta.split(' ')
      return { name, mode: Number.parseInt(mode, 8), type, oid }
    })
}

function treeEntry(repository: TestRepository, commit: string, path: string) {
  const object = gitObject(repository, `${commit}:${path}`)
  return object && { name: path.split('/').at(-1), oid: object.oid, object }
}

const known = new Map<string, Buffer>()

/** What git prints, or null when it fails. Answers about full ids are remembered. */
export function gitOrNull({ dir }: TestRepository, ...args: readonly string[]): Buffer | null {
  const fixed = args.slice(1).every((arg) => arg.startsWith('-') || /^(blob|tree|[0-9a-f]{40}(:.*)?)$/.test(arg))
  const key = JSON.stringify([dir, ...args])
  const value = known.get(key) ?? run(dir, args)
  if (fixed && value) known.set(key, value)
  return value
}

function run(cwd: string, args: readonly string[]): Buffer | null {
  try {
    return execFileSync('git', [...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 })
  } catch {
    return null
  }
}

function pullRequest(state: GitHubState, repository: TestRepository, pull: PullState) {
  const tip = tipOf(repository, pull.base)
  return {
    number: pull.number,
    title: pull.title,
    body: '',
    state: pull.open ? 'OPEN' : 'CLOSED',
    changedFiles: () => countFiles(repository, tip ?? pull.head, pull.head),
    author: { __typename: 'User', login: pull.author },
    baseRefName: pull.base,
    baseRef: tip === undefined ? null : { target: gitObject(repository, tip) },
    headRefOid: pull.head,
    comments: ({ first, after }: { first: number; after?: string | null }) =>
      comments(state, pull.number, first, Number(after ?? 0)),
    labels: { nodes: (state.labels.get(pull.number) ?? []).map((name) => ({ name })) },
    commits: {
      nodes: [
        {
          commit: {
            oid: pull.head,
            committedDate: committedDate(repository, pull.head),
            checkSuites: (filter: SuiteFilter) => checkSuites(state, pull.head, filter),
          },
        },
      ],
    },
  }
}

/** Read from the file where git keeps it: a process for each question would be most of a storm's time. */
function tipOf(repository: TestRepository, branch: string): string | undefined {
  const file = join(repository.dir, '.git', 'refs', 'heads', branch)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  return gitOrNull(repository, 'rev-parse', `refs/heads/${branch}`)?.toString().trim()
}

function countFiles(repository: TestRepository, base: string, head: string): number {
  const from = gitOrNull(repository, 'merge-base', base, head)?.toString().trim() ?? base
  return fileAnswers(repository, from, head, { changedLines: 3000 }).length
}

function comments(state: GitHubState, number: number, first: number, after: number) {
  const all = state.comments.filter((comment) => comment.issue === number)
  const page = all.slice(after, after + first)
  return {
    nodes: page.map(({ id, body, author }) => ({
      fullDatabaseId: String(id),
      body,
      // GraphQL has the login of a bot without its suffix.
      author: { __typename: author.type, login: author.login.replace('[bot]', ''), databaseId: author.id },
    })),
    pageInfo: { hasNextPage: after + first < all.length, endCursor: String(after + first) },
  }
}

interface SuiteFilter {
  readonly filterBy: { readonly appId?: number | null; readonly checkName?: string }
}

function checkSuites(state: GitHubState, sha: string, { filterBy }: SuiteFilter) {
  const runs = state.checkRuns.filter(
    (run) => run.head_sha === sha && run.name === filterBy.checkName && (filterBy.appId ?? run.app) === run.app,
  )
  const nodes = runs.map((run) => ({
    externalId: run.external_id,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: run.started_at,
  }))
  return { nodes: nodes.length ? [{ checkRuns: { nodes } }] : [] }
}
