import { answerAppRoute } from './app-routes.ts'
import { BOT, BOT_TOKEN, type Token } from './fake-github.ts'
import { fileAnswers, treeAnswer } from './git-answers.ts'
import { gitOrNull } from './graphql.ts'
import type { WireRequest } from './openapi.ts'
import type { CheckRunState, GitHubState } from './state.ts'

export interface RestAnswer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface RestContext {
  readonly state: GitHubState
  readonly request: WireRequest
  readonly token: Token | null
  readonly patchLines: number
  /** Signed by the App itself, not with a token. */
  readonly isApp: boolean
}

type Handler = (context: RestContext, ...parts: readonly string[]) => RestAnswer

const NOT_FOUND: RestAnswer = { status: 404, body: { message: 'Not Found' } }
const FORBIDDEN: RestAnswer = { status: 403, body: { message: 'Resource not accessible by integration' } }

const ROUTES: readonly (readonly [RegExp, Handler])[] = [
  [/^GET \/users\/airworthy\[bot\]$/, () => ({ status: 200, body: { id: BOT.id, login: BOT.login } })],
  [/^GET \/installation\/repositories$/, repositories],
  [/^GET \/repos\/[^/]+\/[^/]+\/compare\/([0-9a-f]+)\.\.\.([0-9a-f]+)$/, compare],
  [/^GET \/repos\/[^/]+\/[^/]+\/pulls\/(\d+)\/files$/, pullFiles],
  [/^GET \/repos\/[^/]+\/[^/]+\/git\/trees\/([0-9a-f]+)$/, tree],
  [/^GET \/repos\/[^/]+\/[^/]+\/git\/blobs\/([0-9a-f]+)$/, blob],
  [/^GET \/repos\/[^/]+\/[^/]+\/contents\/(.+)$/, contents],
  [/^POST \/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/, createComment],
  [/^PATCH \/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/, updateComment],
  [/^DELETE \/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/, deleteComment],
  [/^POST \/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/labels$/, addLabels],
  [/^DELETE \/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/labels\/(.+)$/, removeLabel],
  [/^POST \/repos\/[^/]+\/[^/]+\/check-runs$/, createCheckRun],
  [/^PATCH \/repos\/[^/]+\/[^/]+\/check-runs\/(\d+)$/, updateCheckRun],
]

export function answerRest(context: RestContext): RestAnswer {
  const { request, state, token } = context
  const own = context.isApp ? answerAppRoute(context, BOT_TOKEN) : null
  if (own) return own
  if (!token) return { status: 401, body: { message: 'Bad credentials' } }
  if (request.path.startsWith('/repos/') && !request.path.startsWith(`/repos/${state.owner}/${state.name}/`))
    return NOT_FOUND
  if (request.method !== 'GET' && !token.mayWrite) return FORBIDDEN
  for (const [pattern, handler] of ROUTES) {
    const match = pattern.exec(`${request.method} ${decodeURIComponent(request.path)}`)
    if (match) return handler(context, ...match.slice(1))
  }
  throw new Error(`the fake does not know ${request.method} ${request.path}`)
}

function repositories({ state }: RestContext): RestAnswer {
  const { owner: login, name } = state
  return { status: 200, body: { total_count: 1, repositories: [{ name, owner: { login }, archived: false }] } }
}

/** GitHub lists 300 files, on the first page of a comparison only. */
function compare({ state, patchLines }: RestContext, base = '', head = ''): RestAnswer {
  const mergeBase = gitOrNull(state.git, 'merge-base', base, head)?.toString().trim()
  if (mergeBase === undefined)
    return { status: 404, body: { message: `No common ancestor between ${base} and ${head}.` } }
  const files = fileAnswers(state.git, mergeBase, head, { changedLines: patchLines }).slice(0, 300)
  return { status: 200, body: { merge_base_commit: { sha: mergeBase }, files } }
}

function pullFiles({ state, request, patchLines }: RestContext, number = ''): RestAnswer {
  const pull = state.pulls.get(Number(number))
  if (!pull) return NOT_FOUND
  const mergeBase = gitOrNull(state.git, 'merge-base', pull.base, pull.head)?.toString().trim() ?? ''
  const files = fileAnswers(state.git, mergeBase, pull.head, { changedLines: patchLines }).slice(0, 3000)
  const size = Number(request.query.get('per_page') ?? 30)
  const page = Number(request.query.get('page') ?? 1)
  const more = page * size < files.length
  const link = `<http://x${request.path}?per_page=${size}&page=${page + 1}>; rel="next"`
  return { status: 200, body: files.slice((page - 1) * size, page * size), headers: more ? { link } : {} }
}

function tree({ state }: RestContext, commit = ''): RestAnswer {
  return { status: 200, body: { sha: commit, tree: treeAnswer(state.git, commit), truncated: false } }
}

function blob({ state }: RestContext, id = ''): RestAnswer {
  const bytes = gitOrNull(state.git, 'cat-file', 'blob', id)
  if (!bytes) return NOT_FOUND
  return { status: 200, body: { sha: id, size: bytes.length, encoding: 'base64', content: bytes.toString('base64') } }
}

function contents({ state, request }: RestContext, path = ''): RestAnswer {
  const bytes = gitOrNull(state.git, 'cat-file', 'blob', `${request.query.get('ref')}:${path}`)
  if (!bytes) return NOT_FOUND
  return {
    status: 200,
    body: { type: 'file', path, size: bytes.length, encoding: 'base64', content: bytes.toString('base64') },
  }
}

/** The measured limit of a comment. Bytes. */
const COMMENT_LIMIT = 262_144

function createComment({ state, request, token }: RestContext, number = ''): RestAnswer {
  const { body } = Object(request.body)
  if (!token) return FORBIDDEN
  if (Buffer.byteLength(body) > COMMENT_LIMIT)
    return { status: 422, body: { message: 'Body is too long (maximum is 65536 characters)' } }
  const comment = { id: state.nextId(), issue: Number(number), author: token.account, body }
  state.comments.push(comment)
  return { status: 201, body: { id: comment.id, body } }
}

function updateComment({ state, request }: RestContext, id = ''): RestAnswer {
  const at = state.comments.findIndex((comment) => comment.id === Number(id))
  const comment = state.comments[at]
  if (!comment) return NOT_FOUND
  state.comments[at] = { ...comment, body: Object(request.body).body }
  return { status: 200, body: { id: comment.id } }
}

function deleteComment({ state }: RestContext, id = ''): RestAnswer {
  const at = state.comments.findIndex((comment) => comment.id === Number(id))
  if (at < 0) return NOT_FOUND
  state.comments.splice(at, 1)
  return { status: 204 }
}

function addLabels({ state, request }: RestContext, number = ''): RestAnswer {
  const labels = [...new Set([...(state.labels.get(Number(number)) ?? []), ...Object(request.body).labels])]
  state.labels.set(Number(number), labels)
  return { status: 200, body: labels.map((name) => ({ name })) }
}

/** Names are the same whatever their case. */
function removeLabel({ state }: RestContext, number = '', name = ''): RestAnswer {
  const had = state.labels.get(Number(number)) ?? []
  const labels = had.filter((label) => label.toLowerCase() !== name.toLowerCase())
  if (labels.length === had.length) return { status: 404, body: { message: 'Label does not exist' } }
  state.labels.set(Number(number), labels)
  return { status: 200, body: labels.map((label) => ({ name: label })) }
}

/** The server counts bytes where the description counts characters. */
const TEXT_LIMIT = 65_535

function outputProblem(output: CheckRunState['output'] | undefined): string | null {
  const long = ['summary', 'text'].find((field) => Buffer.byteLength(String(Object(output)[field] ?? '')) > TEXT_LIMIT)
  return long ? `${long} exceeds a maximum bytesize of 65535` : null
}

function createCheckRun({ state, request, token }: RestContext): RestAnswer {
  const body = Object(request.body)
  const problem =
    outputProblem(body.output) ?? (body.status === 'completed' && !body.conclusion ? 'conclusion is missing' : null)
  if (problem) return { status: 422, body: { message: problem } }
  const { annotations = [], ...output } = body.output ?? {}
  const run: CheckRunState = {
    id: state.nextId(),
    app: token?.app ?? 0,
    name: body.name,
    head_sha: body.head_sha,
    external_id: body.external_id ?? '',
    status: body.conclusion ? 'completed' : (body.status ?? 'queued'),
    conclusion: body.conclusion ?? null,
    started_at: new Date(1_700_000_000_000 + state.checkRuns.length * 1000).toISOString(),
    output,
    annotations,
  }
  state.checkRuns.push(run)
  return { status: 201, body: { id: run.id } }
}

/** Annotations are added to those that are there, never replaced. */
function updateCheckRun({ state, request }: RestContext, id = ''): RestAnswer {
  const at = state.checkRuns.findIndex((run) => run.id === Number(id))
  const run = state.checkRuns[at]
  if (!run) return NOT_FOUND
  const { annotations = [], ...output } = Object(request.body).output ?? {}
  const problem = outputProblem(output)
  if (problem) return { status: 422, body: { message: problem } }
  const { status = run.status, conclusion = run.conclusion } = Object(request.body)
  state.checkRuns[at] = {
    ...run,
    status,
    conclusion,
    output: { ...run.output, ...output },
    annotations: [...run.annotations, ...annotations],
  }
  return { status: 200, body: { id: run.id } }
}
