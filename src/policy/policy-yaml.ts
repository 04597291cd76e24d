import { Composer, type CST, type Document, isScalar, Lexer, type ParsedNode, Parser } from 'yaml'
import { type PlainValue, plainValue, type TextFault } from './plain-value.ts'
import { visible } from './policy-problem.ts'

const MAX_BYTES = 256 * 1024
/** A policy nests six deep. The YAML library recurses per level, and can take the process down when the stack runs out. */
const MAX_DEPTH = 50
/** What the lexer cuts the text into: about six thousand lines. What comes after the lexer costs most per piece. */
const MAX_PIECES = 30_000
const EMPTY = 'the policy is empty; start it with `version: 1`'

/** 1-based; the column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The one document of a policy file, or why the text cannot be trusted to be one. */
export type PolicyYaml = { readonly document: PlainValue } | { readonly faults: readonly TextFault[] }

/** Reads YAML 1.2 that a stranger wrote: bounded in size, depth and count before anything recurses or grows. */
export function readPolicyYaml(text: string): PolicyYaml {
  if (Buffer.byteLength(text) > MAX_BYTES) return refuse(0, 'the policy is larger than 256 KB')
  const tokens = readTokens(text)
  if ('faults' in tokens) return tokens
  const composer = new Composer<ParsedNode>({ uniqueKeys: false, version: '1.2', schema: 'core', prettyErrors: false })
  const [first, second] = [...composer.compose(tokens.tokens, true, text.length)]
  if (first === undefined) return refuse(0, EMPTY)
  if (second !== undefined)
    return refuse(second.range[0], 'a second YAML document starts here; a policy is one document')
  if (first.directives.yaml.explicit === true) {
    const message = 'remove the `%YAML` directive: a policy is read as YAML 1.2, where `off` is text'
    return refuse(text.indexOf('%YAML'), message)
  }
  return readDocument(first)
}

function readDocument({ contents, errors, warnings }: Document.Parsed<ParsedNode>): PolicyYaml {
  // A tag that is not known is only a warning to the library, and it guesses a value.
  const faults = [...errors, ...warnings].map(({ pos: [offset], message }) => {
    return { offset, path: [], message: `not valid YAML: ${visible(message).slice(0, 300)}` }
  })
  if (faults.length > 0) return { faults }
  if (contents === null || (isScalar(contents) && contents.value === null)) return refuse(0, EMPTY)
  return { document: plainValue(contents) }
}

/** The parser keeps a stack of its own, so the depth is known before the composer recurses. */
function readTokens(
  text: string,
): { readonly tokens: readonly CST.Token[] } | { readonly faults: readonly TextFault[] } {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let pieces = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    pieces += 1
    if (pieces > MAX_PIECES) return refuse(parser.offset, 'the policy is too long from here on')
    if (parser.stack.length > MAX_DEPTH) {
      return refuse(parser.offset, `the policy nests more than ${MAX_DEPTH} levels deep`)
    }
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens }
}

function refuse(offset: number, message: string): { readonly faults: readonly TextFault[] } {
  return { faults: [{ offset, path: [], message }] }
}

/** Counted here, because the library's LineCounter goes wrong after some scalars of several lines. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset)
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}
