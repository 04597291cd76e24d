import type { CodeFacts } from './code-facts.ts'
import type { CodeRole } from './code-reader.ts'
import { NO_SHAPE } from './code-shape.ts'
import { extractSourceFacts } from './extract-source-facts.ts'
import { extractTestFacts } from './extract-test-facts.ts'
import type { Language } from './language.ts'
import type { SyntaxTree } from './syntax-tree.ts'

/** Facts of one file. */
export function extractCodeFacts(language: Language, tree: SyntaxTree, as: CodeRole): CodeFacts {
  const common = { language: language.id, incomplete: tree.incomplete }
  if (as === 'source') return { ...common, tests: [], ...extractSourceFacts(language, tree) }
  return { ...common, functions: [], errorPaths: [], shape: NO_SHAPE, ...extractTestFacts(language, tree) }
}
