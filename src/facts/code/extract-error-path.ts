import type { ErrorPath } from './code-facts.ts'
import { callsIn } from './extract-code-facts.ts'
import { outcomeOf } from './failure-outcome.ts'
import { plainText, signatureOf } from './failure-signature.ts'
import { isReportCall } from './failure-words.ts'
import type { FailureForm, Language } from './language.ts'
import type { SyntaxNode } from './syntax-tree.ts'
import { closest, hasReasonAbove, walk } from './syntax-walk.ts'

export function errorPathOf(language: Language, form: FailureForm, owner: string | null): ErrorPath {
  const body = form.body
  const outcome = form.outcome ?? (body === null ? 'translate' : outcomeOf(language, body, form.errorName))
  const signature = signatureOf([...form.conditions, body ?? form.region], language.strings)
  const types = [...new Set([...form.types, ...signature.types])].sort()
  const nodes = walk(form.region)
  return {
    kind: form.kind,
    form: form.form,
    range: { startLine: form.region.startLine, endLine: form.region.endLine },
    owner,
    outcome,
    signature: { ...signature, types },
    tokens: [...form.conditions.flatMap((one) => tokensOf(language, one)), '|', ...bodyTokens(language, form)],
    catches: form.kind === 'raise' ? [] : form.types,
    protects: form.protects === null ? [] : callsIn(language, form.protects),
    calls: body === null ? [] : callsIn(language, body, (callee) => !isReportCall(callee)),
    reports: nodes.some((node) => isReportCall(language.callee(node) ?? '')),
    explained:
      form.explained === true ||
      (form.kind === 'handler' && hasReasonAbove(form.region)) ||
      /^_|^(?:ignored?|expected|unused)\w*$/i.test(form.errorName ?? '') ||
      (body !== null && nodes.some((node) => node.type.includes('comment') && /[a-z]{3}/i.test(node.text))),
    perItem:
      closest(
        form.region,
        (node) => LOOPS.has(node.type),
        (node) => language.functionName(node) !== null,
      ) !== null,
    leaves: body !== null && leavesAtEnd(language, body),
  }
}

/** A handler without statements of its own is told by its condition alone: `except X: pass` is `suppress(X)`. */
function bodyTokens(language: Language, form: FailureForm): readonly string[] {
  if (form.body !== null) return tokensOf(language, form.body)
  return form.kind === 'raise' ? tokensOf(language, form.region) : []
}

const LOOPS = new Set(['for_statement', 'for_in_statement', 'while_statement', 'do_statement'])

function leavesAtEnd(language: Language, body: SyntaxNode): boolean {
  return /^(?:return|continue|break|goto)_statement$/.test(language.statements(body).at(-1)?.type ?? '')
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

/** The `this` of `this.log`: a function that became a method, or the way back, says the same. */
function isReceiver(node: SyntaxNode): boolean {
  return /^(?:this|self)$/.test(node.text) && /^(?:member_expression|attribute)$/.test(node.parent?.type ?? '')
}
