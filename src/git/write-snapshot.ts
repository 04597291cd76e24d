import { copyFile, lstat, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_BLOB_BYTES } from '../change/blob.ts'
import type { Note } from '../change/change.ts'
import { GitError } from './git-error.ts'
import type { GitRepository } from './open-repository.ts'
import { gitFailure } from './run-git.ts'

/** A tree of what is not committed yet. Its id and those of its blobs are the ones a commit would give. */
export interface Snapshot {
  readonly tree: string
  readonly notes: readonly Note[]
}

/** The index as a tree. The repository gets no new object, and its index is not touched. */
export async function writeIndexTree(repository: GitRepository): Promise<Snapshot> {
  refuseBare(repository, 'index')
  return { tree: await writeTree(repository, await copyIndex(repository)), notes: [] }
}

/** A bare repository has neither, and "nothing is there" would read as "all was deleted". */
function refuseBare(repository: GitRepository, lacks: 'index' | 'work tree'): string {
  if (repository.workTree !== null) return repository.workTree
  throw new GitError(`This is a bare repository, which has no ${lacks}. Name a range like BASE...HEAD.`)
}

/** The work tree as a tree: what is tracked as it lies there, and what is neither tracked nor ignored. */
export async function writeWorkTree(repository: GitRepository): Promise<Snapshot> {
  const workTree = refuseBare(repository, 'work tree')
  const env = await copyIndex(repository)
  const listed = await repository.run(['ls-files', '-t', '-z', '--modified', '--others', '--exclude-standard'], { env })
  if (listed.code !== 0) throw gitFailure('list the work tree', listed)
  // Names are bytes: as Latin-1 each stays what it is.
  const records = listed.stdout
    .toString('latin1')
    .split('\0')
    .filter((record) => record !== '')
  const tracked = records.filter((record) => !record.startsWith('? ')).map((record) => record.slice(2))
  const untracked = await sortOut(
    workTree,
    records.filter((record) => record.startsWith('? ')).map((record) => record.slice(2)),
  )
  const input = Buffer.from(
    [...new Set([...tracked, ...untracked.paths])].map((path) => `${path}\0`).join(''),
    'latin1',
  )
  const updated = await repository.run(['update-index', '-z', '--add', '--remove', '--replace', '--stdin'], {
    env,
    input,
  })
  if (updated.code !== 0) throw gitFailure('read the work tree', updated)
  return { tree: await writeTree(repository, env), notes: untracked.notes }
}

/** Large files that nobody has added yet (a download, a dump) are not worth a copy; a repository within is one file to git. */
async function sortOut(
  root: string,
  paths: readonly string[],
): Promise<{ readonly paths: readonly string[]; readonly notes: readonly Note[] }> {
  const why = await Promise.all(paths.map((path) => whyNot(root, path)))
  return {
    paths: paths.filter((_path, at) => why[at] === null),
    notes: paths.flatMap((name, at) => {
      const path = Buffer.from(name, 'latin1').toString('utf8')
      return why[at] == null ? [] : [{ kind: 'untracked-not-read', path, says: `Not looked at: ${why[at]}` }]
    }),
  }
}

async function whyNot(root: string, path: string): Promise<string | null> {
  if (path.endsWith('/')) return 'an untracked repository in this one'
  const stats = await lstat(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')])).catch(() => null)
  return stats !== null && stats.size > MAX_BLOB_BYTES ? 'an untracked file larger than 2 MiB' : null
}

/** Git would write into the index to remember what it found; it gets a copy, and a place of ours for new objects. */
async function copyIndex({ indexFile, view }: GitRepository): Promise<NodeJS.ProcessEnv> {
  const copy = join(await mkdtemp(join(view.gitDir, 'index-')), 'index')
  await copyFile(indexFile, copy).catch((error: unknown) => {
    // Before anything was added there is no index.
    if (!isNotThere(error)) throw new GitError(`The index ${indexFile} cannot be read: ${error}`)
  })
  return { GIT_INDEX_FILE: copy, GIT_OBJECT_DIRECTORY: view.objects }
}

async function writeTree(repository: GitRepository, env: NodeJS.ProcessEnv): Promise<string> {
  const answer = await repository.run(['write-tree', '--missing-ok'], { env })
  if (answer.code === 0) return answer.stdout.toString('latin1').trim()
  const conflict = /^(.+): unmerged \(/m.exec(answer.stderr)?.[1]
  if (conflict !== undefined) {
    throw new GitError(`The index holds a conflict in ${conflict}. Resolve it and \`git add\` it, then review again.`)
  }
  throw gitFailure('read the index', answer)
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
