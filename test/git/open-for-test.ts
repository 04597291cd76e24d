import { onTestFinished } from 'vitest'
import type { Change } from '../../src/change/change.ts'
import type { ChangeSource } from '../../src/change/change-source.ts'
import { createGitSource } from '../../src/git/git-source.ts'
import { type GitRepository, openRepository } from '../../src/git/open-repository.ts'
import type { Target } from '../../src/git/resolve-target.ts'

/** Opened until the test is over. */
export async function openForTest(dir: string): Promise<GitRepository> {
  const repository = await openRepository(dir)
  onTestFinished(() => repository.close())
  return repository
}

/** A range as its text, or any other target. */
export async function sourceOf(dir: string, target: string | Target): Promise<ChangeSource> {
  return createGitSource(await openForTest(dir), typeof target === 'string' ? { kind: 'range', range: target } : target)
}

export async function changeOf(dir: string, target: string | Target): Promise<Change> {
  return (await sourceOf(dir, target)).readChange()
}

/** 'renamed old.ts → new.ts +1 -0 executable binary' */
export function show(change: Change): string[] {
  return change.files.map(({ path, status, base, head, additions, deletions, binary }) => {
    const name = base && head && base.path !== head.path ? `${base.path} → ${path}` : path
    const kinds = [...new Set([base?.kind, head?.kind])].filter((kind) => kind !== undefined && kind !== 'file')
    return [status, name, `+${additions} -${deletions}`, ...kinds, ...(binary ? ['binary'] : [])].join(' ')
  })
}

/** What a promise that must fail says. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return `${error instanceof Error ? `${error.constructor.name}: ${error.message}` : error}`
  }
  return 'no refusal'
}
