import { availableParallelism } from 'node:os'
import type { Catalog } from '../facts/behaviour/catalog.ts'
import { type CodeThreads, createCodeReader } from '../facts/code/code-reader.ts'
import { createFactReaders } from '../facts/fact-readers.ts'
import { createProgramReader } from '../facts/migration/program/program-reader.ts'
import type { Engine } from '../pipeline.ts'
import { builtCatalog, packageVersion, readWasm, threadScript } from './assets.ts'
import { createCodeThreads } from './code-threads.ts'

/**
 * Everything a review needs besides the change and the policy. Make it once: it keeps the loaded grammars and the facts of
 * code it has read, by blob id.
 * @param onRead called before each file of code is read; for a progress line
 */
export async function createEngine(onRead?: () => void): Promise<Engine> {
  const code = await createCodeReader(readWasm, codeThreads(onRead))
  const read: typeof code.read = (...asked) => {
    onRead?.()
    return code.read(...asked)
  }
  return {
    readers: createFactReaders({
      catalog: await catalogThatShips(),
      code: { ...code, read },
      programs: createProgramReader(readWasm),
    }),
    version: packageVersion(),
  }
}

async function catalogThatShips(): Promise<Catalog> {
  return builtCatalog() ?? (await import('./catalog-from-sources.ts')).catalogFromSources()
}

/** Each has a parser and grammars of its own, some 60 MB. */
const MAX_THREADS = 3

/** Threads beside this one, as the machine has room for; null where it has none. */
function codeThreads(onRead?: () => void): CodeThreads | null {
  const built = threadScript()
  const count = Math.min(MAX_THREADS, availableParallelism() - 1)
  if (built === null || count < 1) return null
  const threads = createCodeThreads(built.script, { grammars: built.grammars }, count)
  return {
    ...threads,
    pause() {
      onRead?.()
      return threads.pause()
    },
  }
}
