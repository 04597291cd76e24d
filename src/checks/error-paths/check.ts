import { createHash } from 'node:crypto'
import * as z from 'zod'
import { compileScope } from '../../change/path-scope.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import { type ChangedErrorPath, compareErrorPaths } from '../../facts/code/changed-error-paths.ts'
import type { CodeFacts, CodeFactsOfChange, ErrorPath, TestFile, TestsOfChange } from '../../facts/code/code-facts.ts'
import { droppedFailures } from '../../facts/code/dropped-failures.ts'
import { defineCheck, type Exposure, type Outcome } from '../define-check.ts'
import { type CallersElsewhere, callersElsewhere } from './drivers.ts'
import { type Context, isPayingName } from './idioms.ts'
import { type LostRefusal, lostRefusals } from './lost-refusals.ts'
import { severityOf } from './severity-of.ts'
import { isPractised, testsInChangeOf, testsOf } from './test-evidence.ts'
import { kindOf, lostKindOf, lostRemedyOf, lostSaysOf, remedyOf, saysOf } from './wording.ts'

/** Coverage says which lines ran; most outages come from handlers that no test ever entered (Yuan et al., OSDI 2014). */
export const errorPaths = defineCheck({
  id: 'error-paths',
  title: 'Changed error paths are tested',
  question: 'Is every changed error path tested?',
  needs: ['code', 'tests'],
  options: z.strictObject({
    tools: z
      .array(z.string())
      .describe(
        'Globs of code that runs in front of an operator (scripts, command lines, examples): never more than low.',
      ),
  }),
  assess(_change, facts, options): Outcome {
    const unread = nothingRead(facts.code)
    if (unread !== null) return unread
    const tools = compileScope(options.tools)
    const { changed, gone } = compareErrorPaths(facts.code)
    const fresh = new Set(changed.map((one) => one.path))
    const callers = callersElsewhere(facts.code)
    const isPractisedIn = habits(changed, fresh, facts.tests)
    const found = [...changed, ...droppedFailures(facts.code)].map((one) =>
      exposureOf(one, facts.tests.bySource.get(one.file.path) ?? [], callers, {
        tool: tools.matches(one.file.path) || isForTests(one.facts) || isCommandLine(one.facts),
        practised: () => isPractisedIn(one),
        suite: facts.tests.listed > 0,
        likeOthers: () => isLikeOthers(one, fresh),
        language: one.facts.language,
        file: one.file.path,
      }),
    )
    const lost = lostRefusals(gone, changed, facts.code).map((one) =>
      lostExposureOf(one, facts.tests.bySource.get(one.file.path) ?? [], tools.matches(one.file.path)),
    )
    const exposures = [...found, ...lost]
    return {
      status: 'assessed',
      exposures,
      ...(exposures.length === 0 ? { summary: 'No error path was added or changed' } : {}),
    }
  },
})

/** Go code that takes a `*testing.T` stands beside the product, in whatever file. */
function isForTests(facts: CodeFacts): boolean {
  return facts.language === 'go' && facts.imports.some((one) => one.module === 'testing')
}

/** Python that reads the arguments of a command itself is started by a person, who sees it fail. */
function isCommandLine(facts: CodeFacts): boolean {
  return facts.language === 'python' && facts.imports.some((one) => one.module === 'argparse')
}

function nothingRead(code: CodeFactsOfChange): Outcome | null {
  if (code.files.length === 0)
    return { status: 'not-applicable', reason: 'No code in a language that is read was changed' }
  const unread = code.files.flatMap(({ file, head }) =>
    head !== null && 'reason' in head ? [`${file.path}: ${head.reason}`] : [],
  )
  const heads = code.files.filter(({ head }) => head !== null).length
  if (unread.length === 0 || unread.length < heads) return null
  return { status: 'unknown', reason: `None of the changed code could be read (${unread[0]})` }
}

/** Handlers that a function must have had for one more of them to be no news. */
const MIN_ALIKE = 2

/** `if err != nil { log.Error(err) }` for the sixth time in a row. */
function isLikeOthers({ facts, path }: ChangedErrorPath, fresh: ReadonlySet<ErrorPath>): boolean {
  const tokens = path.tokens.join(' ')
  const alike = facts.errorPaths.filter(
    (other) => other.owner === path.owner && !fresh.has(other) && other.tokens.join(' ') === tokens,
  )
  return alike.length >= MIN_ALIKE
}

/** Whether the file of a changed path is one where failures are tested; asked of few, and found out once a file. */
function habits(
  changed: readonly ChangedErrorPath[],
  fresh: ReadonlySet<ErrorPath>,
  tests: TestsOfChange,
): (one: ChangedErrorPath) => boolean {
  const files = new Set(changed.map((one) => one.file.path))
  const known = new Map<string, boolean>()
  return ({ file, facts }) => {
    if (!files.has(file.path)) return false
    const habit = known.get(file.path) ?? isPractised(facts, fresh, file.path, tests.bySource.get(file.path) ?? [])
    known.set(file.path, habit)
    return habit
  }
}

function exposureOf(
  changed: ChangedErrorPath,
  tests: readonly TestFile[],
  callers: CallersElsewhere,
  around: Omit<Context, 'mayBeTested'>,
): Exposure {
  const { file, facts, path, before } = changed
  const verdict = testsOf(path, facts, file.path, tests, tests.length === 0 ? [] : callers(path.owner ?? '', file.path))
  const mayBeTested =
    verdict.evidence.length === 0 &&
    (verdict.likely !== null || (path.kind === 'raise' && tests.some((test) => testsFromFurtherOut(test, path))))
  const context = { ...around, mayBeTested }
  const nearest = tests.find((test) => test.link === 'imports' || test.link === 'package')?.path ?? null
  return {
    kind: kindOf(path, before),
    severity: severityOf(path, before, context),
    at: { path: file.path, startLine: path.range.startLine, endLine: path.range.endLine, side: 'head' },
    says: saysOf(path, before, verdict),
    remedy: remedyOf(path, verdict, nearest),
    evidence: verdict.evidence,
    within: path.owner ?? '',
    anchor: anchorOf(path),
  }
}

/** A test of this change that asserts a failure of something else than the function itself: it may drive the function too. */
function testsFromFurtherOut({ inChange, facts }: TestFile, { owner }: ErrorPath): boolean {
  const own = lastPart(owner ?? '')
  return inChange && facts.tests.some((one) => one.assertsFailure !== null && !one.names.has(own))
}

function lostExposureOf(lost: LostRefusal, tests: readonly TestFile[], tool: boolean): Exposure {
  const { file, path, how } = lost
  const isPaying = isPayingName(lastPart(path.owner ?? ''))
  const severity = how === 'silenced' && isPaying ? 'high' : 'medium'
  const evidence = testsInChangeOf(path, lost.head, tests)
  const { startLine, endLine } = path.range
  return {
    kind: lostKindOf(lost),
    severity: tool ? 'low' : severity,
    at: { path: file.base?.path ?? file.path, startLine, endLine, side: 'base' },
    says: lostSaysOf(lost, evidence.length > 0),
    remedy: lostRemedyOf(path),
    evidence,
    within: path.owner ?? '',
    anchor: anchorOf(path),
  }
}

function anchorOf(path: ErrorPath): string {
  return createHash('sha256').update(path.tokens.join(' ')).digest('hex').slice(0, 16)
}
