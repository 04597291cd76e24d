/** `npm run build`: writes dist/, the command line, the Action and the App as bundles, and the library with its types. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildCommandLine } from './build-command-line.ts'
import { buildAction, buildApp } from './build-servants.ts'
import { writeCodeCache } from './write-code-cache.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
await buildCommandLine(dist)
await buildAction(dist)
await buildApp(dist)
buildLibrary()
await writeCodeCache(dist)

function buildLibrary(): void {
  const { resolve } = createRequire(import.meta.url)
  const tsc = join(dirname(resolve('typescript/package.json')), 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '--project', 'scripts/tsconfig.library.json'], { cwd: root, stdio: 'inherit' })
}
