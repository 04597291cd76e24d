/** What the process ends with; part of the contract with scripts and CI. */
export const EXIT = {
  /** The verdict is `pass` or `advise`, or the command did what it was asked. */
  ok: 0,
  /** The verdict is `fail`: the policy is not met. */
  policyNotMet: 1,
  /** There is no verdict: bad input, or a bug. */
  couldNotRun: 2,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_CODE_HELP = `
Exit codes:
  0  the verdict is pass or advise
  1  the policy is not met
  2  it could not run: bad input, or a bug
`
