import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { readCatalogSources, wasmOfPackage } from '../src/entrypoints/assets.ts'
import type { Language } from '../src/facts/code/language.ts'
import { languages } from '../src/facts/code/languages.ts'
import { migrationGrammars } from '../src/facts/migration/program/program-reader.ts'
import { BUNDLE } from './bundle-options.ts'

/** Bundles the command line into `folder/cli.js`, with `folder/cli/` for the code that only some commands need, and its assets. */
export async function buildCommandLine(folder: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/cli.ts'],
    outdir: folder,
    splitting: true,
    chunkNames: 'cli/[name]-[hash]',
  })
  await buildAssets(folder)
  // PostgreSQL's parser looks for its own beside the code.
  cpSync(wasmOfPackage('libpg-query'), join(folder, 'cli', 'libpg-query.wasm'))
}

/** What every bundle looks for beside it: `grammars/` of the known languages, `catalog.json`, and the script of a thread that reads code. */
export async function buildAssets(folder: string): Promise<void> {
  await build({ ...BUNDLE, entryPoints: ['src/entrypoints/code-thread.ts'], outdir: folder })
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify(Object.fromEntries(readCatalogSources())))
  const grammars = join(folder, 'grammars')
  mkdirSync(grammars, { recursive: true })
  for (const name of wasmNames()) cpSync(wasmOfPackage(name), join(grammars, `${name}.wasm`))
  cpSync(join(dirname(wasmOfPackage('tree-sitter-go')), '..', 'LICENSE'), join(grammars, 'LICENSE'))
}

function wasmNames(): ReadonlySet<string> {
  const grammars = languages.flatMap((language: Language) => Object.values(language.grammars))
  return new Set(['tree-sitter', ...[...grammars, ...migrationGrammars()].map((name) => `tree-sitter-${name}`)])
}
