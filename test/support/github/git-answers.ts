import type { TestRepository } from '../git-repository.ts'

/** A file as `GET /compare` and `GET /pulls/N/files` list it. */
export interface FileAnswer {
  readonly sha: string
  readonly filename: string
  readonly status: string
  readonly additions: number
  readonly deletions: number
  readonly changes: number
  readonly patch?: string
  readonly previous_filename?: string
}

export interface PatchLimits {
  /** GitHub leaves out the patch of a file with more changed lines; where the limit is, it does not say. */
  readonly changedLines: number
}

/** What hangs on commit ids alone never changes: a storm of reviews asks git once. */
function remembered<A extends readonly unknown[], R>(answer: (repository: TestRepository, ...args: A) => R) {
  const known = new Map<string, R>()
  return (repository: TestRepository, ...args: A): R => {
    const key = JSON.stringify([repository.dir, ...args])
    const value = known.get(key) ?? answer(repository, ...args)
    known.set(key, value)
    return value
  }
}

const STATUS: Readonly<Record<string, string>> = { A: 'added', M: 'modified', D: 'removed', R: 'renamed', T: 'changed' }

/** The files between two commits with GitHub's words for them. Real git does the comparing. */
export const fileAnswers = remembered(listFiles)

function listFiles({ git }: TestRepository, from: string, to: string, limits: PatchLimits): readonly FileAnswer[] {
  const options = ['-M', '--no-ext-diff', '--no-textconv', '--src-prefix=a/', '--dst-prefix=b/', from, to]
  const raw = git('diff', '--raw', '-z', '--no-abbrev', ...options)
    .split('\0')
    .filter((part) => part !== '')
  const patches = patchByFile(git('diff', '--patch', '--full-index', ...options))
  const files: FileAnswer[] = []
  for (let at = 0, nth = 0; at < raw.length; nth++) {
    const [, , before, after, letters = ''] = (raw[at++] ?? '').split(' ')
    const letter = letters[0] ?? ''
    const first = raw[at++] ?? ''
    const renamed = letter === 'R'
    const filename = renamed ? (raw[at++] ?? '') : first
    // A change of type is two patches: the old file goes, the new one comes.
    const patch = letter === 'T' ? `${patches[nth]}\n${patches[++nth - 0]}` : patches[nth]
    files.push(
      answer(
        {
          filename,
          status: STATUS[letter] ?? 'changed',
          sha: (letter === 'D' ? before : after) ?? '',
          patch: patch ?? '',
          previous: renamed ? first : null,
        },
        limits,
      ),
    )
  }
  return files
}

interface Parts {
  readonly filename: string
  readonly status: string
  readonly sha: string
  readonly patch: string
  readonly previous: string | null
}

function answer({ filename, status, sha, patch, previous }: Parts, limits: PatchLimits): FileAnswer {
  const hunks = patch.startsWith('@@')
    ? patch
    : patch
        .split(/\n(?=@@ )/)
        .slice(1)
        .join('\n')
  const additions = count(hunks, '+')
  const deletions = count(hunks, '-')
  const changes = additions + deletions
  return {
    sha,
    filename,
    status,
    additions,
    deletions,
    changes,
    ...(hunks !== '' && changes <= limits.changedLines ? { patch: hunks } : {}),
    ...(previous === null ? {} : { previous_filename: previous }),
  }
}

function count(hunks: string, sign: string): number {
  return hunks.split('\n').filter((line) => line.startsWith(sign)).length
}

/** Patches in the order of the raw list. Content lines start with a space, a sign or a backslash, so headers are safe to split at. */
function patchByFile(diff: string): readonly string[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter((part) => part !== '')
    .map((part) => part.replace(/\n$/, ''))
}

/** The entries of `GET /git/trees/SHA?recursive=1`. */
export const treeAnswer = remembered(listTree)

function listTree({ git }: TestRepository, commit: string) {
  const lines = git('ls-tree', '-r', '-t', '-z', '--long', commit)
    .split('\0')
    .filter((line) => line !== '')
  return lines.map((line) => {
    const tab = line.indexOf('\t')
    const [meta, path] = [line.slice(0, tab), line.slice(tab + 1)]
    const [mode = '', type = '', sha = '', size] = meta.split(/ +/)
    return { path, mode, type, sha, ...(type === 'blob' ? { size: Number(size) } : {}) }
  })
}
