import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { CodeFacts, Unreadable } from '../facts/code/code-facts.ts'
import type { CodeRequest, CodeThreads } from '../facts/code/code-reader.ts'

/** What a thread is started with: the folder of the WASM files. */
export interface ThreadStart {
  readonly grammars: string
}

export interface ThreadQuestion {
  readonly id: number
  readonly request: CodeRequest
}

/** `id` is null once, when the thread is ready; `facts` is null when it could not read. */
export interface ThreadAnswer {
  readonly id: number | null
  readonly facts: CodeFacts | Unreadable | null
}

interface Thread {
  readonly read: (request: CodeRequest) => Promise<CodeFacts | Unreadable | null>
  /** 'gone' when it broke: whoever waits gets null, and nobody asks it again. */
  readonly state: () => 'starting' | 'ready' | 'gone'
  readonly pending: () => number
}

/** Texts that wait at a thread's door, so that it has work while this thread is busy with something else. */
const LANES = 4

/**
 * Threads that read code, started at the first `wake`. They never keep the process alive by themselves.
 * @param script the built `code-thread.js`
 */
export function createCodeThreads(script: string, start: ThreadStart, count: number): CodeThreads {
  let threads: readonly Thread[] = []
  const ready = (): readonly Thread[] => threads.filter((thread) => thread.state() === 'ready')
  return {
    lanes: count * LANES,
    wake() {
      if (threads.length === 0) threads = Array.from({ length: count }, () => startThread(script, start))
    },
    ready: () => ready().length > 0,
    async read(request) {
      const [idlest] = ready().toSorted((a, b) => a.pending() - b.pending())
      return idlest === undefined ? null : idlest.read(request)
    },
    pause: () => setImmediate(),
  }
}

function startThread(script: string, start: ThreadStart): Thread {
  const worker = new Worker(script, { workerData: start })
  const pending = new Map<number, (facts: ThreadAnswer['facts']) => void>()
  let state: ReturnType<Thread['state']> = 'starting'
  let asked = 0

  function settle(id: number, facts: ThreadAnswer['facts']): void {
    pending.get(id)?.(facts)
    pending.delete(id)
    if (pending.size === 0) worker.unref()
  }
  function lose(): void {
    state = 'gone'
    for (const id of [...pending.keys()]) settle(id, null)
  }
  worker.on('message', ({ id, facts }: ThreadAnswer) => {
    if (id === null) state = 'ready'
    else settle(id, facts)
  })
  worker.on('error', lose)
  worker.on('exit', lose)
  // Only now: whoever listens for messages holds the process again.
  worker.unref()

  return {
    read(request) {
      const id = asked++
      worker.ref()
      const answer = new Promise<ThreadAnswer['facts']>((resolve) => pending.set(id, resolve))
      worker.postMessage({ id, request } satisfies ThreadQuestion)
      return answer
    },
    state: () => state,
    pending: () => pending.size,
  }
}
