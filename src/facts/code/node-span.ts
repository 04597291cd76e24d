import type { Span } from './code-shape.ts'
import type { SyntaxNode } from './syntax-tree.ts'

export function spanOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.end, startLine: node.startLine, endLine: node.endLine }
}
