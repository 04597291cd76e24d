import type { ImportFact } from '../code-facts.ts'
import { plainText } from '../failure-signature.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { lastName, shortText, walk } from '../syntax-walk.ts'

export const STRINGS: ReadonlySet<string> = new Set(['string', 'template_string', 'regex'])

export const FUNCTIONS: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
])

export function isFunction(node: SyntaxNode): boolean {
  return FUNCTIONS.has(node.type)
}

export function functionName(node: SyntaxNode): string | null {
  if (!isFunction(node)) return null
  const own = node.in('name')
  if (own !== null) return own.text
  return nameFromPlace(node)
}

/** A function value is known by what it is bound to, through calls that wrap it: `const save = useCallback(() => …)`. */
function nameFromPlace(node: SyntaxNode): string {
  for (let at = node.parent, inner = node; at !== null; inner = at, at = at.parent) {
    if (at.type === 'variable_declarator') return at.in('name')?.text ?? ''
    if (at.type === 'public_field_definition' || at.type === 'field_definition')
      return at.in('name')?.text ?? at.in('property')?.text ?? ''
    if (at.type === 'pair') return plainText(at.in('key')?.text ?? '')
    if (at.type === 'assignment_expression') return lastName(at.in('left')?.text ?? '')
    if (at.type === 'export_statement') return 'default'
    const wraps =
      at.type === 'call_expression' ||
      at.type === 'arguments' ||
      /^(parenthesized|as|satisfies)_expression$/.test(at.type)
    if (!wraps) return ''
    const route = at.type === 'call_expression' && inner.type === 'arguments' ? routeOf(at) : null
    if (route !== null) return route
  }
  return ''
}

/** `app.post('/refunds', handler)` → `POST /refunds`. */
function routeOf(call: SyntaxNode): string | null {
  const method = /\.(get|post|put|patch|delete|all)$/.exec(calleeOf(call) ?? '')?.[1]
  const path = call.in('arguments')?.parts[0]
  if (method === undefined || path === undefined || !STRINGS.has(path.type)) return null
  const text = plainText(path.text)
  return text.startsWith('/') ? `${method.toUpperCase()} ${text}` : null
}

export function containerName(node: SyntaxNode): string | null {
  if (!/^(abstract_)?class(_declaration)?$|^internal_module$/.test(node.type) || !node.named) return null
  return node.in('name')?.text ?? null
}

export function calleeOf(node: SyntaxNode): string | null {
  if (node.type === 'call_expression') return shortText(node.in('function'))
  if (node.type === 'new_expression') return shortText(node.in('constructor'))
  return null
}

/** Arguments of a call, without comments. */
export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return call.in('arguments')?.parts ?? []
}

const WRAPPERS = new Set([
  'await_expression',
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'unary_expression',
  'expression_statement',
])

/** The expression below `await`, `void`, parentheses and casts. */
export function bare(node: SyntaxNode | null): SyntaxNode | null {
  let at = node
  while (at !== null && WRAPPERS.has(at.type)) {
    if (at.type === 'unary_expression' && at.in('operator')?.text !== 'void') return at
    at = at.in('argument') ?? at.parts[0] ?? null
  }
  return at
}

/** Name of a function's first parameter, when it is a plain name. */
export function firstParameter(fn: SyntaxNode): string | null {
  const single = fn.in('parameter')
  if (single !== null) return single.text
  const first = fn.in('parameters')?.parts[0]
  if (first === undefined) return null
  return first.type === 'identifier' ? first.text : (first.in('pattern')?.text ?? null)
}

export function importOf(node: SyntaxNode): ImportFact | null {
  if (node.type === 'import_statement' || (node.type === 'export_statement' && node.in('source') !== null)) {
    const source = node.in('source')
    if (source === null) return null
    const names = walk(node)
      .filter((at) => at.type === 'identifier')
      .map((at) => at.text)
    return { module: plainText(source.text), names }
  }
  if (node.type !== 'call_expression') return null
  const callee = node.in('function')
  const argument = argumentsOf(node)[0]
  if (callee === null || argument?.type !== 'string' || !/^(require|import)$/.test(callee.text)) return null
  return { module: plainText(argument.text), names: [] }
}
