import type { ReviewRun } from '../../pipeline.ts'
import type { Verdict } from '../../review/review-types.ts'
import { whileReading } from '../while-reading.ts'
import { type ChangeOptions, type ChangeRequest, changeRequest, isDefaultChange } from './change-request.ts'
import { openChange } from './change-under-review.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complain, openReportFile, print } from './output.ts'
import { createProgress } from './progress.ts'
import { type Format, formatReview } from './report-format.ts'
import { reviewPolicy } from './review-policy.ts'
import { terminalStyle } from './terminal.ts'

export interface ReviewOptions extends ChangeOptions {
  readonly repo?: string
  readonly policy?: string
  readonly format?: Format
  readonly output?: string
  readonly quiet?: boolean
  readonly verbose?: boolean
}

/** Reviews one change and says so in one report. */
export async function reviewCommand(range: string | undefined, options: ReviewOptions): Promise<ExitCode> {
  const request = changeRequest(range, options)
  const file = options.output === undefined ? null : openReportFile(options.output)
  const progress = createProgress(options.quiet !== true)
  try {
    // Git starts first, and works while the checks are loaded.
    const [change, { createEngine }, { reviewChange }] = await Promise.all([
      openChange(options.repo ?? null, request),
      import('../engine.ts'),
      import('../../pipeline.ts'),
    ])
    try {
      const run = await whileReading(change.source, async (source) => {
        const policy = await reviewPolicy(source, options.policy)
        return reviewChange(await createEngine(progress.step), source, policy)
      })
      progress.done()
      hintAtOtherChanges(request, run)
      await report(run, options, file?.write ?? null)
      return exitCodeOf(run.review.verdict)
    } finally {
      await change.close()
    }
  } finally {
    progress.done()
    file?.abandon()
  }
}

/** On the default branch itself there is nothing to review, and a newcomer may not know what to ask for. */
function hintAtOtherChanges(request: ChangeRequest, { review: { change } }: ReviewRun): void {
  // The command before the pipe may have failed.
  if (request.kind === 'diff' && change.files === 0) complain('The diff is empty: there was nothing to review.')
  if (!isDefaultChange(request) || change.head !== change.base) return
  complain('This is the default branch. Try: airworthy review HEAD~1 (its last commit), or --working-tree.')
}

async function report(run: ReviewRun, options: ReviewOptions, write: ((text: string) => void) | null): Promise<void> {
  if (write === null && options.quiet === true) return
  const style = terminalStyle(write === null ? process.stdout : null, process.env)
  const text = await formatReview(run, options.format ?? 'terminal', { ...style, verbose: options.verbose === true })
  if (write === null) await print(text)
  else write(text)
}

export function exitCodeOf(verdict: Verdict): ExitCode {
  return verdict === 'fail' ? EXIT.policyNotMet : EXIT.ok
}
