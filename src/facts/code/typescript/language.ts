import type { Language } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { effect, statements } from './effect.ts'
import { failure } from './failure.ts'
import { injectsFailure } from './faults.ts'
import { shape } from './shape.ts'
import { calleeOf, containerName, FUNCTIONS, functionName, importOf, STRINGS } from './syntax.ts'
import { asserts, assertsFailure, doubles, test } from './tests.ts'
import { watch } from './watch.ts'

const TELLING: ReadonlySet<string> = new Set([
  ...FUNCTIONS,
  'call_expression',
  'new_expression',
  'if_statement',
  'return_statement',
  'expression_statement',
  'throw_statement',
  'catch_clause',
  'finally_clause',
  'await_expression',
  'unary_expression',
  'ternary_expression',
  'binary_expression',
  'variable_declarator',
  'pair',
  'class',
  'class_declaration',
  'abstract_class_declaration',
  'internal_module',
  'decorator',
  'jsx_element',
  'jsx_self_closing_element',
  'import_statement',
  'export_statement',
])

/** Grammars of @vscode/tree-sitter-wasm; node types of tree-sitter-typescript and tree-sitter-javascript. */
export const typescript: Language = {
  id: 'typescript',
  title: 'TypeScript and JavaScript',
  grammars: {
    '.ts': 'typescript',
    '.mts': 'typescript',
    '.cts': 'typescript',
    '.tsx': 'tsx',
    '.js': 'javascript',
    '.jsx': 'javascript',
    '.mjs': 'javascript',
    '.cjs': 'javascript',
  },
  strings: STRINGS,
  telling: TELLING,
  functionName,
  containerName,
  callee: (node: SyntaxNode) => calleeOf(node),
  failure,
  watch,
  effect,
  statements,
  test,
  assertsFailure,
  injectsFailure,
  asserts,
  doubles,
  imports: importOf,
  shape,
}
