import { askOnce } from './ask-once.ts'
import type { FailureSignature, Fault } from './code-facts.ts'
import { isErrorType, statusOfName } from './failure-words.ts'
import type { SyntaxNode } from './syntax-tree.ts'
import { walk } from './syntax-walk.ts'

export const NO_SIGNATURE: FailureSignature = { types: [], statuses: [], messages: [] }

/** Shorter messages are too common to tell one failure from another. Characters. */
const MIN_MESSAGE = 6

/** What these nodes say of a failure: error types, statuses of 400 and above, literal messages. Sorted, without repeats. */
export function signatureOf(nodes: readonly (SyntaxNode | null)[], strings: ReadonlySet<string>): FailureSignature {
  const types = new Set<string>()
  const statuses = new Set<number>()
  const messages = new Set<string>()
  for (const node of nodes) {
    if (node === null) continue
    for (const at of walk(node)) {
      if (isJoined(at) && (at.parent === null || !isJoined(at.parent))) addPieces(joinedPieces(at, strings), messages)
      if (strings.has(at.type)) addPieces(piecesOf(at), messages)
      else if (at.children.length === 0) addLeaf(at.text, types, statuses)
    }
  }
  return { types: sorted(types), statuses: [...statuses].sort((a, b) => a - b), messages: sorted(messages) }
}

export function mergeSignatures(signatures: readonly FailureSignature[]): FailureSignature {
  return {
    types: sorted(new Set(signatures.flatMap((one) => one.types))),
    statuses: [...new Set(signatures.flatMap((one) => one.statuses))].sort((a, b) => a - b),
    messages: sorted(new Set(signatures.flatMap((one) => one.messages))),
  }
}

/** Where one of them may be anywhere, so may all. */
export function mergeFaults(faults: readonly Fault[]): Fault {
  const into = faults.some((one) => one.into.length === 0) ? [] : [...new Set(faults.flatMap((one) => one.into))].sort()
  return { ...mergeSignatures(faults), into }
}

function addLeaf(text: string, types: Set<string>, statuses: Set<number>): void {
  const { isType, status } = meaningOf(text)
  if (status !== null) statuses.add(status)
  if (isType) types.add(text)
}

const NOTHING = { isType: false, status: null }

/** What an identifier or a number says of a failure. */
const meaningOf = askOnce((text): { readonly isType: boolean; readonly status: number | null } => {
  if (text.length > 80) return NOTHING
  const status = /^[45]\d\d$/.test(text) ? Number(text) : /^[A-Za-z]\w*$/.test(text) ? statusOfName(text) : null
  const isType = isErrorType(text)
  return isType || status !== null ? { isType, status } : NOTHING
})

/** The constant pieces of a string or template: `Order ${id} not found` → 'Order ', ' not found'. */
function piecesOf(node: SyntaxNode): string[] {
  const holes = node.children.filter((child) => child.type.includes('substitution') || child.type === 'interpolation')
  let from = node.start
  const pieces: string[] = []
  for (const hole of holes) {
    pieces.push(node.text.slice(from - node.start, hole.start - node.start))
    from = hole.end
  }
  pieces.push(node.text.slice(from - node.start))
  return pieces.map(plainText)
}

/** A text that goes on in the next literal: `'a' + 'b'`, Python's `'a' 'b'`. */
function isJoined(node: SyntaxNode): boolean {
  if (node.type === 'concatenated_string') return true
  return (node.type === 'binary_expression' || node.type === 'binary_operator') && node.in('operator')?.text === '+'
}

/** What is no literal is a hole in the text. */
function joinedPieces(node: SyntaxNode, strings: ReadonlySet<string>): string[] {
  if (strings.has(node.type)) return piecesOf(node)
  if (!isJoined(node)) return ['', '']
  return node.parts
    .filter((part) => !part.type.includes('comment'))
    .map((part) => joinedPieces(part, strings))
    .reduce((before, after) => [...before.slice(0, -1), `${before.at(-1) ?? ''}${after[0] ?? ''}`, ...after.slice(1)])
}

function addPieces(pieces: readonly string[], messages: Set<string>): void {
  for (const piece of pieces)
    for (const constant of piece.split(/%[-+#]?[\d.]*[a-zA-Z]|\{\w*\}|\\n/)) {
      const text = constant.trim()
      if (text.length >= MIN_MESSAGE) messages.add(text)
    }
}

/** A literal without its prefix and quotes. */
export function plainText(literal: string): string {
  return literal.replace(/^[rbfuRBFU]{0,2}("""|'''|["'`/])/, '').replace(/("""|'''|["'`]|\/[a-z]*)$/, '')
}

function sorted(set: ReadonlySet<string>): string[] {
  return [...set].sort()
}
