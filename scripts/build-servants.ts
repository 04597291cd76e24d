import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { wasmOfPackage } from '../src/entrypoints/assets.ts'
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

/**
 * Bundles the Action into `folder/action.js`, and what it needs after its first request into `folder/action/`. It finds the
 * grammars and the presets beside it.
 */
export async function buildAction(folder: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/action.ts'],
    outdir: folder,
    minify: true,
    splitting: true,
    chunkNames: 'action/[name]-[hash]',
    plugins: [withoutOidc],
  })
  copySqlParser(join(folder, 'action'))
}

/** Bundles the App into `folder/app.js`. The packages of the queue on Redis stay outside: who uses it installs them. */
export async function buildApp(folder: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: ['src/entrypoints/app.ts'],
    outfile: join(folder, 'app.js'),
    external: ['bullmq', 'ioredis'],
  })
  copySqlParser(folder)
}

/** PostgreSQL's parser looks for its own beside the code. */
function copySqlParser(folder: string): void {
  cpSync(wasmOfPackage('libpg-query'), join(folder, 'libpg-query.wasm'))
}
