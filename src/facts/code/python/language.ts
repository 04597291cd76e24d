import type { Language } from '../language.ts'
import { effect, statements } from './effect.ts'
import { failure } from './failure.ts'
import { injectsFailure } from './faults.ts'
import { shape } from './shape.ts'
import { calleeOf, containerName, functionName, importOf, STRINGS } from './syntax.ts'
import { asserts, assertsFailure, doubles, test } from './tests.ts'
import { watch } from './watch.ts'

const TELLING: ReadonlySet<string> = new Set([
  'call',
  'if_statement',
  'elif_clause',
  'return_statement',
  'expression_statement',
  'raise_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
  'await',
  'conditional_expression',
  'boolean_operator',
  'assignment',
  'named_expression',
  'function_definition',
  'class_definition',
  'decorator',
  'import_statement',
  'import_from_statement',
])

/** Node types of tree-sitter-python 0.25: `except*` is an `except_clause` too, and its block has no field name. */
export const python: Language = {
  id: 'python',
  title: 'Python',
  grammars: { '.py': 'python' },
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
