import type { SyntaxNode } from '../../code/syntax-tree.ts'
import type { Block, FunctionBody, Program, Step, Value } from './program.ts'
import { lastPart } from './program.ts'
import { ValueReader } from './read-value.ts'

const CLASSES = new Set([
  'class_definition',
  'class_declaration',
  'class',
  'anonymous_class',
  'module',
  'singleton_class',
])
const DEFINITIONS = new Set([
  'function_definition',
  'function_declaration',
  'method',
  'method_definition',
  'method_declaration',
  'singleton_method',
])
const ASSIGNMENTS = new Set([
  'assignment',
  'assignment_expression',
  'variable_declarator',
  'public_field_definition',
  'property_element',
  'const_element',
  'const_spec',
  'var_spec',
  'short_var_declaration',
])

/** What a migration that is one object is called; another name goes where it holds both ways. */
const EXPORTED = new Set(['exports', 'default', 'migration'])

/** Reads what a file defines, assigns and calls. */
export function readProgram(root: SyntaxNode): Program {
  const reader = new ValueReader(root)
  const functions: FunctionBody[] = []
  const assigned = new Map<string, Value>()
  const steps: Step[] = []
  const locals = new Map<string, Value[]>()

  const define = (name: string, owner: string | null, block: Block): void => {
    functions.push({ name, owner, block, line: block.line })
  }
  const assign = (name: string, owner: string | null, value: Value): void => {
    assigned.set(name, value)
    if (owner !== null) assigned.set(`${owner}.${name}`, value)
    if (value.kind === 'block') define(name, owner, value)
    if (value.kind !== 'map') return
    const isMigration = EXPORTED.has(name) || (value.entries.has('up') && value.entries.has('down'))
    if (!isMigration) return
    for (const [key, entry] of value.entries) assign(key, owner, entry)
  }
  const visitLocals = (node: SyntaxNode): void => {
    if (ASSIGNMENTS.has(node.type)) {
      const [left, right] = sides(node)
      const name = left === null ? '' : left.text.replace(/^\$/, '')
      if (right !== null && /^\w+$/.test(name)) locals.set(name, [...(locals.get(name) ?? []), reader.value(right)])
    }
    for (const part of node.parts) visitLocals(part)
  }
  const visit = (node: SyntaxNode, owner: string | null): void => {
    if (DEFINITIONS.has(node.type)) {
      const name = node.in('name')?.text
      if (name !== undefined) define(name, owner, reader.block(node))
      visitLocals(node)
      return
    }
    if (ASSIGNMENTS.has(node.type)) {
      const [left, right] = sides(node)
      if (left !== null && right !== null) assign(lastPart(left.text.replace(/^\$/, '')), owner, reader.value(right))
      if (right !== null && right.type === 'object_creation_expression') visit(right, owner)
      return
    }
    if (node.type === 'export_statement' && node.in('value') !== null) {
      const value = node.in('value')
      assign('default', owner, reader.value(value))
      if (value !== null && value.type !== 'object') visit(value, owner)
      return
    }
    if (node.type === 'call' || node.type === 'call_expression') {
      steps.push(...reader.steps(node))
      return
    }
    const inside = CLASSES.has(node.type) ? (node.in('name')?.text ?? owner) : owner
    for (const part of node.parts) visit(part, inside)
  }
  visit(root, null)
  // A local name that is given a value once in the whole file holds that value wherever it is used.
  for (const [name, [value, ...others]] of locals) {
    const isPlain = value !== undefined && (value.kind === 'text' || value.kind === 'call' || value.kind === 'list')
    if (isPlain && others.length === 0 && !assigned.has(name)) assigned.set(name, value)
  }
  return { functions, assigned, steps }
}

function sides(node: SyntaxNode): readonly [SyntaxNode | null, SyntaxNode | null] {
  const left = node.in('left') ?? node.in('name') ?? node.first('variable_name', 'name', 'identifier')
  const right = node.in('right') ?? node.in('value') ?? (node.parts.length > 1 ? (node.parts.at(-1) ?? null) : null)
  return [left, right === left ? null : right]
}
