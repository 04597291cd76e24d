import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

type Files = Readonly<Record<string, string>>

/** Makes a repository with what `main` holds in an empty folder; returns a way to put a branch beside it. */
export function createExampleRepository(
  folder: string,
  message: string,
  files: Files,
): (branch: string, message: string, files: Files) => void {
  git(folder, 'init', '--quiet', '--initial-branch=main')
  commit(folder, message, files)
  return (branch, says, changed) => {
    git(folder, 'checkout', '--quiet', '-b', branch, 'main')
    commit(folder, says, changed)
  }
}

function commit(folder: string, message: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', `--message=${message}`)
}

/** The person's own name, hooks and signing stay out of it. */
function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Amelia', '-c', 'user.email=amelia@example.com']
  const plain = ['-c', 'commit.gpgSign=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.autocrlf=false']
  execFileSync('git', [...identity, ...plain, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
}
