import { readFileSync } from 'node:fs'
import module from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

/** The command line's bundle, and the script it came from. */
export interface RunningBundle {
  readonly main: typeof import('./cli/main.ts').main
  readonly script: Script
}

/**
 * Where the build leaves what V8 made of a bundle: to compile it takes as long as a small review. It is of use to the very
 * Node that built it.
 */
export function codeCacheOf(bundle: string): string {
  return `${bundle}.${process.version}-${process.arch}.cache`
}

/**
 * Runs a CommonJS bundle as `require` would. It is ASCII, which is read as Latin-1 in a third of the time.
 * @param cache what V8 made of it before; V8 leaves it when it does not fit
 */
export function runBundle(bundle: string, cache: string | null): RunningBundle {
  const script = new Script(module.wrap(readFileSync(bundle, 'latin1')), {
    filename: bundle,
    ...(cache === null ? {} : { cachedData: readFileSync(cache) }),
  })
  const made: { exports: { main?: RunningBundle['main'] } } = { exports: {} }
  script.runInThisContext()(made.exports, module.createRequire(bundle), made, bundle, dirname(bundle))
  const { main } = made.exports
  if (main === undefined) throw new Error(`${bundle} has no main: build it again`)
  return { main, script }
}
