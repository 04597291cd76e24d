import type { Language } from '../language.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { effect, statements } from './effect.ts'
import { failure } from './failure.ts'
import { injectsFailure } from './faults.ts'
import { shape } from './shape.ts'
import { calleeOf, containerName, functionName, importOf, STRINGS } from './syntax.ts'
import { asserts, assertsFailure, doubles, test } from './tests.ts'
import { watch } from './watch.ts'

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
