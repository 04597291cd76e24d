import { createInterface } from 'node:readline'
import { createGitSource } from '../../git/git-source.ts'
import { type GitRepository, openRepository } from '../../git/open-repository.ts'
import { type Engine, reviewChange } from '../../pipeline.ts'
import { formatNdjson } from '../../report/json.ts'
import { createEngine } from '../engine.ts'
import { whileReading } from '../while-reading.ts'
import { changeRequest, isDefaultChange } from './change-request.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complainOfBug, print } from './output.ts'
import { Refusal, refusalText } from './refusal.ts'
import { exitCodeOf, type ReviewOptions } from './review-command.ts'
import { reviewPolicy } from './review-policy.ts'

/**
 * Reviews a change per line of standard input (`BASE HEAD`) and writes a line for each, in order, as soon as it is known. One
 * repository, one code reader and their caches serve all, and git reads the next changes while one is being judged. The exit
 * code is the worst of all lines.
 */
export async function reviewStreamCommand(range: string | undefined, options: ReviewOptions): Promise<ExitCode> {
  refuseOtherWays(range, options)
  const repository = await openRepository(options.repo ?? '.')
  try {
    const engine = await createEngine()
    const desk = { engine, repository, policyFile: options.policy }
    let worst: ExitCode = EXIT.ok
    /** One a line: whether somebody still reads when its answer is printed. */
    const printed: Promise<boolean>[] = []
    let last = Promise.resolve(true)
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue
      const answer = answerTo(line.trim().split(/\s+/), desk)
      last = last.then(async (isRead) => {
        const { text, exitCode } = await answer
        if (exitCode > worst) worst = exitCode
        return isRead && print(text)
      })
      printed.push(last)
      // What nobody reads need not be reviewed.
      if (printed.length >= AT_ONCE && !(await printed.shift())) break
    }
    await last
    return worst
  } finally {
    await repository.close()
  }
}

/** Changes that are under way at the same time. */
const AT_ONCE = 3

interface Answer {
  readonly text: string
  readonly exitCode: ExitCode
}

function refuseOtherWays(range: string | undefined, options: ReviewOptions): void {
  if (!isDefaultChange(changeRequest(range, options)))
    throw new Refusal('--stdin brings its own changes. Leave the others out.')
  if (options.output !== undefined || options.quiet === true) {
    throw new Refusal('--stdin writes to standard output. Leave --output and --quiet out.')
  }
  if (options.format !== undefined && options.format !== 'ndjson') {
    throw new Refusal(`--stdin writes ndjson, not ${options.format}. Leave --format out.`)
  }
}

interface Desk {
  readonly engine: Engine
  readonly repository: GitRepository
  readonly policyFile: string | undefined
}

/** One line of JSON, a review or an error; what goes wrong with one change does not stop the next. */
async function answerTo(words: readonly string[], { engine, repository, policyFile }: Desk): Promise<Answer> {
  const [base = '', head = '', ...more] = words
  try {
    if (head === '' || more.length > 0)
      throw new Refusal(`A line is BASE HEAD, and this one is ${JSON.stringify(words.join(' '))}.`)
    const run = await whileReading(createGitSource(repository, { kind: 'range', base, head }), async (source) =>
      reviewChange(engine, source, await reviewPolicy(source, policyFile)),
    )
    return { text: formatNdjson(run.review), exitCode: exitCodeOf(run.review.verdict) }
  } catch (error) {
    return { text: `${JSON.stringify({ error: errorOf(error), base, head })}\n`, exitCode: EXIT.couldNotRun }
  }
}

/** A bug shows its stack on standard error, where a person may find it. */
function errorOf(error: unknown): { readonly kind: 'input' | 'bug'; readonly message: string } {
  const text = refusalText(error)
  if (text !== null) return { kind: 'input', message: text }
  complainOfBug(error)
  return { kind: 'bug', message: error instanceof Error ? error.message : String(error) }
}
