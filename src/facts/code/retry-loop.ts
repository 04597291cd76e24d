import type { SyntaxNode } from './syntax-tree.ts'
import { closest, statementBeside, walk } from './syntax-walk.ts'

const LOOPS = new Set(['for_statement', 'for_in_statement', 'while_statement', 'do_statement'])
const FAILS = new Set(['throw_statement', 'raise_statement'])
const HANDLES = new Set(['catch_clause', 'except_clause'])
const AGAIN = /attempt|retr(?:y|ies)|\btries\b|backoff/i

/** The loop that a node stands in, inside its function. */
export function loopAround(node: SyntaxNode, isFunction: (node: SyntaxNode) => boolean): SyntaxNode | null {
  return closest(node, (at) => LOOPS.has(at.type), isFunction)
}

/** `for (…) { try { return f() } catch (e) { last = e } } throw last`: the loop that a raise comes after. */
export function loopBefore(raise: SyntaxNode): SyntaxNode | null {
  const before = statementBeside(raise, -1)
  if (before === null || !LOOPS.has(before.type)) return null
  const inside = walk(before)
  // One that does all its items, and fails for some of them, tries nothing again.
  const leaves = inside.some((at) => /^(?:return|break)_statement$/.test(at.type))
  return leaves && inside.some((at) => HANDLES.has(at.type) || /^if err\b/.test(at.text.slice(0, 8))) ? before : null
}

/** The loop fails in the end: the statement after it raises, or the handler does so on the last try. */
export function isTriedAgain(loop: SyntaxNode, handler: SyntaxNode): boolean {
  const next = statementBeside(loop, 1)
  if (next !== null && (FAILS.has(next.type) || isErrorReturned(next))) return true
  const otherwise = loop.first('else_clause')
  if (otherwise !== null && walk(otherwise).some((at) => FAILS.has(at.type))) return true
  const raises = walk(handler).some((at) => FAILS.has(at.type))
  return raises && AGAIN.test(`${headOf(loop)} ${handler.text.slice(0, 2_000)}`)
}

/** Go: `return nil, lastErr`, and `if err != nil { return err }`. */
function isErrorReturned(statement: SyntaxNode): boolean {
  if (statement.type === 'if_statement' && /^if \w*[eE]rr != nil/.test(statement.text.slice(0, 40))) return true
  return statement.type === 'return_statement' && /\b\w*[eE]rr(?:or)?s?\b|\bErr[A-Z]/.test(statement.text.slice(0, 300))
}

function headOf(loop: SyntaxNode): string {
  return loop.text.slice(0, Math.min(300, (loop.in('body')?.start ?? loop.end) - loop.start))
}
