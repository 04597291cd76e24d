import { encloses, type Span } from '../code/code-shape.ts'
import type { Behaviour, BehaviourOfFile, EntryPoint } from './behaviour-facts.ts'
import { lastPart } from './name-match.ts'

/** A piece of code that a way in runs. */
export interface ReachedCode {
  readonly path: string
  readonly head: Behaviour
  readonly span: Span
}

/** Calls of calls that are followed, within the changed files. */
const MAX_HOPS = 2
const MAX_PIECES = 40

/** The handler, and what it calls in the changed files, by name. The handler comes first when it was found. */
export function reachedFrom(
  path: string,
  head: Behaviour,
  entry: EntryPoint,
  files: readonly BehaviourOfFile[],
): readonly ReachedCode[] {
  const start = entry.body === null ? handlerElsewhere(entry, files) : [{ path, head, span: entry.body }]
  const found = [...start]
  let last: readonly ReachedCode[] = start
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const next = last
      .flatMap((piece) => calledBy(piece, files))
      .filter((piece) => !found.some((one) => isSame(one, piece)))
    for (const piece of next)
      if (found.length < MAX_PIECES && !found.some((one) => isSame(one, piece))) found.push(piece)
    last = next
  }
  return found
}

/** A function or class of any changed file that has the handler's name: `RefundView`, `refund_create` for `refundCreate`. */
function handlerElsewhere(entry: EntryPoint, files: readonly BehaviourOfFile[]): readonly ReachedCode[] {
  if (entry.handler === null) return []
  const wanted = plain(lastPart(entry.handler))
  if (wanted.length < 4) return []
  return files.flatMap(({ file, head }) => {
    if (head === null || head.code === null) return []
    const { functions, classes } = head.code.shape
    return [...classes, ...functions]
      .filter((one) => plain(lastPart(one.name)) === wanted)
      .map((one) => ({ path: file.path, head, span: one.span }))
  })
}

/** Functions of the changed files that a piece of code calls by name. */
export function calledBy(piece: ReachedCode, files: readonly BehaviourOfFile[]): readonly ReachedCode[] {
  const { code } = piece.head
  if (code === null) return []
  const names = new Set(
    code.shape.calls
      .filter((one) => encloses(piece.span, one.span))
      .map((one) => lastPart(one.callee))
      .filter((name) => name.length > 3),
  )
  if (names.size === 0) return []
  return files.flatMap(({ file, head }) => {
    if (head === null || head.code === null) return []
    return head.code.shape.functions
      .filter((one) => names.has(lastPart(one.name)) && (file.path === piece.path || !isCommon(lastPart(one.name))))
      .map((one) => ({ path: file.path, head, span: one.span }))
  })
}

function isCommon(name: string): boolean {
  return /^(?:save|find|create|update|delete|list|query|send|call|execute|process|handle|parse|format|init|load|close|open|start|stop|read|write)$/i.test(
    name,
  )
}

function isSame(a: ReachedCode, b: ReachedCode): boolean {
  return a.path === b.path && a.span.start === b.span.start
}

function plain(name: string): string {
  return name.replace(/_/g, '').toLowerCase()
}
