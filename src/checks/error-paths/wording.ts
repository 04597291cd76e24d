import type { ErrorPath } from '../../facts/code/code-facts.ts'
import type { LostRefusal } from './lost-refusals.ts'
import { isReportDropped, isWeakened } from './severity-of.ts'
import type { TestVerdict } from './test-evidence.ts'

/** Kebab-case kinds of this check: part of the contract with consumers. */
export function kindOf(path: ErrorPath, before: ErrorPath | null): string {
  if (isWeakened(path, before))
    return path.outcome === 'success' ? 'failure-answered-as-success' : 'failure-newly-hidden'
  if (isReportDropped(path, before)) return 'failure-report-dropped'
  if (path.outcome === 'propagate') return 'untested-propagation'
  if (path.kind === 'raise') return 'untested-raise'
  if (path.outcome === 'success') return 'failure-answered-as-success'
  return 'untested-handler'
}

export function saysOf(path: ErrorPath, before: ErrorPath | null, verdict: TestVerdict): string {
  return `${happens(path, before)}; ${tested(verdict)}`
}

export function remedyOf(path: ErrorPath, verdict: TestVerdict, testFile: string | null): string {
  const where = testFile === null ? '' : ` in ${testFile}`
  const owner = ownerOf(path)
  if (path.kind === 'raise')
    return `Add a test${where} that drives ${owner} into this failure and asserts ${expected(path)}`
  const failing = firstCall(path)
  const cause = failing === null ? 'it fail' : `\`${failing}\` fail`
  const weak = verdict.weak === null ? '' : ', as its happy path is tested already'
  return `Add a test${where} that makes ${cause} and asserts what ${owner} does then${weak}`
}

export function lostKindOf({ how }: LostRefusal): string {
  return how === 'removed' ? 'refusal-removed' : 'failure-newly-hidden'
}

export function lostSaysOf({ path, how }: LostRefusal, isCovered: boolean): string {
  const owner = ownerOf(path)
  const proof = isCovered ? 'a test of this change covers it' : 'no test of this change says that this is right'
  switch (how) {
    case 'status unchecked':
      return `${capital(owner)} does not look at the status of the answer any more: a failed request passes as a good one; ${proof}`
    case 'silenced':
      return `Where ${owner} failed with ${expected(path)} before, it now goes on in silence; ${proof}`
    case 'removed':
      return `${capital(owner)} does not refuse with ${expected(path)} any more; ${proof}`
  }
}

export function lostRemedyOf(path: ErrorPath): string {
  return `If this is meant, add a test that calls ${ownerOf(path)} with what was refused before and asserts what comes out`
}

function happens(path: ErrorPath, before: ErrorPath | null): string {
  const owner = ownerOf(path)
  if (path.kind === 'raise') return `${capital(owner)} ${failsHow(path, before)} with ${expected(path)}`
  const failing = firstCall(path)
  const when =
    failing === null ? `When ${owner} meets a failure (${shorten(path.form)})` : `When \`${failing}\` fails, ${owner}`
  const then = failing === null ? `, it ${outcomeText(path)}` : ` ${outcomeText(path)}`
  const was = isWeakened(path, before) && before !== null ? ` (${wasText(path, before)})` : ''
  return `${when}${then}${was}`
}

function failsHow(path: ErrorPath, before: ErrorPath | null): string {
  if (path.retries) return 'gives up after the last try'
  return before === null ? 'now fails' : 'now fails differently'
}

/** A call that nobody watches any more is told by how it is written now. */
function wasText(path: ErrorPath, before: ErrorPath): string {
  const isCall = path.form === before.form && path.tokens[0] === path.form
  return isCall ? `${path.form}; before, the failure was passed on` : `before, it ${outcomeText(before)}`
}

function outcomeText(path: ErrorPath): string {
  switch (path.outcome) {
    case 'success':
      return 'answers as if it had worked'
    case 'swallow':
      return path.reports ? 'only logs it and goes on' : 'goes on in silence'
    case 'default':
      return path.reports ? 'logs it and answers with an empty default' : 'answers with an empty default'
    case 'recover':
      return path.calls.length > 0 ? 'takes another way' : 'goes on with another value'
    case 'respond':
      return 'answers with an error'
    case 'translate':
      return `raises ${expected(path)}`
    case 'propagate':
      return 'passes the failure on'
    case 'exit':
      return 'ends the process'
  }
}

function tested(verdict: TestVerdict): string {
  if (verdict.evidence.length > 0) return 'a test covers it'
  if (verdict.likely !== null)
    return `${verdict.likely.path}:${verdict.likely.line} may drive it, and does not tell this failure from others`
  if (verdict.weak === null) return 'no test of it was found'
  return `${verdict.weak.path}:${verdict.weak.line} names it but asserts no such failure`
}

function expected(path: ErrorPath): string {
  const raised = path.signature.types.filter((one) => !path.catches.includes(one))
  const type = raised.at(-1) ?? path.signature.types.at(-1)
  const status = path.signature.statuses[0]
  const message = longest(path.signature.messages)
  if (type !== undefined) return `\`${shorten(type)}\``
  if (status !== undefined) return `status ${status}`
  return message === null ? 'an error' : `"${shorten(message)}"`
}

function longest(messages: readonly string[]): string | null {
  const telling = messages
    .map((one) => one.replace(/^[^\p{L}\p{N}]+|[\s:,;(]+$/gu, ''))
    .filter((one) => /[A-Za-z]{3}/.test(one))
  return telling.reduce<string | null>((best, one) => (best === null || one.length > best.length ? one : best), null)
}

function ownerOf(path: ErrorPath): string {
  return path.owner === null ? 'this file' : `\`${shorten(path.owner)}\``
}

/** The first protected call that does work: no accessor, no constructor unless there is nothing else. */
function firstCall(path: ErrorPath): string | null {
  const telling = path.protects.filter(
    (call) =>
      /^[a-z_]/.test(call) &&
      call.length > 2 &&
      !/^(?:map|filter|get|set|push|join|then|log|info|debug|error|str|int|len|list|dict|json|append|format|toString|find|forEach|Error)$/.test(
        call,
      ),
  )
  const first = telling[0] ?? path.protects.find((call) => /^[A-Z]\w+$/.test(call)) ?? null
  return first === null ? null : shorten(first)
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
