import { realpathSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { GitError } from './git-error.ts'
import { createTreeLister, type ListTrees } from './list-trees.ts'
import { createObjectReader, type ObjectReader } from './object-reader.ts'
import { createObjectView, type ObjectView } from './object-view.ts'
import { type GitAnswer, gitFailure, QUIET_CONFIG, repositoryEnvironment, runGit } from './run-git.ts'

/** An open repository: a work tree, a folder in one, or bare. It is only read. Close it, or the process stays. */
export interface GitRepository {
  /** The git directory, absolute. */
  readonly gitDir: string
  /** Root of the work tree, absolute; null for a bare repository. */
  readonly workTree: string | null
  /** The index file, absolute; it may not exist. */
  readonly indexFile: string
  readonly isShallow: boolean
  /** Id of the tree without entries, which every repository has. */
  readonly emptyTree: string
  /** Its objects, apart from every setting: for all that must come out the same everywhere. */
  readonly view: ObjectView
  readonly objects: ObjectReader
  readonly listTrees: ListTrees
  /** Runs git with the repository's own settings: for names of revisions, the index and the work tree. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<GitAnswer>
  readonly close: () => Promise<void>
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly input?: Uint8Array
}

const EMPTY_TREES: Readonly<Record<string, string>> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

/** Opens the repository that `dir` is in. Throws a `GitError` when there is none, or git does not trust it. */
export async function openRepository(dir: string): Promise<GitRepository> {
  const folder = realFolder(dir)
  const found = await runGit({
    args: [
      ...QUIET_CONFIG,
      ...['-C', folder, 'rev-parse', '--path-format=absolute', '--git-dir', '--git-path', 'objects'],
      ...[
        '--git-path',
        'index',
        '--is-shallow-repository',
        '--is-inside-work-tree',
        '--show-object-format',
        '--show-cdup',
      ],
    ],
    env: repositoryEnvironment(),
  })
  if (found.code !== 0) throw cannotOpen(dir, found)
  const [gitDir = '', objectsDir = '', indexFile = '', shallow, inWorkTree, format = 'sha1', up = ''] = found.stdout
    .toString('utf8')
    .split('\n')
  if (!isAbsolute(gitDir)) throw new GitError('Git is too old: 2.31 or newer is needed.')
  const workTree = inWorkTree === 'true' ? resolve(folder, up) : null
  const view = createObjectView(objectsDir, format)
  const objects = createObjectReader(view)
  return {
    gitDir,
    workTree,
    indexFile: preparedIndex(gitDir, workTree) ?? indexFile,
    isShallow: shallow === 'true',
    emptyTree: EMPTY_TREES[format] ?? '',
    view,
    objects,
    listTrees: createTreeLister(view),
    run: (args, { env, input } = {}) =>
      runGit({
        args: [...QUIET_CONFIG, ...args],
        env: { ...repositoryEnvironment(), GIT_DIR: gitDir, ...(workTree && { GIT_WORK_TREE: workTree }), ...env },
        cwd: workTree ?? gitDir,
        ...(input && { input }),
      }),
    close: async () => {
      await objects.close()
      await view.remove()
    },
  }
}

/** In a hook of `git commit -a` the index to be committed is another file than the usual one. */
function preparedIndex(gitDir: string, workTree: string | null): string | null {
  const named = process.env.GIT_INDEX_FILE
  if (!named || workTree === null) return null
  const file = resolve(workTree, named)
  return file.startsWith(`${gitDir}/`) ? file : null
}

function cannotOpen(dir: string, answer: GitAnswer): GitError {
  const { stderr } = answer
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    const owned = /at '([^'\n]+)'/.exec(stderr)?.[1] ?? resolve(dir)
    return new GitError(
      `Git does not trust ${owned}, because another user owns it. If you do, run: git config --global --add safe.directory ${owned}`,
    )
  }
  if (/cannot change to/.test(stderr)) return noFolder(dir)
  if (/not a git repository/.test(stderr)) {
    return new GitError(`${dir} is not in a git repository. Run this in one, or name one with --repo.`)
  }
  return gitFailure(`open ${dir}`, answer)
}

/** Not in the background: git shall start before anything else takes its turn. */
function realFolder(dir: string): string {
  try {
    return realpathSync(dir)
  } catch {
    throw noFolder(dir)
  }
}

function noFolder(dir: string): GitError {
  return new GitError(`There is no folder ${dir} that can be read. Name a repository with --repo.`)
}
