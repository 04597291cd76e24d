import type { ChangedErrorPath, GoneErrorPath } from '../../facts/code/changed-error-paths.ts'
import type { CodeFacts, CodeFactsOfChange, ErrorPath, FunctionFact, Unreadable } from '../../facts/code/code-facts.ts'
import { isPayingName } from './idioms.ts'
import { refusesAccess } from './severity-of.ts'

/** What the base refused and the head lets pass. */
export interface LostRefusal extends GoneErrorPath {
  /** `silenced`: what it asked is still asked, and it goes on; `removed`: it is not asked any more. */
  readonly how: 'silenced' | 'removed' | 'status unchecked'
}

const QUIET = ['swallow', 'default', 'success']

/** A refactoring moves a refusal to where this change cannot show it: only plain losses count. */
export function lostRefusals(
  gone: readonly GoneErrorPath[],
  changed: readonly ChangedErrorPath[],
  code: CodeFactsOfChange,
): readonly LostRefusal[] {
  if (gone.length === 0) return []
  const fresh = changed.map((one) => one.path).filter((path) => path.kind === 'raise')
  const known = new Set(code.files.flatMap(({ base }) => callsOf(base)))
  const isGuarded = code.files.some(({ head }) => callsOf(head).some((call) => !known.has(call) && GUARDS.test(call)))
  return gone.flatMap((one): LostRefusal[] => {
    const how = howLost(one, fresh, isGuarded)
    return how === null ? [] : [{ ...one, how }]
  })
}

function howLost(one: GoneErrorPath, fresh: readonly ErrorPath[], isGuarded: boolean): LostRefusal['how'] | null {
  const { path, head, base } = one
  const after = functionOf(head, path)
  const before = functionOf(base, path)
  if (path.kind !== 'raise' || path.outcome === 'exit' || after === undefined || before === undefined) return null
  if (path.form === 'raise_for_status') return isUnchecked(after, before) ? 'status unchecked' : null
  if (isSilenced(path, after)) return 'silenced'
  if (isGuarded || fresh.some((other) => isAlike(other, path))) return null
  const left = head.errorPaths.filter((other) => other.owner === path.owner && other.kind === 'raise')
  if (refusesAccess(path)) return left.some(refusesAccess) ? null : 'removed'
  const isPlain = after.calls.every((call) => before.calls.includes(call))
  return isPayingName(before.name) && isPlain && left.length === 0 && guardOf(path) !== '' ? 'removed' : null
}

/** Shorter conditions, as `ok`, stand in a function more than once. Characters. */
const MIN_GUARD = 4

/** The condition that led to it still stands there, and leads to nothing. */
function isSilenced(path: ErrorPath, after: FunctionFact): boolean {
  const guard = guardOf(path)
  return (
    guard.length >= MIN_GUARD && after.conditions.some(({ text, outcome }) => text === guard && QUIET.includes(outcome))
  )
}

/** It still asks over the network and looks at no status. */
function isUnchecked(after: FunctionFact, before: FunctionFact): boolean {
  const asks = after.calls.some((call) => HTTP.test(call) && before.calls.includes(call))
  return asks && !after.calls.includes('raise_for_status') && !after.conditions.some(({ text }) => STATUS.test(text))
}

const HTTP = /^(?:get|post|put|patch|delete|head|request|send|fetch)$/
const STATUS = /\b(?:status|status_code|ok|is_success|is_error)\b/

/** What may refuse in its place: a new decorator, permission class, or call that checks. */
const GUARDS =
  /auth|perm|require|ensure|assert|check|guard|(?:^|_)can(?:[A-Z_]|$)|allow|verif|valid|forbid|polic|access|role|scope|protect|limit|refus|reject/i

function callsOf(facts: CodeFacts | Unreadable | null): readonly string[] {
  return facts === null || 'reason' in facts ? [] : facts.shape.calls.map((call) => call.callee)
}

/** The same kind of failure elsewhere in the change: it was moved. */
function isAlike(other: ErrorPath, path: ErrorPath): boolean {
  if (refusesAccess(path) && refusesAccess(other)) return true
  return (
    path.signature.messages.some((message) => other.signature.messages.includes(message)) ||
    path.signature.types.some((type) => other.signature.types.includes(type))
  )
}

function guardOf(path: ErrorPath): string {
  return path.tokens.slice(0, path.tokens.indexOf('|')).join(' ')
}

function functionOf(facts: CodeFacts, path: ErrorPath): FunctionFact | undefined {
  return facts.functions.find((fn) => fn.qualifiedName === path.owner)
}
