import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, Plugin } from 'esbuild'

/** zod's `z` brings all its languages along (350 KB); as a namespace only what is used. */
const zodAsNamespace: Plugin = {
  name: 'zod-as-namespace',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replace(/^import \{ z \} from 'zod'$/m, "import * as z from 'zod'")
        .replace(/^import \{ type (\w+), z \} from 'zod'$/m, "import * as z from 'zod'; import type { $1 } from 'zod'"),
    }))
  },
}

/** What all bundles have in common. */
export const BUNDLE = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  legalComments: 'linked',
  logLevel: 'warning',
  plugins: [zodAsNamespace],
  // Packages of the older kind call require: a module has to make its own.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
} as const satisfies BuildOptions
