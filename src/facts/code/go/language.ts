import type { Language } from '../language.ts'
import { effect, statements } from './effect.ts'
import { failure } from './failure.ts'
import { injectsFailure } from './faults.ts'
import { shape } from './shape.ts'
import { calleeOf, containerName, functionName, importOf, STRINGS } from './syntax.ts'
import { asserts, assertsFailure, doubles, test } from './tests.ts'
import { watch } from './watch.ts'

const TELLING: ReadonlySet<string> = new Set([
  'call_expression',
  'composite_literal',
  'if_statement',
  'return_statement',
  'expression_statement',
  'short_var_declaration',
  'assignment_statement',
  'var_spec',
  'defer_statement',
  'binary_expression',
  'function_declaration',
  'method_declaration',
  'func_literal',
  'import_spec',
])

/** Node types of tree-sitter-go 0.25: block → statement_list → statements. */
export const go: Language = {
  id: 'go',
  title: 'Go',
  grammars: { '.go': 'go' },
  strings: STRINGS,
  telling: TELLING,
  functionName,
  containerName,
  callee: calleeOf,
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
