import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { createCodeReader } from '../facts/code/code-reader.ts'
import type { ThreadAnswer, ThreadQuestion, ThreadStart } from './code-threads.ts'

/** The script of one thread: a text in, its facts out. What goes wrong here is done again, and told, by who asked. */
const { grammars }: ThreadStart = workerData
const reader = await createCodeReader((name) => readFile(join(grammars, `${name}.wasm`)))

parentPort?.on('message', async ({ id, request }: ThreadQuestion) => {
  parentPort?.postMessage({ id, facts: await read(request) } satisfies ThreadAnswer)
})
parentPort?.postMessage({ id: null, facts: null } satisfies ThreadAnswer)

async function read(request: ThreadQuestion['request']): Promise<ThreadAnswer['facts']> {
  try {
    await reader.prepare([request.path])
    return reader.read({ ...request, key: null })
  } catch {
    return null
  }
}
