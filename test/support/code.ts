import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { CodeFacts } from '../../src/facts/code/code-facts.ts'
import { type CodeReader, type CodeRole, createCodeReader } from '../../src/facts/code/code-reader.ts'

const require = createRequire(import.meta.url)

/** The grammars as npm brings them. */
export function testCodeReader(): Promise<CodeReader> {
  return createCodeReader(readTestWasm)
}

export function readTestWasm(name: string): Promise<Uint8Array> {
  return readFile(
    require.resolve(
      name === 'tree-sitter' ? 'web-tree-sitter/web-tree-sitter.wasm' : `@vscode/tree-sitter-wasm/wasm/${name}.wasm`,
    ),
  )
}

/** Facts of a text that must be readable. */
export async function codeFacts(
  reader: CodeReader,
  path: string,
  text: string,
  as: CodeRole = 'source',
): Promise<CodeFacts> {
  await reader.prepare([path])
  const facts = reader.read({ path, text, key: null, as })
  if ('reason' in facts) throw new Error(facts.reason)
  return facts
}
