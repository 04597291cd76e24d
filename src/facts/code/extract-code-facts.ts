import type { CodeFacts } from './code-facts.ts'
import type { CodeRole } from './code-reader.ts'
import { NO_SHAPE } from './code-shape.ts'
import { extractSourceFacts, type SourceFacts } from './extract-source-facts.ts'
import { extractTestFacts } from './extract-test-facts.ts'
import type { Language } from './language.ts'
import type { SyntaxTree } from './syntax-tree.ts'

/** Facts of one file. */
export function extractCodeFacts(language: Language, tree: SyntaxTree, as: CodeRole): CodeFacts {
  const { id } = language
  const { incomplete } = tree
  if (as === 'test')
    return {
      language: id,
      functions: [],
      errorPaths: [],
      shape: NO_SHAPE,
      incomplete,
      ...extractTestFacts(language, tree),
    }
  // A token at the top is no declaration.
  const tops = tree.root.children.filter((child) => child.children.length > 0)
  return {
    language: id,
    tests: [],
    incomplete,
    ...joined(tops.map((top) => extractSourceFacts(language, top))),
  }
}

function joined(parts: readonly SourceFacts[]): SourceFacts {
  const shapes = parts.map((part) => part.shape)
  return {
    functions: parts.flatMap((part) => part.functions),
    errorPaths: parts.flatMap((part) => part.errorPaths),
    imports: parts.flatMap((part) => part.imports),
    shape: {
      calls: shapes.flatMap((shape) => shape.calls),
      branches: shapes.flatMap((shape) => shape.branches),
      bindings: shapes.flatMap((shape) => shape.bindings),
      classes: shapes.flatMap((shape) => shape.classes),
      exports: shapes.flatMap((shape) => shape.exports),
      functions: shapes.flatMap((shape) => shape.functions),
    },
  }
}
