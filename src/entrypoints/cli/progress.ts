/** A line on standard error for a person who waits; nothing for a machine, and nothing in the first second. */
export interface Progress {
  /** Called often: draws at most ten times a second. */
  readonly step: () => void
  readonly done: () => void
}

const QUIET_MILLISECONDS = 1_000
const REDRAW_MILLISECONDS = 100

export function createProgress(enabled: boolean): Progress {
  if (!enabled || !process.stderr.isTTY) return { step: () => {}, done: () => {} }
  let next = Date.now() + QUIET_MILLISECONDS
  let files = 0
  let drawn = false
  const draw = (text: string) => {
    process.stderr.write(`\r\u001b[K${text}`)
    drawn = true
  }
  // Reading from git leaves the event loop free; reading code does not, so that `step` looks at the clock itself.
  const timer = setTimeout(() => draw('airworthy: reading the change …'), QUIET_MILLISECONDS)
  return {
    step() {
      files++
      const now = Date.now()
      if (now < next) return
      next = now + REDRAW_MILLISECONDS
      draw(`airworthy: reading code, file ${files} …`)
    },
    done() {
      clearTimeout(timer)
      if (drawn) process.stderr.write('\r\u001b[K')
    },
  }
}
