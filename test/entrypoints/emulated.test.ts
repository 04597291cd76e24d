import { expect, test } from 'vitest'
import { COVERED, EXPOSED, SERVICE } from '../../scripts/demo-service.ts'
import { createEngine } from '../../src/entrypoints/engine.ts'
import { createJudge } from '../../src/entrypoints/judge.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { startEmulatedGitHub } from '../support/github/emulated-github.ts'
import { pullRequestDelivery, runApp } from '../support/github/running-app.ts'

test('on a GitHub that is not ours: an exposed change fails, the covered one passes, in one comment', async () => {
  const git = createGitRepository(SERVICE)
  git.branch('feature')
  git.commit('Show customers no errors', EXPOSED)
  const github = await startEmulatedGitHub(git)
  await github.push('main')
  const exposed = await github.push('feature')
  expect(exposed).toBe(git.git('rev-parse', 'feature'))
  await github.openPull(1, 'feature')
  const app = await runApp(github, createJudge(await createEngine()), { PRIVATE_KEY: github.privateKey })

  await app.deliver(...pullRequestDelivery('opened', 1))
  await app.idle()
  expect(await github.checkRuns(exposed)).toMatchObject([
    { name: 'airworthy', status: 'completed', conclusion: 'failure' },
  ])
  const [first] = await github.comments(1)
  expect(first).toMatchObject({ user: { login: 'airworthy[bot]' }, body: expect.stringContaining('Airworthy: fail') })

  git.commit('Handle what fails', COVERED)
  const covered = await github.push('feature')
  await app.deliver(...pullRequestDelivery('synchronize', 1))
  await app.idle()
  expect(await github.checkRuns(covered)).toMatchObject([{ conclusion: 'success' }])
  expect(await github.comments(1)).toMatchObject([{ id: first?.id, body: expect.stringContaining('Airworthy: pass') }])
}, 60_000)
