import { expect, onTestFinished, test } from 'vitest'
import { localSource } from '../../src/entrypoints/action/local-source.ts'
import type { PullRequest } from '../../src/github/read-pull-request.ts'
import { createGitRepository } from '../support/git-repository.ts'

test('the change of a checkout is called as its pull request is, not as its last commit', async () => {
  const git = createGitRepository({ a: '1\n' })
  git.branch('feature')
  const head = git.commit('wip\n\nNothing yet.', { a: '2\n' })
  const pull: PullRequest = {
    number: 7,
    title: 'Less load',
    body: '<!-- Why? -->\nHalves the pool.',
    author: null,
    open: true,
    changedFiles: 1,
    base: { ref: 'main', sha: git.git('rev-parse', 'main') },
    head,
    asOf: null,
    policyFiles: new Map(),
    attributes: null,
    comments: [],
    labels: [],
    lastRun: null,
  }
  const local = await localSource(git.dir, pull)
  onTestFinished(() => local?.close())
  const change = await local?.source.readChange()
  expect([change?.title, change?.description]).toEqual(['Less load', 'Halves the pool.'])
})
