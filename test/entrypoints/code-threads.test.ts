import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { createCodeThreads } from '../../src/entrypoints/code-threads.ts'
import { type CodeRequest, type CodeThreads, createCodeReader } from '../../src/facts/code/code-reader.ts'
import { sourceFile, testFile } from '../bench/synthetic-code.ts'
import { readTestWasm } from '../support/code.ts'
import { COMMAND_LINE } from '../support/command-line.ts'

const built = dirname(COMMAND_LINE)
const grammars = join(built, 'grammars')
const folder = mkdtempSync(join(tmpdir(), 'airworthy-threads-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** More than it takes for a thread to be worth its start. */
const requests: readonly CodeRequest[] = Array.from({ length: 240 }, (_, index) => {
  const language = (['ts', 'py', 'go'] as const)[index % 3] ?? 'ts'
  const as = index % 5 === 0 ? 'test' : 'source'
  const text = as === 'test' ? testFile(language, index) : sourceFile(language, index)
  return { path: `a${index}.${language}`, text, key: `blob-${index}`, as }
})

async function factsFrom(threads: CodeThreads | null): Promise<readonly unknown[]> {
  const reader = await createCodeReader(readTestWasm, threads)
  await reader.prepare(requests.map(({ path }) => path))
  await reader.readAhead(requests)
  return requests.map((request) => reader.read(request))
}

const alone = factsFrom(null)

async function untilReady(threads: CodeThreads): Promise<CodeThreads> {
  threads.wake()
  for (const end = Date.now() + 30_000; !threads.ready() && Date.now() < end; ) await threads.pause()
  return threads
}

/** The same threads, counting what they answer. */
function counted(threads: CodeThreads): { readonly threads: CodeThreads; readonly answers: () => number } {
  let answers = 0
  const read: CodeThreads['read'] = async (request) => {
    const facts = await threads.read(request)
    if (facts !== null) answers++
    return facts
  }
  return { threads: { ...threads, read }, answers: () => answers }
}

function scriptOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('what threads read is what one thread reads', async () => {
  const script = join(built, 'code-thread.js')
  const { threads, answers } = counted(await untilReady(createCodeThreads(script, { grammars }, 2)))
  expect(await factsFrom(threads)).toEqual(await alone)
  expect(answers()).toBeGreaterThan(10)
})

test.each([
  ['that starts', ''],
  ['that is ready, and was never asked', 'while (!threads.ready()) await threads.pause()'],
  [
    'that has answered',
    'while (!threads.ready()) await threads.pause(); await threads.read({ path: "a.ts", text: "f()", key: null, as: "source" })',
  ],
])('a thread %s keeps no process alive', async (name, work) => {
  const source = new URL('../../src/entrypoints/code-threads.ts', import.meta.url)
  const start = JSON.stringify({ grammars })
  const text = `const { createCodeThreads } = await import(${JSON.stringify(source.href)})
    const threads = createCodeThreads(${JSON.stringify(join(built, 'code-thread.js'))}, ${start}, 2)
    threads.wake()
    ${work}`
  const script = scriptOf(`${name.replaceAll(/\W+/g, '-')}.mjs`, text)
  await promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), script], { timeout: 30_000 })
})

test.each([
  ['breaks at its start', 'throw new Error("no")'],
  [
    'breaks at its first text',
    'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { throw new Error("no") }); parentPort.postMessage({ id: null, facts: null })',
  ],
  [
    'cannot read',
    'import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id }) => parentPort.postMessage({ id, facts: null })); parentPort.postMessage({ id: null, facts: null })',
  ],
])('where a thread %s, all is read here', async (name, text) => {
  const threads = createCodeThreads(scriptOf(`${name.replaceAll(' ', '-')}.mjs`, text), { grammars }, 1)
  threads.wake()
  for (let turn = 0; turn < 200; turn++) await threads.pause()
  expect(await factsFrom(threads)).toEqual(await alone)
})
