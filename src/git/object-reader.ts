import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { ObjectView } from './object-view.ts'
import { cannotStart } from './run-git.ts'

export interface StoredObject {
  readonly id: string
  readonly type: string
  readonly bytes: number
  /** Null when only asked for its size. */
  readonly content: Buffer | null
}

/** Long-lived `git cat-file` processes, started when first needed or told to. Any number of questions may be under way. */
export interface ObjectReader {
  /** Type and size of each; null for what is not there or cannot be read. Names are ids or their beginnings. */
  readonly sizes: (names: readonly string[]) => Promise<readonly (StoredObject | null)[]>
  /** The same with content, however large: ask for the size first. */
  readonly contents: (names: readonly string[]) => Promise<readonly (StoredObject | null)[]>
  /** Starts them before the first question, while another git is waited for. */
  readonly start: () => void
  readonly close: () => Promise<void>
}

export function createObjectReader(view: ObjectView): ObjectReader {
  const checker = createBatch(view, '--batch-check')
  const reader = createBatch(view, '--batch')
  return {
    sizes: checker.ask,
    contents: reader.ask,
    start() {
      checker.start()
      reader.start()
    },
    close: async () => {
      await Promise.all([checker.close(), reader.close()])
    },
  }
}

interface Question {
  readonly name: string
  readonly answer: (object: StoredObject | null) => void
  readonly fail: (error: Error) => void
}

interface Batch {
  readonly ask: (names: readonly string[]) => Promise<readonly (StoredObject | null)[]>
  readonly start: () => void
  readonly close: () => Promise<void>
}

const HEADER = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/
/** A broken object ends git; the next question starts it again. So often in a row, it is not the objects. */
const MAX_DEATHS = 50

function createBatch(view: ObjectView, mode: '--batch' | '--batch-check'): Batch {
  let child: ChildProcessWithoutNullStreams | null = null
  const open: Question[] = []
  let deaths = 0

  function startGit(): ChildProcessWithoutNullStreams {
    const git = spawn('git', ['cat-file', mode], { env: view.env, cwd: view.gitDir })
    let stderr = ''
    const read = createParser(mode === '--batch', (object) => {
      deaths = 0
      open.shift()?.answer(object)
    })
    git.stdout.on('data', read)
    git.stdin.on('error', () => {})
    git.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = text
    })
    git.on('error', (error) => failAll(cannotStart(error)))
    git.on('close', () => {
      if (child === git) child = null
      if (open.length === 0) return
      if (++deaths > MAX_DEATHS) return failAll(new Error(`git cat-file ended unasked: ${stderr.trim()}`))
      open.shift()?.answer(null)
      if (open.length > 0) send(open)
    })
    return git
  }

  function failAll(error: Error): void {
    for (const question of open.splice(0)) question.fail(error)
  }

  function send(questions: readonly Question[]): void {
    child ??= startGit()
    child.stdin.write(questions.map(({ name }) => `${name}\n`).join(''))
  }

  return {
    ask(names) {
      const questions: Question[] = []
      const answers = names.map((name) => {
        // A name of another shape could put a second question on the line, and shift every answer behind it.
        if (!/^[0-9a-f]{4,64}$/.test(name)) return null
        return new Promise<StoredObject | null>((answer, fail) => questions.push({ name, answer, fail }))
      })
      for (const question of questions) open.push(question)
      if (questions.length > 0) send(questions)
      return Promise.all(answers)
    },
    start() {
      child ??= startGit()
    },
    close: () =>
      new Promise((done) => {
        if (child === null) return done()
        child.on('close', () => done())
        child.stdin.end()
        failAll(new Error('The repository was closed while it was read.'))
      }),
  }
}

/** Takes git's answers apart: a line each, and with content so many bytes as it says and a line feed. */
function createParser(withContent: boolean, found: (object: StoredObject | null) => void): (chunk: Buffer) => void {
  let header: Buffer[] = []
  let object: { id: string; type: string; bytes: number } | null = null
  let content = Buffer.alloc(0)
  let filled = 0

  function readHeader(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(0x0a, at)
    header.push(chunk.subarray(at, end === -1 ? chunk.length : end))
    if (end === -1) return chunk.length
    const [, id, type, size] = HEADER.exec(Buffer.concat(header).toString('latin1')) ?? []
    header = []
    if (id === undefined || type === undefined) found(null)
    else if (!withContent) found({ id, type, bytes: Number(size), content: null })
    else {
      object = { id, type, bytes: Number(size) }
      content = Buffer.allocUnsafe(object.bytes)
      filled = 0
    }
    return end + 1
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (object === null) {
        at = readHeader(chunk, at)
      } else if (filled < object.bytes) {
        const copied = chunk.copy(content, filled, at)
        filled += copied
        at += copied
      } else {
        // The line feed behind the content.
        at++
        found({ ...object, content })
        object = null
      }
    }
  }
}
