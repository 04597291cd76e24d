import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { wasmOfPackage } from '../src/entrypoints/assets.ts'
import type { Language } from '../src/facts/code/language.ts'
import { languages } from '../src/facts/code/languages.ts'
import { migrationGrammars } from '../src/facts/migration/program/program-reader.ts'

const BUNDLE = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  platform: 'node',
  // Some packages (jsonc-parser) have a `main` that requires its parts in a way no bundler sees.
  mainFields: ['module', 'main'],
  format: 'esm',
  target: 'node20.19',
  legalComments: 'linked',
  // Its older form hides its names from the bundler.
  alias: { 'libpg-query': 'libpg-query/wasm/index.js' },
  logLevel: 'warning',
  // Packages of the older kind call require and look beside themselves: a module has to make both.
  banner: {
    js: [
      "import { createRequire as requireOf } from 'node:module'; import { dirname as bannerDirname } from 'node:path';",
      "import { fileURLToPath as bannerPath } from 'node:url'; const require = requireOf(import.meta.url);",
      'const __filename = bannerPath(import.meta.url); const __dirname = bannerDirname(__filename);',
    ].join(' '),
  },
} as const satisfies BuildOptions

/**
 * Bundles the command line into `folder/cli.js`, with `folder/cli/` for the code that only some commands need, and copies the
 * catalog and the grammars of the known languages beside it.
 */
export async function buildCommandLine(folder: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/cli.ts'],
    outdir: folder,
    splitting: true,
    chunkNames: 'cli/[name]-[hash]',
  })
  cpSync(join(BUNDLE.absWorkingDir, 'src', 'facts', 'catalog'), join(folder, 'catalog'), { recursive: true })
  const grammars = join(folder, 'grammars')
  mkdirSync(grammars, { recursive: true })
  for (const name of wasmNames()) cpSync(wasmOfPackage(name), join(grammars, `${name}.wasm`))
  // PostgreSQL's parser looks for its own beside the code.
  cpSync(wasmOfPackage('libpg-query'), join(folder, 'cli', 'libpg-query.wasm'))
  cpSync(join(dirname(wasmOfPackage('tree-sitter-go')), '..', 'LICENSE'), join(grammars, 'LICENSE'))
}

function wasmNames(): ReadonlySet<string> {
  const grammars = languages.flatMap((language: Language) => Object.values(language.grammars))
  return new Set(['tree-sitter', ...[...grammars, ...migrationGrammars()].map((name) => `tree-sitter-${name}`)])
}
