import { getInput, setFailed } from '@actions/core'
import { HostError } from '../github/host-error.ts'
import type { Judge } from '../github/judgement.ts'
import { SetupError } from './action/action-target.ts'
import { runAction } from './action/run-action.ts'

/** The engine is most of the code. It is loaded while GitHub answers the first request. */
async function loadJudge(): Promise<Judge> {
  const [{ createEngine }, { createJudge }] = await Promise.all([import('./engine.ts'), import('./judge.ts')])
  return createJudge(await createEngine())
}

try {
  const running = runAction({ token: getInput('github-token') }, process.env, async (source) => (await judge)(source))
  const judge = loadJudge()
  await Promise.all([running, judge])
} catch (error) {
  // Not to have looked is not "nothing found": the job fails, and says that this is no verdict.
  const known = error instanceof HostError || error instanceof SetupError
  setFailed(`Airworthy could not review: ${known ? error.message : error instanceof Error ? error.stack : error}`)
}
