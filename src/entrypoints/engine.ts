import { parseCatalog } from '../facts/behaviour/catalog.ts'
import { createCodeReader } from '../facts/code/code-reader.ts'
import { createFactReaders } from '../facts/fact-readers.ts'
import { createProgramReader } from '../facts/migration/program/program-reader.ts'
import type { Engine } from '../pipeline.ts'
import { packageVersion, readCatalog, readWasm } from './assets.ts'

/**
 * Everything a review needs besides the change and the policy. Make it once: it keeps the loaded grammars and the facts of
 * code it has read, by blob id.
 * @param onRead called before each file of code is read; for a progress line
 */
export async function createEngine(onRead?: () => void): Promise<Engine> {
  const code = await createCodeReader(readWasm)
  const read: typeof code.read = (...asked) => {
    onRead?.()
    return code.read(...asked)
  }
  return {
    readers: createFactReaders({
      catalog: parseCatalog(readCatalog()),
      code: { ...code, read },
      programs: createProgramReader(readWasm),
    }),
    version: packageVersion(),
  }
}
