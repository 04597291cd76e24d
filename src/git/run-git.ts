import { spawn } from 'node:child_process'
import { GitError } from './git-error.ts'

export interface GitCall {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly input?: Uint8Array
  /** More than so many bytes of output are not read; `isCut` says so. */
  readonly maxBytes?: number
}

export interface GitAnswer {
  /** 0 when git did it. A git that was stopped at `maxBytes` has done it. */
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
  readonly isCut: boolean
}

/** Below what a JavaScript string can hold. */
const MAX_BYTES = 256 * 1024 * 1024

/** Runs git to its end. A git that fails is an answer; a git that cannot be started is a `GitError`. */
export function runGit({ args, env, cwd, input, maxBytes = MAX_BYTES }: GitCall): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    let bytes = 0
    let stderr = ''
    child.on('error', (error) => reject(cannotStart(error)))
    // Git may end before it has read everything; its exit code tells.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < 10_000) stderr += text
    })
    child.stdout.on('data', (chunk: Buffer) => {
      if (bytes <= maxBytes) chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxBytes) child.kill()
    })
    child.on('close', (code) => {
      const isCut = bytes > maxBytes
      resolve({ code: isCut ? 0 : (code ?? 1), stdout: Buffer.concat(chunks).subarray(0, maxBytes), stderr, isCut })
    })
  })
}

export function cannotStart(error: Error): Error {
  return 'code' in error && error.code === 'ENOENT'
    ? new GitError('Git could not be started: it is not installed, not on the PATH, or the folder is gone.')
    : error
}

/** The sentence for a git that failed where it should not: what it was to do, and its own first word on it. */
export function gitFailure(what: string, answer: GitAnswer): GitError {
  const [first = ''] = answer.stderr.split('\n').filter((line) => /^(?:fatal|error): /.test(line))
  return new GitError(`Git could not ${what}: ${first.replace(/^\w+: /, '') || `exit code ${answer.code}`}.`)
}

/** Settings that hold whatever the person or the repository has configured: nothing runs, asks or fetches. */
export const QUIET_CONFIG = [
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'protocol.allow=never', 'core.pager=cat'],
  ...['core.safecrlf=false', 'core.looseCompression=0', 'advice.addEmbeddedRepo=false'],
].flatMap((setting) => ['-c', setting])

const QUIET_ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
}

/** The person's environment, so that `safe.directory` holds, but without what would lead git to another repository. */
export function repositoryEnvironment(): NodeJS.ProcessEnv {
  return { ...inherited(/^GIT_(?!CONFIG|EXEC_PATH$|CEILING_DIRECTORIES$)/), ...QUIET_ENVIRONMENT }
}

/** An environment in which no setting of the person, the machine or a repository holds. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    ...inherited(/^GIT_(?!EXEC_PATH$)/),
    ...QUIET_ENVIRONMENT,
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
  }
}

function inherited(without: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !without.test(name)))
}
