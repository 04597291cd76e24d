import { Language, type Node, Parser } from 'web-tree-sitter'
import { readWasm } from '../../src/entrypoints/assets.ts'

/** What a TypeScript file imports and which of the world's globals it uses. Comments and strings do not count. */
export interface SourceFacts {
  /** Specifiers of static and dynamic imports and of re-exports: './a.ts', 'node:fs'. */
  readonly imports: readonly string[]
  /** Those of `WORLD` that stand in the code. */
  readonly world: readonly string[]
}

const CALLS = new Set(['Date.now', 'fetch', 'performance.now', 'Math.random'])

const parser = typescriptParser()

async function typescriptParser(): Promise<Parser> {
  await Parser.init({ wasmBinary: await readWasm('tree-sitter') })
  const made = new Parser()
  return made.setLanguage(await Language.load(await readWasm('tree-sitter-typescript')))
}

export async function sourceFacts(text: string): Promise<SourceFacts> {
  const tree = (await parser).parse(text)
  if (tree === null) throw new Error('a source file could not be parsed')
  const imports: string[] = []
  const world: string[] = []
  const visit = (node: Node): void => {
    const specifier = importedBy(node)
    if (specifier !== null) imports.push(specifier)
    if (node.type === 'identifier' && node.text === 'process') world.push('process')
    const callee = node.type === 'call_expression' ? (node.childForFieldName('function')?.text ?? '') : ''
    if (CALLS.has(callee)) world.push(callee)
    if (node.type === 'new_expression' && /^new Date(?:\(\))?$/.test(node.text)) world.push('new Date()')
    for (const child of node.children) if (child !== null) visit(child)
  }
  visit(tree.rootNode)
  tree.delete()
  return {
    imports,
    world: [...world, ...imports.filter((name) => /^node:(?:fs|child_process|net|https?)\b/.test(name))],
  }
}

function importedBy(node: Node): string | null {
  if (node.type === 'import_statement' || node.type === 'export_statement') {
    return unquoted(node.childForFieldName('source'))
  }
  const isDynamic = node.type === 'call_expression' && node.childForFieldName('function')?.type === 'import'
  return isDynamic ? unquoted(node.childForFieldName('arguments')?.namedChild(0) ?? null) : null
}

function unquoted(node: Node | null): string | null {
  return node === null || node.type !== 'string' ? null : node.text.slice(1, -1)
}
