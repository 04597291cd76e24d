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
  logLevel: 'warning',
  // Packages of the older kind call require: a module has to make its own.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
} as const satisfies BuildOptions
