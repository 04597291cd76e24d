import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { Refusal, systemReason } from './refusal.ts'

let readerLeft = false

/** `airworthy … | head` closes the pipe early. That is no error: what follows is written nowhere. */
export function tolerateClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      if (!('code' in error) || error.code !== 'EPIPE') throw error
      readerLeft = true
    })
  }
}

/** Writes to standard output and waits until it is taken. False when nobody reads any more. */
export function print(text: string): Promise<boolean> {
  if (readerLeft) return Promise.resolve(false)
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => resolve(error === null || error === undefined))
  })
}

/** Waits until all that was written is out of our hands: on some systems a pipe takes its time. */
export async function flushed(): Promise<void> {
  const full = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0)
  await Promise.all(full.map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))))
}

/** One sentence on standard error, under the name of the tool. */
export function complain(sentence: string): void {
  process.stderr.write(`airworthy: ${sentence}\n`)
}

/** A bug keeps its stack, so that it can be found. */
export function complainOfBug(error: unknown): void {
  complain(`this is a bug in Airworthy: please report it\n${error instanceof Error ? error.stack : String(error)}`)
}

/** A file that a report goes to. */
export interface ReportFile {
  readonly write: (text: string) => void
  /** Removes it again if it was not there before and nothing was written. */
  readonly abandon: () => void
}

/** Refuses a file that cannot be written before any work is done. What stands in it stays until `write`. */
export function openReportFile(path: string): ReportFile {
  const existed = existsSync(path)
  let written = false
  try {
    closeSync(openSync(path, 'a'))
  } catch (error) {
    throw new Refusal(`Cannot write the report to ${path}: ${systemReason(error)}.`)
  }
  return {
    write(text) {
      try {
        writeFileSync(path, text)
      } catch (error) {
        throw new Refusal(`Cannot write the report to ${path}: ${systemReason(error)}.`)
      }
      written = true
    },
    abandon() {
      if (!written && !existed) rmSync(path, { force: true })
    },
  }
}
