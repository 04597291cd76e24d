import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GitError } from './git-error.ts'
import { bareEnvironment, type GitAnswer, runGit } from './run-git.ts'

/**
 * The objects of a repository seen through a git directory of our own: temporary, bare, without settings, attributes,
 * hooks, remotes or replacements. What git says there depends on the objects alone, and nothing can be fetched.
 */
export interface ObjectView {
  readonly gitDir: string
  /** Objects that we write go here, and never into the repository. */
  readonly objects: string
  readonly env: NodeJS.ProcessEnv
  readonly run: (args: readonly string[], maxBytes?: number) => Promise<GitAnswer>
  readonly remove: () => Promise<void>
}

/** Text beyond the size that we read at all is not compared either. */
const CONFIG = `[core]
\tbare = true
\tbigFileThreshold = 2m
`

/** A process that ends without closing its repositories still takes their folders with it. */
const open = new Set<string>()
process.once('exit', () => {
  for (const folder of open) rmSync(folder, { recursive: true, force: true })
})

export function createObjectView(objectsOfRepository: string, format: string): ObjectView {
  const gitDir = temporaryFolder()
  const objects = join(gitDir, 'objects')
  mkdirSync(join(objects, 'info'), { recursive: true })
  mkdirSync(join(gitDir, 'refs'))
  const isOther = format !== 'sha1'
  writeFileSync(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n')
  writeFileSync(join(objects, 'info', 'alternates'), `${objectsOfRepository}\n`)
  writeFileSync(
    join(gitDir, 'config'),
    `${CONFIG}\trepositoryformatversion = ${isOther ? 1 : 0}\n${isOther ? `[extensions]\n\tobjectFormat = ${format}\n` : ''}`,
  )
  const env = { ...bareEnvironment(gitDir), GIT_DIR: gitDir }
  return {
    gitDir,
    objects,
    env,
    run: (args, maxBytes) => runGit({ args, env, cwd: gitDir, ...(maxBytes === undefined ? {} : { maxBytes }) }),
    remove: async () => {
      await rm(gitDir, { recursive: true, force: true })
      open.delete(gitDir)
    },
  }
}

function temporaryFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'airworthy-'))
    open.add(folder)
    return folder
  } catch (error) {
    throw new GitError(`There is no writable temporary folder (${error}). Name one with TMPDIR.`)
  }
}
