import { fileURLToPath } from 'node:url'
import type { BuildOptions } from 'esbuild'

/** What all bundles have in common. */
export const BUNDLE = {
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
