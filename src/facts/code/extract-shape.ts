import { askOnce } from './ask-once.ts'
import type { Branch, CallSite, Span } from './code-shape.ts'
import type { Language } from './language.ts'
import { spanOf } from './node-span.ts'
import type { BranchForm, CallForm } from './shape-language.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** A longer function is known by its first leaves. */
const MAX_LEAVES = 240

export function branchOf(language: Language, branch: BranchForm, node: SyntaxNode, owner: string | null): Branch {
  return {
    condition: branch.condition,
    span: spanOf(node),
    yes: spanOrNull(branch.yes),
    no: spanOrNull(branch.no),
    leaves: branch.leaves,
    rest: branch.leaves === null ? null : restOf(language, node),
    owner,
  }
}

export function callSiteOf(call: CallForm, node: SyntaxNode, owner: string | null): CallSite {
  const { form, callee, args, boundTo, decorates } = call
  return {
    form,
    callee,
    args,
    boundTo,
    owner,
    span: spanOf(node),
    decorates:
      decorates === null ? null : { name: decorates.name, isClass: decorates.isClass, span: spanOf(decorates.node) },
  }
}

/** First leaves without comments and punctuation: enough to know a body again after a rename or a reformat. */
export function leavesOf(node: SyntaxNode): string {
  const leaves: string[] = []
  const visit = (at: SyntaxNode): void => {
    if (leaves.length >= MAX_LEAVES || at.type.includes('comment')) return
    if (at.children.length > 0) for (const child of at.children) visit(child)
    else {
      const { text } = at
      if (isWord(text)) leaves.push(text.slice(0, 80))
    }
  }
  visit(node)
  return leaves.join(' ')
}

const isWord = askOnce((text) => /[\p{L}\p{N}]/u.test(text.slice(0, 40)))

function spanOrNull(node: SyntaxNode | null): Span | null {
  return node === null ? null : spanOf(node)
}

/** What follows a node in the block around it. */
function restOf(language: Language, node: SyntaxNode): Span | null {
  for (let at = node.parent; at !== null; at = at.parent)
    if (language.shape.isBlock(at))
      return { start: node.end, end: at.end, startLine: node.endLine, endLine: at.endLine }
  return null
}
