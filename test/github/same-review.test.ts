import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { ChangeSource } from '../../src/change/change-source.ts'
import { createEngine } from '../../src/entrypoints/engine.ts'
import { createJudge } from '../../src/entrypoints/judge.ts'
import { createGitSource } from '../../src/git/git-source.ts'
import { openRepository } from '../../src/git/open-repository.ts'
import { BlobCache } from '../../src/github/blob-cache.ts'
import { createGitHubChangeSource } from '../../src/github/github-change-source.ts'
import { reviewPullRequest } from '../../src/github/review-pull-request.ts'
import { toJson } from '../../src/report/json.ts'
import { createGitRepository, type TestRepository } from '../support/git-repository.ts'
import { clientOf, fakeGitHub, hostOf, setPull, WEB } from '../support/github/pull-request.ts'

const judge = createJudge(await createEngine())

async function reviewOf(source: ChangeSource): Promise<string> {
  const judgement = await judge(source)
  return judgement.kind === 'review' ? JSON.stringify(toJson(judgement.review), null, 1) : judgement.problems.join('\n')
}

/** This very project, as the checkout has it. */
const dir = fileURLToPath(new URL('../..', import.meta.url))
const run = (...args: readonly string[]) =>
  execFileSync('git', [...args], { cwd: dir, maxBuffer: 2 ** 28 })
    .toString()
    .replace(/\n$/, '')
const isWhole = run('rev-parse', '--is-shallow-repository') === 'false'
const commits = isWhole ? run('log', '--no-merges', '--min-parents=1', '-6', '--format=%H').split('\n') : []

describe('a review is the same, byte for byte, from git and from the API', () => {
  test.skipIf(commits.length === 0)(
    'of this project’s last commits',
    async () => {
      const repository = await openRepository(dir)
      const project: Pick<TestRepository, 'dir' | 'git'> = { dir, git: run }
      const github = await fakeGitHub({ git: { ...createGitRepository(), ...project } })
      try {
        for (const head of commits) {
          const base = run('rev-parse', `${head}^`)
          const here = createGitSource(repository, { kind: 'range', base, head })
          const there = createGitHubChangeSource({
            api: clientOf(github).read,
            repository: WEB,
            base: { ref: base, sha: base },
            head,
            title: null,
            body: '',
            asOf: (await here.readChange()).asOf ?? null,
            pullRequest: null,
            policyFiles: new Map(),
            blobs: new BlobCache(1e7),
            watch: null,
          })
          expect(await reviewOf(there)).toBe(await reviewOf(here))
        }
      } finally {
        await repository.close()
      }
    },
    120_000,
  )
})

test('a change of thirty files with tests to look for costs eight calls, and a push after it seven at most', async () => {
  const numbers = Array.from({ length: 30 }, (_, i) => i)
  const code = (text: string) =>
    Object.fromEntries(
      numbers.map((i) => [
        `src/f${i}.ts`,
        `export function f${i}() {\n  try {\n    return g()\n  } catch (error) {\n    ${text}\n  }\n}\n`,
      ]),
    )
  const tests = Object.fromEntries(
    numbers.map((i) => [`test/f${i}.test.ts`, `import { f${i} } from '../src/f${i}'\ntest('f', () => f${i}())\n`]),
  )
  const git = createGitRepository({ ...code('throw error'), ...tests, '.gitattributes': 'gen/** linguist-generated\n' })
  git.branch('feature')
  git.commit('Change', code('return 0'))
  const github = await fakeGitHub({ git })
  setPull(github, 7, 'feature')
  const host = hostOf(github, judge)
  const task = { repository: WEB, number: 7, force: false }
  expect(await reviewPullRequest(host, task)).toMatchObject({ comment: 'created', run: 'posted' })
  expect(github.calls).toHaveLength(8)
  git.commit('More', code('return 1'))
  setPull(github, 7, 'feature')
  expect(await reviewPullRequest(host, task)).toMatchObject({ run: 'posted' })
  expect(github.calls.length - 8).toBeLessThanOrEqual(7)
}, 60_000)
