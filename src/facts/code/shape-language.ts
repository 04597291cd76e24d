import type { Argument, Condition } from './code-shape.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** A call, decorator, element or struct literal, before the shared extractor adds where it stands. */
export interface CallForm {
  readonly form: 'call' | 'decorator' | 'element' | 'literal'
  readonly callee: string
  readonly args: readonly Argument[]
  readonly boundTo: string | null
  readonly decorates: { readonly name: string; readonly isClass: boolean; readonly node: SyntaxNode } | null
}

export interface BranchForm {
  readonly condition: Condition
  readonly yes: SyntaxNode | null
  readonly no: SyntaxNode | null
  readonly leaves: 'yes' | 'no' | null
}

export interface BindingForm {
  readonly name: string
  readonly key: string | null
  readonly value: Condition
}

/** A language as the shape's extractor needs it. Everything is a pure question about one node. */
export interface ShapeLanguage {
  readonly call: (node: SyntaxNode) => CallForm | null
  readonly branch: (node: SyntaxNode) => BranchForm | null
  readonly bindings: (node: SyntaxNode) => readonly BindingForm[]
  readonly classOf: (node: SyntaxNode) => { readonly name: string; readonly bases: readonly string[] } | null
  /** Names a node makes available to other files, or to the framework by convention. */
  readonly exported: (node: SyntaxNode) => readonly { readonly name: string; readonly node: SyntaxNode }[]
  /** The block whose remaining statements an early exit keeps from running. */
  readonly isBlock: (node: SyntaxNode) => boolean
}
