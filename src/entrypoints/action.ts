import { getInput, setFailed } from '@actions/core'
import { HostError } from '../github/host-error.ts'
import { SetupError } from './action/action-target.ts'
import { runAction } from './action/run-action.ts'
import { createEngine } from './engine.ts'
import { createJudge } from './judge.ts'

try {
  const judge = createJudge(await createEngine())
  await runAction({ token: getInput('github-token') }, process.env, judge)
} catch (error) {
  // Not to have looked is not "nothing found": the job fails, and says that this is no verdict.
  const known = error instanceof HostError || error instanceof SetupError
  setFailed(`Airworthy could not review: ${known ? error.message : error instanceof Error ? error.stack : error}`)
}
