import type { ErrorPath } from './code-facts.ts'
import { outcomeOf } from './failure-outcome.ts'
import { plainText, signatureOf } from './failure-signature.ts'
import { isReportCall } from './failure-words.ts'
import type { FailureForm, Language } from './language.ts'
import { isTriedAgain, loopAround, loopBefore } from './retry-loop.ts'
import type { SyntaxNode } from './syntax-tree.ts'
import { closest, hasReasonAbove, lastName, shortText, statementBeside, walk } from './syntax-walk.ts'

export function errorPathOf(language: Language, form: FailureForm, owner: string | null): ErrorPath {
  const body = form.body
  const own = form.outcome ?? (body === null ? 'translate' : outcomeOf(language, body, form.errorName))
  const goesOn = own === 'swallow' || own === 'recover' || own === 'default'
  const outcome = goesOn && body !== null && raisesBelow(language, form.region, body) ? 'translate' : own
  const signature = signatureOf([...form.conditions, body ?? form.region], language.strings)
  const types = [...new Set([...form.types, ...signature.types])].sort()
  const nodes = walk(form.region)
  const loop = loopAround(form.region, (node) => language.functionName(node) !== null)
  const reports = nodes.map((node) => language.callee(node) ?? '').filter(isReportCall)
  const triedBefore = form.kind === 'raise' ? loopBefore(form.region) : null
  const protects = form.protects ?? triedBefore
  return {
    kind: form.kind,
    form: form.form,
    range: { startLine: form.region.startLine, endLine: form.region.endLine },
    owner,
    outcome,
    signature: { ...signature, types },
    tokens: [...form.conditions.flatMap((one) => tokensOf(language, one)), '|', ...bodyTokens(language, form)],
    catches: form.kind === 'raise' ? [] : form.types,
    protects: protects === null ? [] : callsIn(language, protects),
    calls: body === null ? [] : callsIn(language, body, (callee) => !isReportCall(callee)),
    reports: reports.length > 0 || isReportCall(handedOver(form)),
    debugOnly: reports.length > 0 && reports.every((callee) => DEBUG.test(callee)),
    explained:
      form.explained === true ||
      (form.kind === 'handler' && [form.region, form.protects].some((one) => one !== null && hasReasonAbove(one))) ||
      (form.kind === 'handler' && (isReasonAround(form.region) || isOneOfTwoWays(language, form))) ||
      (form.kind === 'raise' && hasReasonAbove(form.region, NEVER)) ||
      (form.kind === 'handler' && isQuietByContract(language, form.region)) ||
      /^_|^(?:ignored?|expected|unused)\w*$/i.test(form.errorName ?? '') ||
      (body !== null && nodes.some((node) => node.type.includes('comment') && isReason(node.text))),
    perItem: loop !== null || isRepeated(language, form.region),
    narrow: body !== null && (isNarrow(language, body, form.errorName) || isOneOfThem(form)),
    waits: form.waits !== false,
    retries: triedBefore !== null || (loop !== null && body !== null && isTriedAgain(loop, body)),
    answers: form.answers === true,
    caught: form.kind === 'raise' && isCaughtHere(language, form.region),
    leaves: body !== null && leavesAtEnd(language, body),
  }
}

/** The first thing a handler does is to raise what it got again, under a condition. */
function isNarrow(language: Language, body: SyntaxNode, errorName: string | null): boolean {
  const first = language.statements(body)[0]
  const then = first?.type === 'if_statement' ? first.in('consequence') : null
  if (then === null) return false
  const only = language.statements(then)
  const effect = only[0] === undefined ? null : language.effect(only[0], errorName)
  return only.length === 1 && effect?.effect === 'raise' && effect.same
}

/** Go: `if errors.Is(err, X) { … }` with `if err != nil { return err }` right below it. */
function isOneOfThem(form: FailureForm): boolean {
  const next = form.branches === true && form.types.length > 0 ? statementBeside(form.region, 1) : null
  return next?.type === 'if_statement' && /^if \w*[eE]rr != nil \{\s*return\b[^}]*[eE]rr/.test(next.text.slice(0, 300))
}

/** `try { return f() } catch {} throw new X()`: what is quiet here fails with the next statement. */
function raisesBelow(language: Language, region: SyntaxNode, body: SyntaxNode): boolean {
  const tried = region.parent
  if (tried?.type !== 'try_statement' || leavesAtEnd(language, body)) return false
  return /^(?:throw|raise)_statement$/.test(statementBeside(tried, 1)?.type ?? '')
}

/** The comment or docstring of its function says that a failure stays in it. */
function isQuietByContract(language: Language, node: SyntaxNode): boolean {
  const fn = closest(node, (at) => (language.functionName(at) ?? '') !== '')
  if (fn === null) return false
  const docstring = fn.in('body')?.parts[0]?.parts[0]
  return CONTRACT.test(`${fn.commentAbove} ${docstring?.type === 'string' ? docstring.text.slice(0, 2_000) : ''}`)
}

/** The reason stands above what leads to the call, or a statement before: `// A failure here costs the link. let url = null; if (any) …`. */
function isReasonAround(node: SyntaxNode): boolean {
  const outer = closest(node, (at) => /^(?:if|for|for_in)_statement$/.test(at.type))
  if (outer === null) return false
  return [outer, statementBeside(outer, -1)].some((at) => at !== null && AROUND.test(at.commentAbove))
}

/** `try: # As DER first, then fall back to PEM.` */
function isOneOfTwoWays(language: Language, { protects }: FailureForm): boolean {
  const first = protects === null ? undefined : language.statements(protects)[0]
  return first !== undefined && /fall(?:s|ing)? ?back/i.test(first.commentAbove)
}

const AROUND = /best.effort|\bfail(?:ure|ing) here|\bnext \w+ retries|carry on|no[nt].?fatal/i

/** Words for people, and none for a tool: `# type: ignore`, `// eslint-disable-line`, `//nolint`. */
function isReason(comment: string): boolean {
  const said = comment.replace(NO_COVER, '')
  return /[a-z]{3}/i.test(said) && !PRAGMA.test(said)
}

/** A pragma with a reason behind it: `# pragma: no cover - defensive logging`. */
const NO_COVER = /^# *pragma: *no *cover *[-:,]+/

const PRAGMA =
  /^(?:#|\/\/|\/\*+)\s*(?:@ts-|biome-|c8 |coverage|deepcode|deno-lint|eslint|fmt:|flake8|go:|istanbul|isort|mypy|nolint|noinspection|noqa|no-?sec|NOSONAR|oxlint|pragma|prettier|pylint|pyright|ruff|sonar|stylelint|ts-|tslint|type:|v8 )/i

/** A failure that is there for completeness. */
const NEVER =
  /\b(?:never|unreachable|impossible|(?:cannot|can't|can not) (?:be reached|happen|get here|occur)|(?:should not|shouldn't) (?:be reached|be possible|happen|get here|occur))\b/i

const DEBUG = /(?:^|[._])(?:debug|trace|verbose)(?:[fw]|ln|Context)?$/i

const CONTRACT =
  /best.effort|opportunistic|fire.and.forget|never (?:affect|fail|block|throw|break|interrupt|raise)|(?:must|should|do|does|can|will)(?: not|not|n't) (?:affect|fail|block|throw|break|unwind|interrupt|prevent|abort|raise)|(?:are|is) (?:logged|ignored|swallowed)\b|no[nt].?(?:fatal|critical)|degrade|fall(?:s|ing)? back|is an? fall-?back/i

/** Raised in a `try` whose handler takes everything and passes nothing on: the handler decides what becomes of it. */
function isCaughtHere(language: Language, node: SyntaxNode): boolean {
  const tried = closest(
    node,
    (at) => at.type === 'try_statement' && isInside(node, at.in('body')),
    (at) => language.functionName(at) !== null,
  )
  const handler = tried?.in('handler') ?? tried?.parts.find(isCatchAll) ?? null
  const body = handler?.in('body') ?? handler?.parts.find((part) => part.type === 'block') ?? null
  if (body === null) return false
  const known = KEEPS.get(body) ?? !/^(?:propagate|translate|exit)$/.test(outcomeOf(language, body, boundName(handler)))
  KEEPS.set(body, known)
  return known
}

/** Many may be raised in one `try`: its handler is asked once. */
const KEEPS = new WeakMap<SyntaxNode, boolean>()

function isInside(node: SyntaxNode, outer: SyntaxNode | null): boolean {
  return outer !== null && (node === outer || closest(node, (at) => at === outer) !== null)
}

function isCatchAll(clause: SyntaxNode): boolean {
  return (
    clause.type === 'except_clause' && /^except(?: (?:Base)?Exception\b[^,|]{0,40})?:/.test(clause.text.slice(0, 80))
  )
}

function boundName(handler: SyntaxNode | null): string | null {
  return handler?.in('parameter')?.text ?? /^except \w+ as (\w+)/.exec(handler?.text.slice(0, 80) ?? '')?.[1] ?? null
}

/** In a callback that runs for each of many, or again and again. */
function isRepeated(language: Language, node: SyntaxNode): boolean {
  const callback = closest(
    node,
    (at) => language.functionName(at) !== null && MANY.test(shortText(at.parent?.parent?.in('function') ?? null) ?? ''),
  )
  return callback !== null || isStartedInLoop(language, node) || callsItselfLater(language, node)
}

/** Go: `for … { group.Go(func() { … }) }`, `for … { go func() { … }() }`. */
function isStartedInLoop(language: Language, node: SyntaxNode): boolean {
  const started = closest(
    node,
    (at) => at.type === 'func_literal' && /^(?:.*\.Go|go)\b/.test(shortText(startOf(at)) ?? ''),
  )
  return started !== null && loopAround(started, (at) => language.functionName(at) !== null) !== null
}

function startOf(literal: SyntaxNode): SyntaxNode | null {
  const call = literal.parent?.type === 'argument_list' ? literal.parent.parent : literal.parent
  return call?.parent?.type === 'go_statement' ? call.parent : (call?.in('function') ?? null)
}

/** `const tick = async () => { …; setTimeout(tick, 1000) }`. */
function callsItselfLater(language: Language, node: SyntaxNode): boolean {
  const fn = closest(node, (at) => (language.functionName(at) ?? '') !== '')
  const name = fn === null ? null : lastName(language.functionName(fn) ?? '')
  return fn !== null && name !== null && fn.text.includes(`setTimeout(${name},`)
}

const MANY = /(?:^|\.)(?:setInterval|map|forEach|flatMap|AddFunc|add_job|scheduleJob)$/

/** `socket.on('error', log)`: the name of the function that gets the failure. */
function handedOver(form: FailureForm): string {
  return form.body === null && form.kind !== 'raise' && form.region.children.length <= 3 ? form.region.text : ''
}

/** Last names of the calls below a node that `counts` lets pass, with those in them, in order, without repeats. */
function callsIn(
  language: Language,
  node: SyntaxNode,
  counts: (callee: string) => boolean = () => true,
): readonly string[] {
  const names = new Set<string>()
  const isCounted = (at: SyntaxNode): boolean => {
    const callee = language.callee(at)
    return callee === null || counts(callee)
  }
  for (const at of walk(node, isCounted)) {
    const callee = language.callee(at)
    if (callee !== null && counts(callee)) names.add(lastName(callee))
  }
  return [...names]
}

/** A handler without statements of its own is told by its condition alone: `except X: pass` is `suppress(X)`. */
function bodyTokens(language: Language, form: FailureForm): readonly string[] {
  if (form.body !== null) return tokensOf(language, form.body)
  return form.kind === 'raise' ? tokensOf(language, form.region) : []
}

function leavesAtEnd(language: Language, body: SyntaxNode): boolean {
  return /^(?:return|continue|break|goto|throw|raise)_statement$/.test(language.statements(body).at(-1)?.type ?? '')
}

/** What a formatter adds or takes away without a change of meaning, and Python's empty statement. */
const LAYOUT = new Set([';', ',', '(', ')', '\n', 'pass'])

/**
 * Leaf tokens without comments, layout and quote style; text inside logging calls is blanked, for a reworded log line
 * is no changed behaviour.
 */
export function tokensOf(language: Language, node: SyntaxNode | null): readonly string[] {
  if (node === null) return []
  const tokens: string[] = []
  const visit = (at: SyntaxNode, logging: boolean): void => {
    if (at.type.includes('comment')) return
    const dropped = at === node ? null : droppedCall(at)
    if (dropped !== null) {
      visit(dropped, logging)
      return
    }
    if (language.strings.has(at.type) && !at.children.some((child) => /substitution|interpolation/.test(child.type))) {
      tokens.push(logging ? '""' : `"${plainText(at.text)}"`)
      return
    }
    if (at.children.length === 0) {
      const text = at.text.trim()
      if (text !== '' && !LAYOUT.has(text) && !isReceiver(at))
        tokens.push(logging && /fragment|content/.test(at.type) ? '""' : text)
      return
    }
    const inLog = logging || isReportCall(language.callee(at) ?? '')
    for (const child of at.children) visit(child, inLog)
  }
  visit(node, false)
  return tokens
}

/** Go: `_ = conn.Close()` says aloud what `conn.Close()` does. */
function droppedCall(node: SyntaxNode): SyntaxNode | null {
  if (node.type !== 'assignment_statement' || node.in('left')?.text !== '_') return null
  return node.in('right')
}

/** The `this` of `this.log`: a function that became a method, or the way back, says the same. */
function isReceiver(node: SyntaxNode): boolean {
  return /^(?:this|self)$/.test(node.text) && /^(?:member_expression|attribute)$/.test(node.parent?.type ?? '')
}
