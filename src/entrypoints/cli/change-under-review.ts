import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { ChangeSource } from '../../change/change-source.ts'
import { createDiffSource } from '../../git/diff-source.ts'
import { GitError } from '../../git/git-error.ts'
import { createGitSource } from '../../git/git-source.ts'
import { type GitRepository, openRepository } from '../../git/open-repository.ts'
import type { ChangeRequest } from './change-request.ts'
import { Refusal, systemReason } from './refusal.ts'

/** A change that can be read until it is closed. */
export interface OpenChange {
  readonly source: ChangeSource
  readonly close: () => Promise<void>
}

/** @param folder the repository as it was named; null for the one around us */
export async function openChange(folder: string | null, request: ChangeRequest): Promise<OpenChange> {
  if (request.kind === 'diff') return openDiff(folder, await readDiff(request.file))
  const repository = await openRepository(folder ?? '.')
  return { source: createGitSource(repository, request), close: repository.close }
}

/** A diff can be reviewed alone; with the repository it was made in, more of it can be known. */
async function openDiff(folder: string | null, diff: string): Promise<OpenChange> {
  const repository = folder === null ? await openAround() : await openRepository(folder)
  return { source: createDiffSource(diff, repository), close: repository?.close ?? (async () => {}) }
}

async function openAround(): Promise<GitRepository | null> {
  try {
    return await openRepository('.')
  } catch (error) {
    if (error instanceof GitError) return null
    throw error
  }
}

async function readDiff(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refusal(`Cannot read the diff ${file}: ${systemReason(error)}.`)
  }
}
