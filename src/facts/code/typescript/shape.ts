import type { Argument, Value } from '../code-shape.ts'
import { plainText } from '../failure-signature.ts'
import type { BindingForm, BranchForm, CallForm, ShapeLanguage } from '../shape-language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { calleeOf, containerName, functionName, isFunction } from './syntax.ts'
import { argumentsOfCall, conditionOf, dense, nameOf, readValue } from './values.ts'

function call(node: SyntaxNode): CallForm | null {
  if (node.type === 'call_expression' || node.type === 'new_expression') {
    if (node.parent?.type === 'decorator') return null
    const callee = dense(calleeOf(node) ?? '')
    return { form: 'call', callee, args: argumentsOfCall(node), boundTo: boundTo(node), decorates: null }
  }
  if (node.type === 'decorator') return decorator(node)
  if (node.type === 'jsx_element' || node.type === 'jsx_self_closing_element') return element(node)
  return null
}

/** Variable, key or field that takes the value, through `await` and wrapping calls of the same statement. */
function boundTo(node: SyntaxNode): string | null {
  let at = node.parent
  while (at !== null && /^(await|parenthesized|as|satisfies)_expression$/.test(at.type)) at = at.parent
  if (at?.type === 'variable_declarator') return at.in('name')?.text ?? null
  if (at?.type === 'pair') return plainText(at.in('key')?.text ?? '')
  if (at?.type === 'public_field_definition') return at.in('name')?.text ?? null
  return null
}

/** A method's decorators stand before it in the class body; a class's before `export` or in the declaration. */
function decorator(node: SyntaxNode): CallForm | null {
  const inner = node.parts[0]
  if (inner === undefined) return null
  const isCall = inner.type === 'call_expression'
  const target = decorated(node)
  if (target === null) return null
  return {
    form: 'decorator',
    callee: isCall ? dense(calleeOf(inner) ?? '') : nameOf(inner),
    args: isCall ? argumentsOfCall(inner) : [],
    boundTo: null,
    decorates: target,
  }
}

function decorated(node: SyntaxNode): CallForm['decorates'] {
  const { parent } = node
  if (parent === null) return null
  if (parent.type === 'export_statement') {
    const type = parent.in('declaration')
    return type === null ? null : { name: containerName(type) ?? '', isClass: true, node: type }
  }
  const own = containerName(parent)
  if (own !== null) return { name: own, isClass: true, node: parent }
  const after = parent.children
    .slice(parent.children.indexOf(node) + 1)
    .find((one) => one.named && one.type !== 'decorator')
  if (after === undefined || parent.type !== 'class_body') return null
  const type = parent.parent === null ? null : containerName(parent.parent)
  const name = functionName(after) ?? after.in('name')?.text ?? ''
  return { name: type === null ? name : `${type}.${name}`, isClass: false, node: after }
}

function element(node: SyntaxNode): CallForm | null {
  const opening = node.type === 'jsx_element' ? (node.in('open_tag') ?? node.first('jsx_opening_element')) : node
  const name = opening?.in('name')?.text ?? ''
  if (opening === null || !/^[A-Z]/.test(name)) return null
  return {
    form: 'element',
    callee: dense(name),
    args: opening.parts.flatMap(attribute),
    boundTo: null,
    decorates: null,
  }
}

function attribute(node: SyntaxNode): readonly Argument[] {
  if (node.type !== 'jsx_attribute') return []
  const [name, given] = node.parts
  const value: Value =
    given === undefined
      ? { is: 'literal', text: 'true' }
      : readValue(given.type === 'jsx_expression' ? (given.parts[0] ?? null) : given)
  return [{ key: name?.text ?? '', value }]
}

function branch(node: SyntaxNode): BranchForm | null {
  if (node.type === 'if_statement' || node.type === 'ternary_expression') {
    const yes = node.in('consequence')
    const no = node.in('alternative')
    return { condition: conditionOf(node.in('condition')), yes, no, leaves: leavesOf(yes, no) }
  }
  if (node.type !== 'binary_expression') return null
  const operator = node.in('operator')?.text
  if (operator !== '&&' && operator !== '||') return null
  const right = node.in('right')
  const condition = conditionOf(node.in('left'))
  return operator === '&&'
    ? { condition, yes: right, no: null, leaves: null }
    : { condition, yes: null, no: right, leaves: null }
}

function leavesOf(yes: SyntaxNode | null, no: SyntaxNode | null): 'yes' | 'no' | null {
  if (leaves(yes)) return 'yes'
  return leaves(no) ? 'no' : null
}

const LEAVING = /^(?:return|throw|continue|break)_statement$/

function leaves(node: SyntaxNode | null): boolean {
  if (node === null) return false
  if (LEAVING.test(node.type)) return true
  if (node.type === 'else_clause') return leaves(node.parts[0] ?? null)
  if (node.type === 'expression_statement')
    return /^(?:notFound|redirect|permanentRedirect|process\.exit|next)$/.test(calleeOf(node.parts[0] ?? node) ?? '')
  const last = node.type === 'statement_block' ? node.parts.at(-1) : undefined
  return last !== undefined && leaves(last)
}

function bindings(node: SyntaxNode): readonly BindingForm[] {
  if (node.type !== 'variable_declarator') return []
  const target = node.in('name')
  const value = node.in('value')
  if (target === null || value === null || isFunction(value)) return []
  const condition = conditionOf(value)
  if (target.type === 'identifier') return [{ name: target.text, key: null, value: condition }]
  if (target.type === 'array_pattern') {
    const first = target.parts[0]
    return first === undefined ? [] : [{ name: first.text, key: null, value: condition }]
  }
  if (target.type !== 'object_pattern') return []
  return target.parts.flatMap((part): BindingForm[] => {
    if (part.type === 'shorthand_property_identifier_pattern')
      return [{ name: part.text, key: part.text, value: condition }]
    if (part.type === 'object_assignment_pattern') {
      const name = part.in('left')?.text ?? ''
      return [{ name, key: name, value: condition }]
    }
    if (part.type !== 'pair_pattern') return []
    return [{ name: part.in('value')?.text ?? '', key: part.in('key')?.text ?? '', value: condition }]
  })
}

function classOf(node: SyntaxNode): ReturnType<ShapeLanguage['classOf']> {
  const name = containerName(node)
  if (name === null) return null
  const heritage = node.first('class_heritage')
  const bases =
    heritage === null
      ? []
      : dense(heritage.text)
          .replace(/^extends|implements.*$/g, '')
          .split(',')
  return { name, bases: bases.map((base) => base.replace(/[<(].*$/, '')).filter((base) => base !== '') }
}

function exported(node: SyntaxNode): ReturnType<ShapeLanguage['exported']> {
  if (node.type !== 'export_statement') return []
  const declaration = node.in('declaration')
  if (node.children.some((child) => child.type === 'default')) return [{ name: 'default', node }]
  if (declaration === null) return []
  const name = declaration.in('name')?.text
  if (name !== undefined) return [{ name, node: declaration }]
  return declaration.parts.flatMap((part) =>
    part.type === 'variable_declarator' ? [{ name: part.in('name')?.text ?? '', node: part }] : [],
  )
}

export const shape: ShapeLanguage = {
  call,
  branch,
  bindings,
  classOf,
  exported,
  isBlock: (node) => /^(?:statement_block|program|switch_case)$/.test(node.type),
}
