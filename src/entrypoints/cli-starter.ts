#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { codeCacheOf, runBundle } from './run-bundle.ts'

const bundle = fileURLToPath(new URL('cli/main.cjs', import.meta.url))
const cache = codeCacheOf(bundle)
const main = existsSync(cache) ? runBundle(bundle, cache).main : requireMain()
// All is said and closed: to take down what the process holds in order would take as long as reading a file or two.
process.exit(await main(process.argv.slice(2)))

/** Without our cache: Node 22 and later keep one of their own, and later starts are quicker. */
function requireMain(): typeof import('./cli/main.ts').main {
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()
  return module.createRequire(import.meta.url)(bundle).main
}
