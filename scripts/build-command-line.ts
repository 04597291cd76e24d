import { isAscii } from 'node:buffer'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { wasmOfPackage } from '../src/entrypoints/assets.ts'
import { policyWithoutFile } from '../src/entrypoints/base-policy.ts'
import { catalogFromSources } from '../src/entrypoints/catalog-from-sources.ts'
import type { Language } from '../src/facts/code/language.ts'
import { languages } from '../src/facts/code/languages.ts'
import { migrationGrammars } from '../src/facts/migration/program/program-reader.ts'
import { formatPolicyProblem } from '../src/policy/policy-problem.ts'
import { BUNDLE } from './bundle-options.ts'

const { resolve } = createRequire(import.meta.url)

/**
 * Bundles the command line: `folder/cli.js` starts `folder/cli/main.cjs`, one script, as V8 keeps compiled code for a script
 * and not for a module. What only some commands need is in it, and evaluated when they run.
 */
export async function buildCommandLine(folder: string): Promise<void> {
  await build({ ...BUNDLE, entryPoints: { cli: 'src/entrypoints/cli-starter.ts' }, outdir: folder })
  const outfile = join(folder, 'cli', 'main.cjs')
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/cli/main.ts'],
    outfile,
    format: 'cjs',
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
    alias: { ...BUNDLE.alias, 'web-tree-sitter': resolve('web-tree-sitter') },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  })
  // Only then can it be read without decoding. Esbuild escapes all but what stands in a regular expression.
  if (!isAscii(readFileSync(outfile))) throw new Error(`${outfile} is not ASCII: write \\u escapes in the sources`)
  await buildAssets(folder)
  // PostgreSQL's parser looks for its own beside the code.
  cpSync(wasmOfPackage('libpg-query'), join(folder, 'cli', 'libpg-query.wasm'))
}

/** What every bundle looks for beside it: `grammars/` of the known languages, `catalog.json`, `policy.json`, and the script of a thread that reads code. */
export async function buildAssets(folder: string): Promise<void> {
  await build({ ...BUNDLE, entryPoints: ['src/entrypoints/code-thread.ts'], outdir: folder })
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify(catalogFromSources()))
  const resolved = await policyWithoutFile()
  if ('problems' in resolved) throw new Error(resolved.problems.map(formatPolicyProblem).join('\n'))
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(resolved.policy))
  const grammars = join(folder, 'grammars')
  mkdirSync(grammars, { recursive: true })
  for (const name of wasmNames()) cpSync(wasmOfPackage(name), join(grammars, `${name}.wasm`))
  cpSync(join(dirname(wasmOfPackage('tree-sitter-go')), '..', 'LICENSE'), join(grammars, 'LICENSE'))
}

function wasmNames(): ReadonlySet<string> {
  const grammars = languages.flatMap((language: Language) => Object.values(language.grammars))
  return new Set(['tree-sitter', ...[...grammars, ...migrationGrammars()].map((name) => `tree-sitter-${name}`)])
}
