import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What a path shall be: text, bytes, a link, a script, or null to remove it. */
export type FileContent = string | Uint8Array | SpecialFile | null

interface SpecialFile {
  readonly kind: 'executable' | 'symlink'
  readonly text: string
}

/** A temporary repository with real git in it. Same calls, same commit ids: author and dates are fixed. */
export interface TestRepository {
  readonly dir: string
  /** Runs git in it and returns what it prints, without the last line feed. */
  readonly git: (...args: readonly string[]) => string
  /** Like `git`, with standard input. */
  readonly gitWithInput: (input: string | Uint8Array, ...args: readonly string[]) => string
  /** Writes the work tree only. */
  readonly write: (files: Readonly<Record<string, FileContent>>) => void
  readonly read: (path: string) => string
  /** Writes, adds everything and commits; returns the commit id. */
  readonly commit: (message: string, files?: Readonly<Record<string, FileContent>>) => string
  /** Creates a branch at a revision (HEAD if none is named) and checks it out. */
  readonly branch: (name: string, at?: string) => void
  readonly checkout: (revision: string) => void
  /** Merges with a merge commit and returns its id. */
  readonly merge: (revision: string) => string
  /** Clones it over the file protocol, so that `--depth` and `--filter` hold: `clone('--bare')`. */
  readonly clone: (...options: readonly string[]) => TestRepository
}

export function executable(text: string): FileContent {
  return { kind: 'executable', text }
}

export function symlinkTo(target: string): FileContent {
  return { kind: 'symlink', text: target }
}

const folders: string[] = []
function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}
// A vitest worker is ended without its exit event; a script outside vitest has no afterAll.
if (process.env.VITEST) (await import('vitest')).afterAll(removeFolders)
else process.once('exit', removeFolders)

/** An empty temporary folder; it goes away after the test file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'airworthy-test-')))
  folders.push(folder)
  return folder
}

/** A new repository on branch `main`. With `files`, its first commit is made: `createGitRepository({ 'a.ts': 'x\n' })`. */
export function createGitRepository(
  files?: Readonly<Record<string, FileContent>>,
  format: 'sha1' | 'sha256' = 'sha1',
): TestRepository {
  const repository = repositoryAt(temporaryFolder())
  repository.git('init', '--quiet', '--initial-branch=main', `--object-format=${format}`)
  // Partial clones of it must work over the file protocol.
  repository.git('config', 'uploadpack.allowFilter', 'true')
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  if (files) repository.commit('First commit', files)
  return repository
}

const FIRST_COMMIT_SECONDS = 1_700_000_000

function repositoryAt(dir: string): TestRepository {
  let commits = 0

  function gitWithInput(input: string | Uint8Array, ...args: readonly string[]): string {
    const date = `${FIRST_COMMIT_SECONDS + commits * 60} +0000`
    const stdout = execFileSync('git', [...args], { cwd: dir, input, env: environment(date), maxBuffer: 2 ** 28 })
    return stdout.toString('utf8').replace(/\n$/, '')
  }
  function git(...args: readonly string[]): string {
    return gitWithInput('', ...args)
  }
  function write(files: Readonly<Record<string, FileContent>>): void {
    for (const [path, content] of Object.entries(files)) writeContent(join(dir, path), content)
  }
  return {
    dir,
    git,
    gitWithInput,
    write,
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    commit(message, files = {}) {
      write(files)
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', `--message=${message}`)
      commits++
      return git('rev-parse', 'HEAD')
    },
    branch(name, at = 'HEAD') {
      git('checkout', '--quiet', '-b', name, at)
    },
    checkout(revision) {
      git('checkout', '--quiet', revision)
    },
    merge(revision) {
      git('merge', '--quiet', '--no-ff', `--message=Merge ${revision}`, revision)
      commits++
      return git('rev-parse', 'HEAD')
    },
    clone(...options) {
      const copy = temporaryFolder()
      git('clone', '--quiet', ...options, `file://${dir}`, copy)
      return repositoryAt(copy)
    },
  }
}

function writeContent(file: string, content: FileContent): void {
  rmSync(file, { recursive: true, force: true })
  if (content === null) return
  mkdirSync(dirname(file), { recursive: true })
  if (typeof content === 'string' || content instanceof Uint8Array) {
    writeFileSync(file, content)
  } else if (content.kind === 'symlink') {
    symlinkSync(content.text, file)
  } else {
    writeFileSync(file, content.text)
    chmodSync(file, 0o755)
  }
}

/** Nothing of the person's or the machine's git settings gets in. */
function environment(date: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Amelia',
    GIT_AUTHOR_EMAIL: 'amelia@example.com',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'Amelia',
    GIT_COMMITTER_EMAIL: 'amelia@example.com',
    GIT_COMMITTER_DATE: date,
  }
}
