import type { SyntaxNode } from '../../code/syntax-tree.ts'
import type { Value } from './program.ts'

export function literal(node: SyntaxNode): Value {
  const word = node.text.length < 40 ? node.text.toLowerCase() : ''
  if (word === 'true' || word === 'false') return { kind: 'bool', value: word === 'true' }
  if (word === 'null' || word === 'nil' || word === 'none' || word === 'undefined') return { kind: 'null' }
  if (/^-?[0-9]/.test(word)) return { kind: 'number', text: node.text }
  return { kind: 'other' }
}

export function text(node: SyntaxNode): Value & { kind: 'text' } {
  const inner = node.parts
  const content = inner.filter(
    (part) =>
      part.type !== 'string_start' &&
      part.type !== 'string_end' &&
      part.type !== 'heredoc_start' &&
      part.type !== 'heredoc_end',
  )
  const isPlain = (part: SyntaxNode) => /content|fragment|escape|body/.test(part.type)
  if (content.length === 0)
    return { kind: 'text', text: stripQuotes(node.text, node.parts.length > 0), exact: true, line: node.startLine }
  const pieces = content.map((part) => (isPlain(part) ? literalText(part) : '_'))
  return {
    kind: 'text',
    text: pieces.join(''),
    exact: content.every(isPlain),
    line: content[0]?.startLine ?? node.startLine,
  }
}

function literalText(part: SyntaxNode): string {
  if (!part.type.includes('escape')) return part.text.replaceAll(/\\(["'`])/g, '$1')
  if (part.text === '\\n') return '\n'
  return part.text.length === 2 ? part.text.slice(1) : ' '
}

function stripQuotes(raw: string, delimited: boolean): string {
  if (delimited) return ''
  const match = /^[@$a-zA-Z]{0,2}("""|"|'|`)([\s\S]*)\1$/.exec(raw)
  return match ? (match[2] ?? '').replaceAll('""', '"') : raw
}

export function unquoted(key: SyntaxNode): string {
  return stripQuotes(key.text, false).replace(/^:/, '')
}
