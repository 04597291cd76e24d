import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { BUNDLE } from './bundle-options.ts'

/** The toolkit can ask for OIDC tokens, and brings an HTTP client of 400 KB along for it. We ask for none. */
const withoutOidc: Plugin = {
  name: 'without-oidc',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@actions[\\/]core[\\/]lib[\\/]oidc-utils\.js$/ }, () => ({
      contents: 'export class OidcClient {}',
    }))
  },
}

/** Bundles the Action into `folder/action.js`. It finds the grammars and the presets beside it. */
export async function buildAction(folder: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/action.ts'],
    outfile: join(folder, 'action.js'),
    minify: true,
    plugins: [withoutOidc],
  })
}

/** Bundles the App into `folder/app.js`. The packages of the queue on Redis stay outside: who uses it installs them. */
export async function buildApp(folder: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/app.ts'],
    outfile: join(folder, 'app.js'),
    external: ['bullmq', 'ioredis'],
  })
}
