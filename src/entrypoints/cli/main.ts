import { CommanderError } from 'commander'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complain, complainOfBug, flushed, tolerateClosedPipe } from './output.ts'
import { createProgram } from './program.ts'
import { refusalText } from './refusal.ts'

/** Runs one command line, without the names of Node and the script. Never throws; what it returns ends the process. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  tolerateClosedPipe()
  let exitCode: ExitCode = EXIT.ok
  try {
    const program = createProgram((code) => {
      exitCode = code
    })
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    return explain(error)
  } finally {
    await flushed()
  }
}

/** Bad input gets its sentence; a bug keeps its stack. */
function explain(error: unknown): ExitCode {
  // Commander has said its own sentence already; for --help and --version that is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.couldNotRun
  const text = refusalText(error)
  if (text === null) complainOfBug(error)
  else complain(text)
  return EXIT.couldNotRun
}
